import { JwtAuthError } from '../errors';
import { parseJsonObject } from '../shared/json';

/** What a JOSE header is made of, lowest precedence first. */
export interface HeaderSettings {
	/** JWS `alg` value. */
	algorithm: string;
	/** `kid`; blank or absent for none. */
	keyId?: string;
	/** `x5t`, `x5t#S256` or `x5c` of the certificate, RFC 7515 §4.1.6 to §4.1.8. */
	certificate?: Record<string, unknown>;
	/** Header Parameters of the credential: JSON text or object. */
	headerParameters?: unknown;
	/** Header parameters of the item: JSON text or object; they win over the credential's. */
	itemHeaderParameters?: unknown;
	/** Header parameters taken from the request (`bindRequest`); they win over everything. */
	bindings?: Record<string, unknown>;
}

/**
 * Header parameters nobody may set: `crit` and `b64` change how a token is read (RFC 7515 §4.1.11,
 * RFC 7797), which neither signing here nor the APIs expect.
 */
export const FORBIDDEN_HEADER_PARAMETERS: readonly string[] = ['alg', 'b64', 'crit'];

const TEXT_PARAMETERS = ['typ', 'cty', 'kid', 'jku', 'x5u', 'x5t', 'x5t#S256'];

function headerParameterError(what: string, hint: string): JwtAuthError {
	return new JwtAuthError('HEADER_PARAMETERS_INVALID', `The header parameter ${what}.`, { hint });
}

function assertAllowed(parameters: Record<string, unknown>, algorithm: string): void {
	for (const [name, value] of Object.entries(parameters)) {
		if (name === 'alg' && value !== algorithm) {
			throw headerParameterError('alg cannot be set by hand', 'Choose it in Algorithm.');
		}
		if (name !== 'alg' && FORBIDDEN_HEADER_PARAMETERS.includes(name)) {
			throw headerParameterError(`${name} is not supported`, 'Take it out.');
		}
		if (TEXT_PARAMETERS.includes(name) && value !== null && typeof value !== 'string') {
			throw headerParameterError(`${name} is not a text`, 'Write its value in quotes.');
		}
	}
}

/**
 * Builds the JOSE header of one token (RFC 7515 §4): `{ "alg": …, "typ": "JWT" }`, then `kid`,
 * certificate, Header Parameters, the item's and the request's, each later one winning in place, so
 * that `alg` stays first. A null removes a parameter (`"typ": null`).
 *
 * @returns a new header
 * @throws {@link JwtAuthError} `HEADER_PARAMETERS_INVALID` for no object, another `alg`, `crit`,
 *   `b64`, or a `typ`, `cty`, `kid` that is no text; `JSON_*`
 */
export function buildHeader(settings: HeaderSettings): Record<string, unknown> {
	const notObject = 'HEADER_PARAMETERS_INVALID';
	const keyId = settings.keyId?.trim();
	const given = {
		...parseJsonObject(settings.headerParameters, { field: 'Header Parameters', notObject }),
		...parseJsonObject(settings.itemHeaderParameters, {
			field: 'header parameters of the item',
			notObject,
		}),
		...settings.bindings,
	};
	assertAllowed(given, settings.algorithm);
	const header: Record<string, unknown> = {
		alg: settings.algorithm,
		typ: 'JWT',
		...(keyId && { kid: keyId }),
		...settings.certificate,
		...given,
	};
	return Object.fromEntries(Object.entries(header).filter(([, value]) => value !== null));
}
