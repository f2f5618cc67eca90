import { randomBytes, randomUUID } from 'node:crypto';
import { JwtAuthError } from '../errors';
import type { RequestTarget } from '../request/outgoingRequest';
import { unbindableBodyError } from '../request/bodyBytes';
import { sha256, sha512 } from '../shared/hash';
import { sortJson } from '../shared/sortedJson';

/**
 * What can be taken from a request into its token:
 * - `method` in capitals, `methodLowerCase` · `host` in lower case, with the port when it is not the scheme's own ·
 *   `path`, percent-encoded as sent · `pathQuery` with `?query` when there is one · `url` without
 *   user name and fragment, `urlWithoutQuery` · `methodHostPath`: `GET api.example.com/v1/x` ·
 *   `querySha256Hex`, `querySha512Hex` of the query as sent, without `?`; left out without a query
 * - `bodySha256Hex`, `bodySha256Base64` (padded), `bodySha256Base64url` of the bytes sent (no body: of no bytes) ·
 *   `bodySha256HexSorted` of the JSON body with its members sorted; left out when there is no body
 * - `nonceHex`: 16 random bytes · `uuid`: random (version 4) · `unixMs`: number of milliseconds
 * - `publicKeyFingerprint`: `SHA256:` and Base64 of the SHA-256 of the SubjectPublicKeyInfo
 */
export type BoundValue =
	| keyof typeof URL_VALUES
	| keyof typeof BODY_VALUES
	| keyof typeof OTHER_VALUES;

/** The request a token is bound to; `prepareRequest` makes it. */
export interface BoundRequest extends RequestTarget {
	/** Bytes of the body; needed for the `bodySha256…` values only. */
	bodyBytes?: Buffer | undefined;
}

/** What a binding needs beside the request. */
export interface BindOptions {
	/** Current time. */
	now: Date;
	/** `SHA256:` fingerprint of the public key; asked when needed, undefined for a secret. */
	publicKeyFingerprint?: () => string | undefined;
}

/** The error for a row of Request Binding that cannot be used. */
export function requestBindingError(message: string): JwtAuthError {
	return new JwtAuthError('REQUEST_BINDING_INVALID', message);
}

function sortedSha256(body: Buffer): string | undefined {
	if (body.length === 0) return undefined;
	const json = sortJson(body.toString('utf8'));
	if (json !== undefined) return sha256(json, 'hex');
	throw unbindableBodyError(
		'The body is not JSON, so its sorted hash cannot go into the token.',
		'Send a JSON body, or choose the plain body hash.',
	);
}

/** Hash of a query in hex, as Upbit's `query_hash` is; undefined without a query. */
function hashedQuery(
	{ search }: URL,
	hash: (text: string, encoding: 'hex') => string,
): string | undefined {
	return search === '' ? undefined : hash(search.slice(1), 'hex');
}

/** Values that are taken from where the request goes. */
export const URL_VALUES = {
	method: ({ method }: RequestTarget) => method,
	methodLowerCase: ({ method }: RequestTarget) => method.toLowerCase(),
	host: ({ url }: RequestTarget) => url.host,
	path: ({ url }: RequestTarget) => url.pathname,
	pathQuery: ({ url }: RequestTarget) => url.pathname + url.search,
	url: ({ url }: RequestTarget) => url.origin + url.pathname + url.search,
	urlWithoutQuery: ({ url }: RequestTarget) => url.origin + url.pathname,
	querySha256Hex: ({ url }: RequestTarget) => hashedQuery(url, sha256),
	querySha512Hex: ({ url }: RequestTarget) => hashedQuery(url, sha512),
	methodHostPath: ({ method, url }: RequestTarget) => `${method} ${url.host}${url.pathname}`,
};

/** Values that are taken from the bytes of the body. */
export const BODY_VALUES = {
	bodySha256Hex: (body: Buffer) => sha256(body, 'hex'),
	bodySha256HexSorted: sortedSha256,
	bodySha256Base64: (body: Buffer) => sha256(body, 'base64'),
	bodySha256Base64url: (body: Buffer) => sha256(body, 'base64url'),
};

/** Values that are not taken from the request. */
export const OTHER_VALUES = {
	nonceHex: () => randomBytes(16).toString('hex'),
	uuid: () => randomUUID(),
	unixMs: ({ now }: BindOptions) => now.getTime(),
	publicKeyFingerprint: ({ publicKeyFingerprint }: BindOptions) => {
		const fingerprint = publicKeyFingerprint?.();
		if (fingerprint !== undefined) return fingerprint;
		throw requestBindingError(
			'Request Binding asks for the fingerprint of a public key, but the key is a secret.',
		);
	},
};

/** Whether a value is one of those a table makes. */
export function isIn<Table extends object>(table: Table, value: PropertyKey): value is keyof Table {
	return Object.hasOwn(table, value);
}

/**
 * Takes one value from a request.
 *
 * @returns text or, for `unixMs`, a number of milliseconds since 1970; undefined to leave it out
 * @throws {@link JwtAuthError} `REQUEST_BINDING_INVALID` for an unknown value or the fingerprint of a
 *   secret; `REQUEST_BODY_UNBINDABLE`
 */
export function boundValue(
	value: BoundValue,
	request: BoundRequest,
	options: BindOptions,
): unknown {
	if (isIn(URL_VALUES, value)) return URL_VALUES[value](request);
	if (isIn(OTHER_VALUES, value)) return OTHER_VALUES[value](options);
	if (!isIn(BODY_VALUES, value)) {
		throw requestBindingError('A row of Request Binding has an unknown value.');
	}
	if (request.bodyBytes) return BODY_VALUES[value](request.bodyBytes);
	throw unbindableBodyError(
		'The bytes of the body are not known, so its hash cannot go into the token.',
	);
}
