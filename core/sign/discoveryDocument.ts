import { JwtAuthError } from '../errors';
import type { JwkSet } from '../keys/publicJwks';
import { httpsUrl, joinBySlash } from '../shared/url';

/** Where services look for the keys of an issuer that names no other address. */
const JWKS_PATH = '.well-known/jwks.json';

/** What services read about an issuer: OpenID Connect Discovery 1.0 §3, RFC 8414 §2. */
export interface DiscoveryDocument {
	issuer: string;
	jwks_uri: string;
	response_types_supported: string[];
	subject_types_supported: string[];
	id_token_signing_alg_values_supported: string[];
}

/** Addresses of an issuer, as entered. */
export interface IssuerAddresses {
	/** Issuer of the form; empty takes that of the payload. */
	issuer: string;
	/** `iss` of the credential's payload. */
	payloadIssuer: unknown;
	/** JWKS URL of the form; empty for `.well-known/jwks.json` below the issuer. */
	jwksUrl: string;
}

/**
 * The issuer, letter by letter as it stands in the tokens: whoever verifies compares texts.
 */
function readIssuer({ issuer: given, payloadIssuer }: IssuerAddresses): string {
	const inPayload = typeof payloadIssuer === 'string' ? payloadIssuer : '';
	const issuer = given === '' ? inPayload : given;
	if (issuer === '') {
		throw new JwtAuthError('URL_INVALID', 'Issuer is empty, and so is "iss" in the payload.', {
			hint: 'Put the public address of the issuer in "iss" in the payload of the credential.',
		});
	}
	if (inPayload !== '' && inPayload !== issuer) {
		throw new JwtAuthError(
			'URL_INVALID',
			'Issuer is not what the payload of the credential has as "iss", so its tokens would be refused.',
			{ hint: 'Leave Issuer empty, or make both the same letter by letter.' },
		);
	}
	const { search, hash } = httpsUrl(issuer, 'Issuer');
	if (search !== '' || hash !== '' || /[?#]$/.test(issuer)) {
		throw new JwtAuthError('URL_INVALID', 'Issuer has a query or a fragment.', {
			hint: 'End it before the question mark or the #: https://n8n.example.com/webhook/oidc.',
		});
	}
	return issuer;
}

/**
 * The discovery document of an issuer that signs tokens and lets nobody log in: it has neither an
 * authorization nor a token endpoint.
 *
 * @param jwks the keys it publishes; their algorithms are those named
 * @throws {@link JwtAuthError} `URL_INVALID` for an issuer that is missing, is not the one of the
 *   payload, is no https address (http on this machine only), or has a query or a fragment (OpenID
 *   Connect Discovery 1.0 §3, RFC 8414 §2), and for a JWKS URL that is no https address
 */
export function discoveryDocument(addresses: IssuerAddresses, { keys }: JwkSet): DiscoveryDocument {
	const issuer = readIssuer(addresses);
	const jwksUrl = addresses.jwksUrl || joinBySlash(issuer, JWKS_PATH);
	httpsUrl(jwksUrl, 'JWKS URL');
	const algorithms = keys.flatMap(({ alg }) => (typeof alg === 'string' ? [alg] : []));
	return {
		issuer,
		jwks_uri: jwksUrl,
		response_types_supported: ['id_token'],
		subject_types_supported: ['public'],
		id_token_signing_alg_values_supported: [...new Set(algorithms)],
	};
}
