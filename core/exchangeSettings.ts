import {
	advancedFields,
	oneOf,
	readSigningSettings,
	text,
	wholeNumber,
	type CredentialData,
	type SigningSettings,
} from './credentialSettings';

/**
 * How the assertion is traded: as a JWT bearer grant (RFC 7523 §2.1), as the client's authentication
 * for a client credentials grant (RFC 7523 §2.2), or as Bearer token of any request.
 */
export type Grant = 'jwtBearer' | 'clientCredentials' | 'custom';

/** Settings of a `jwtExchangeApi` credential. */
export interface ExchangeSettings {
	/** How the assertion is signed, and how the access token is sent. */
	signing: SigningSettings;
	grant: Grant;
	/** As typed, without blanks around it. */
	tokenUrl: string;
	/** Read for the custom grant only; the others are POST. */
	method: 'GET' | 'PATCH' | 'POST' | 'PUT';
	clientId: string;
	clientSecret: string;
	/** Whether a JWT bearer grant carries a second assertion that authenticates the client. */
	clientAssertion: boolean;
	/** Scopes separated by blanks. */
	scope: string;
	/** RFC 8707 resource indicator. */
	resource: string;
	/** JSON text or object. */
	bodyParameters: unknown;
	bodyFormat: 'form' | 'json';
	/** JSON text or object; values may be secret. */
	exchangeHeaders: unknown;
	/** Path of the token in the answer, e.g. `access_token` or `data.token`. */
	tokenField: string;
	/** Path of the expiry in the answer. */
	expiryField: string;
	/** Path of the API's base URL in the answer; empty for none. */
	baseUrlField: string;
	/** Life of a token whose answer names none, as Expires In. */
	fallbackLifetime: string;
	/** Seconds. */
	renewBeforeExpiry: number;
	/** What n8n has stored of the last exchange. */
	stored: { accessToken: string; tokenState: string };
}

function trimmed(value: unknown, fallback = ''): string {
	const read = text(value, fallback).trim();
	return read === '' ? fallback : read;
}

/**
 * Signing settings of the assertion: those of `jwtSignApi`, but with a life of 5 minutes and a `jti`
 * unless the person chose otherwise (RFC 7523 §3), and never bound to a request.
 */
function readAssertionSettings(data: CredentialData): SigningSettings {
	const signing = readSigningSettings({ ...data, expiresIn: data.expiresIn ?? '5m' });
	const addJti = advancedFields(data).addJti !== false;
	return { ...signing, claims: { ...signing.claims, addJti }, bindings: [], reuseToken: false };
}

/**
 * Reads the fields of a `jwtExchangeApi` credential; missing ones get the form's defaults.
 *
 * @throws {@link JwtAuthError} `ALGORITHM_UNSUPPORTED`, `EXPRESSION_UNRESOLVED`
 */
export function readExchangeSettings(data: CredentialData): ExchangeSettings {
	const grant = oneOf<Grant>(data.grant, ['jwtBearer', 'clientCredentials', 'custom'], 'jwtBearer');
	const custom = grant === 'custom';
	const advanced = advancedFields(data);
	// A custom exchange needs these in its common case, so they stand before the switch there.
	const detail = custom ? data : advanced;
	return {
		signing: readAssertionSettings(data),
		grant,
		tokenUrl: trimmed(data.tokenUrl),
		method: oneOf(data.exchangeMethod, ['GET', 'PATCH', 'POST', 'PUT'], 'POST'),
		clientId: custom ? '' : trimmed(data.clientId),
		clientSecret: custom ? '' : text(advanced.clientSecret),
		clientAssertion: grant === 'jwtBearer' && advanced.clientAssertion === true,
		scope: custom ? '' : trimmed(data.scope),
		resource: custom ? '' : trimmed(advanced.resource),
		bodyParameters: detail.bodyParameters ?? '{}',
		bodyFormat: oneOf(advanced.bodyFormat, ['form', 'json'], custom ? 'json' : 'form'),
		exchangeHeaders: advanced.exchangeHeaders ?? '{}',
		tokenField: trimmed(detail.responseField, 'access_token'),
		expiryField: trimmed(detail.expiryField, 'expires_in'),
		baseUrlField: trimmed(advanced.baseUrlField),
		fallbackLifetime: trimmed(advanced.fallbackLifetime, '1h'),
		renewBeforeExpiry: Math.max(0, wholeNumber(advanced.renewBeforeExpiry ?? 60)),
		stored: { accessToken: text(data.accessToken), tokenState: text(data.tokenState) },
	};
}
