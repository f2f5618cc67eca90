import type { ProofAlgorithm } from '../keys/proofKey';
import type { SigningSettings } from '../sign/signingSettings';

/**
 * How the assertion is traded: as a JWT bearer grant (RFC 7523 §2.1), as the client's authentication
 * for a client credentials grant (RFC 7523 §2.2), as the subject token of a token exchange (RFC 8693),
 * or in any request, as Bearer token or where the placeholder stands.
 */
export type Grant = 'jwtBearer' | 'clientCredentials' | 'tokenExchange' | 'custom';

/** As Subject Token Type says it; `other` is written out by the person. */
export type SubjectTokenType = 'accessToken' | 'idToken' | 'jwt' | 'other';

/** As Body Format says it: `automatic` is JSON for a custom exchange, a form for the other grants. */
export type BodyFormat = 'automatic' | 'form' | 'json';

/** As Audience of the Assertion says it. */
export type AssertionAudience = 'issuer' | 'tokenUrl';

/** What a number in Expiry Field counts: seconds, unless its name says otherwise, or milliseconds. */
export type ExpiryUnit = 'automatic' | 'milliseconds';

/** What a token exchange asks for, RFC 8693 §2.1; each text may be empty but for the first. */
export interface TokenExchangeSettings {
	/** URI. */
	subjectTokenType: string;
	/** URI. */
	requestedTokenType: string;
	audience: string;
}

/** Settings of a `jwtExchangeApi` credential. */
export interface ExchangeSettings {
	/** How the assertion is signed, and how the access token is sent. */
	signing: SigningSettings;
	grant: Grant;
	/** As typed, without blanks around it. */
	tokenUrl: string;
	/** Whether the Token URL may begin with `http:` in a network of one's own. */
	allowsPlainHttp: boolean;
	/** Read for the custom grant only; the others are POST. */
	method: 'GET' | 'PATCH' | 'POST' | 'PUT';
	clientId: string;
	clientSecret: string;
	/** Whether the grant carries a second assertion that authenticates the client. */
	clientAssertion: boolean;
	/** What "aud" is where the payload has none. */
	assertionAudience: AssertionAudience;
	/** Issuer that the token endpoint belongs to; empty to find it by the Token URL. */
	issuer: string;
	/** Absent for other grants. */
	tokenExchange?: TokenExchangeSettings;
	/** Scopes separated by blanks. */
	scope: string;
	/** RFC 8707 resource indicator. */
	resource: string;
	/** JSON text or object. */
	bodyParameters: unknown;
	bodyFormat: Exclude<BodyFormat, 'automatic'>;
	/** JSON text or object; values may be secret. */
	exchangeHeaders: unknown;
	/** Path of the token in the answer, e.g. `access_token` or `data.token`; empty for all of it. */
	tokenField: string;
	/** Path of the expiry in the answer; empty for none. */
	expiryField: string;
	expiryUnit: ExpiryUnit;
	/** Path of the API's base URL in the answer; empty for none. */
	baseUrlField: string;
	/** Paths, separated by commas, of what is kept of the answer beside the token; empty for none. */
	answerFields: string;
	/** Life of a token whose answer names none, as Expires In. */
	fallbackLifetime: string;
	/** Seconds. */
	renewBeforeExpiry: number;
	/** JWS `alg` of DPoP proofs; undefined where the token is not to be bound to a key. */
	proofAlgorithm: ProofAlgorithm | undefined;
	/** Address that Test Connection reads with the token; empty for none. */
	testUrl: string;
	/** What n8n has stored of the last exchange. */
	stored: { accessToken: string; tokenState: string };
}
