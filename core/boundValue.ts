import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { JwtAuthError } from './errors';
import type { RequestTarget } from './outgoingRequest';
import { sortJson } from './sortedJson';

/**
 * What can be taken from a request into its token:
 * - `method` in capitals · `host` in lower case, with the port when it is not the scheme's own ·
 *   `path`, percent-encoded as sent · `pathQuery` with `?query` when there is one · `url` without
 *   user name and fragment · `methodHostPath`: `GET api.example.com/v1/x`
 * - `bodySha256Hex`, `bodySha256Base64url` of the bytes sent (no body: of no bytes) ·
 *   `bodySha256HexSorted` of the JSON body with its members sorted; left out when there is no body
 * - `nonceHex`: 16 random bytes · `uuid`: random (version 4) · `unixMs`: number of milliseconds
 * - `publicKeyFingerprint`: `SHA256:` and Base64 of the SHA-256 of the SubjectPublicKeyInfo
 */
export const BOUND_VALUES = [
	'method',
	'host',
	'path',
	'pathQuery',
	'url',
	'methodHostPath',
	'bodySha256Hex',
	'bodySha256HexSorted',
	'bodySha256Base64url',
	'nonceHex',
	'uuid',
	'unixMs',
	'publicKeyFingerprint',
] as const;

/** One of {@link BOUND_VALUES}. */
export type BoundValue = (typeof BOUND_VALUES)[number];

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
	/** Makes a nonce; default: 16 random bytes in hex. */
	newNonce?: () => string;
	/** Makes a UUID; default: random. */
	newUuid?: () => string;
}

function invalid(message: string): never {
	throw new JwtAuthError('REQUEST_BINDING_INVALID', message);
}

function bodySha256(request: BoundRequest) {
	if (!request.bodyBytes) {
		throw new JwtAuthError(
			'REQUEST_BODY_UNBINDABLE',
			'The bytes of the body are not known, so its hash cannot go into the token.',
		);
	}
	return createHash('sha256').update(request.bodyBytes);
}

function sortedSha256(request: BoundRequest): string | undefined {
	if (request.bodyBytes?.length === 0) return undefined;
	const json = sortJson(request.bodyBytes?.toString('utf8') ?? '');
	if (json !== undefined) return createHash('sha256').update(json, 'utf8').digest('hex');
	throw new JwtAuthError(
		'REQUEST_BODY_UNBINDABLE',
		'The body is not JSON, so its sorted hash cannot go into the token.',
		{ hint: 'Send a JSON body, or choose the plain body hash.' },
	);
}

function fingerprint(options: BindOptions): string {
	return (
		options.publicKeyFingerprint?.() ??
		invalid('Request Binding asks for the fingerprint of a public key, but the key is a secret.')
	);
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
	const { method, url } = request;
	switch (value) {
		case 'method':
			return method;
		case 'host':
			return url.host;
		case 'path':
			return url.pathname;
		case 'pathQuery':
			return url.pathname + url.search;
		case 'url':
			return url.origin + url.pathname + url.search;
		case 'methodHostPath':
			return `${method} ${url.host}${url.pathname}`;
		case 'bodySha256Hex':
			return bodySha256(request).digest('hex');
		case 'bodySha256HexSorted':
			return sortedSha256(request);
		case 'bodySha256Base64url':
			return bodySha256(request).digest('base64url');
		case 'nonceHex':
			return (options.newNonce ?? (() => randomBytes(16).toString('hex')))();
		case 'uuid':
			return (options.newUuid ?? randomUUID)();
		case 'unixMs':
			return options.now.getTime();
		case 'publicKeyFingerprint':
			return fingerprint(options);
		default:
			return invalid('A row of Request Binding has an unknown value.');
	}
}
