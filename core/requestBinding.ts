import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { JwtAuthError } from './errors';
import { FORBIDDEN_HEADER_PARAMETERS } from './headerParameters';
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

/** One row of Request Binding. */
export interface RequestBinding {
	/** Whether it becomes a claim or a header parameter. */
	target: 'payload' | 'header';
	/** Name of the claim or header parameter; ending in `[]` for a list of one. */
	name: string;
	value: BoundValue;
}

/** The request a token is bound to; {@link freezeRequest} makes it. */
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

/** Claims and header parameters taken from a request. */
export interface BoundParameters {
	payload: Record<string, unknown>;
	header: Record<string, unknown>;
}

const REQUEST_VALUES: readonly BoundValue[] = [
	'method',
	'host',
	'path',
	'pathQuery',
	'url',
	'methodHostPath',
];
const BODY_VALUES: readonly BoundValue[] = [
	'bodySha256Hex',
	'bodySha256HexSorted',
	'bodySha256Base64url',
];
const FORBIDDEN_NAMES = {
	payload: ['__proto__', 'exp', 'iat', 'nbf'],
	header: ['__proto__', ...FORBIDDEN_HEADER_PARAMETERS],
};

/** Which parts of the request the rows take something from. */
export function boundParts(bindings: readonly RequestBinding[]): { url: boolean; body: boolean } {
	return {
		url: bindings.some(({ value }) => REQUEST_VALUES.includes(value)),
		body: bindings.some(({ value }) => BODY_VALUES.includes(value)),
	};
}

function invalid(message: string): never {
	throw new JwtAuthError('REQUEST_BINDING_INVALID', message);
}

function readName(binding: RequestBinding): { name: string; list: boolean } {
	const { target } = binding;
	if (target !== 'payload' && target !== 'header') {
		invalid('A row of Request Binding has neither Payload nor Header as its target.');
	}
	const given = String(binding.name ?? '').trim();
	const list = given.endsWith('[]');
	const name = list ? given.slice(0, -2).trim() : given;
	if (name === '') invalid('A row of Request Binding has no name.');
	if (name.length > 128) invalid('A name in Request Binding is longer than 128 characters.');
	if (FORBIDDEN_NAMES[target].includes(name)) {
		invalid(
			target === 'header'
				? `The header parameter ${name} cannot be taken from the request.`
				: `The claim ${name} cannot be taken from the request.`,
		);
	}
	return { name, list };
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

function valueOf(value: BoundValue, request: BoundRequest, options: BindOptions): unknown {
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

/**
 * Takes claims and header parameters from a request.
 *
 * @param bindings rows of Request Binding
 * @param request as it will be sent
 * @returns claims for `buildClaims` (`boundClaims`), header parameters for `buildHeader`
 * @throws {@link JwtAuthError} `REQUEST_BINDING_INVALID` for no name, one that occurs twice, `alg`,
 *   `b64`, `crit` as header parameter, `exp`, `iat`, `nbf` as claim, an unknown target or value, or a
 *   fingerprint of a secret; `REQUEST_BODY_UNBINDABLE`
 */
export function bindRequest(
	bindings: readonly RequestBinding[],
	request: BoundRequest,
	options: BindOptions,
): BoundParameters {
	const bound: BoundParameters = { payload: {}, header: {} };
	const seen = new Set<string>();
	for (const binding of bindings) {
		const { name, list } = readName(binding);
		const place = `${binding.target} ${name}`;
		if (seen.has(place)) {
			invalid(`Request Binding sets the name ${name} twice in the ${binding.target}.`);
		}
		seen.add(place);
		const value = valueOf(binding.value, request, options);
		if (value !== undefined) bound[binding.target][name] = list ? [value] : value;
	}
	return bound;
}
