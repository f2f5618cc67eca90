import { isObject } from '../shared/json';
import { JwtAuthError } from '../errors';

import { parseJsonExactly } from '../shared/exactNumbers';
import { scanJson } from '../shared/strictJson';
import { RecentlyUsed } from '../shared/lruMap';

/** Longest token read unless somebody asks for more, in characters. */
export const MAXIMUM_TOKEN_LENGTH = 65_536;

/** Header and payload of a token, read without any verification. */
export interface DecodedToken {
	header: Record<string, unknown>;
	payload: Record<string, unknown>;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function malformedTokenError(message: string): JwtAuthError {
	return new JwtAuthError('TOKEN_MALFORMED', message);
}

/**
 * Decodes one part of a compact JWS. Every text has one encoding only, so that nobody can change a
 * token and keep it valid: no padding, no blanks, no bits left over (RFC 7515 §2, RFC 4648 §3.5).
 *
 * @param name of the part, for messages
 * @throws {@link JwtAuthError} `TOKEN_MALFORMED`
 */
export function decodePart(part: string, name: 'header' | 'payload' | 'signature'): Buffer {
	const bytes = Buffer.from(part, 'base64url');
	if (bytes.toString('base64url') !== part) {
		throw malformedTokenError(`The ${name} of the token is not Base64URL without padding.`);
	}
	return bytes;
}

/** Text of a part, once it is known to be JSON that every reader understands alike. */
function readPartText(part: string, name: 'header' | 'payload'): string {
	const bytes = decodePart(part, name);
	let text = '';
	try {
		text = utf8.decode(bytes);
		scanJson(text, { field: `${name} of the token`, refuseRounding: false });
	} catch (error) {
		const isDetailed = error instanceof JwtAuthError && error.code !== 'JSON_MALFORMED';
		throw malformedTokenError(
			isDetailed ? error.message : `The ${name} of the token is not a JSON object.`,
		);
	}
	return text;
}

/** The tokens of one issuer share a few headers; what was scanned once need not be again. */
const headers = new RecentlyUsed<string>();
const LONGEST_KEPT_HEADER = 1024;

/**
 * Reads a part of a token as a JSON object that every reader understands alike; see `scanJson`.
 *
 * @returns a new object
 * @throws {@link JwtAuthError} `TOKEN_MALFORMED`
 */
export function decodeJsonPart(part: string, name: 'header' | 'payload'): Record<string, unknown> {
	const isKept = name === 'header' && part.length <= LONGEST_KEPT_HEADER;
	const text = isKept
		? headers.get(part, () => readPartText(part, name))
		: readPartText(part, name);
	return objectOf(JSON.parse(text), name);
}

function objectOf(value: unknown, name: 'header' | 'payload'): Record<string, unknown> {
	if (!isObject(value)) throw malformedTokenError(`The ${name} of the token is not a JSON object.`);
	return value;
}

/**
 * Splits a compact serialization, RFC 7515 §7.1, RFC 7516 §7.1. Nothing is decoded yet.
 *
 * @param maximumLength longest token accepted, in characters; checked before anything else
 * @returns three parts of a JWS, the signature possibly empty, or five of a JWE
 * @throws {@link JwtAuthError} `TOKEN_MISSING`, `TOKEN_TOO_LARGE`, `TOKEN_MALFORMED`
 */
export function splitToken(token: string, maximumLength = MAXIMUM_TOKEN_LENGTH): string[] {
	if (token === '') throw new JwtAuthError('TOKEN_MISSING', 'No token is given.');
	if (token.length > maximumLength) {
		throw new JwtAuthError(
			'TOKEN_TOO_LARGE',
			`The token has ${token.length} characters; ${maximumLength} are the most.`,
		);
	}
	if (/^[\w-]+=*\.[\w-]+=*\.[\w-]*=*$/.test(token) && token.includes('=')) {
		throw new JwtAuthError(
			'TOKEN_MALFORMED',
			'The token is padded with "=", as those of an AWS Application Load Balancer are; a JWT has no padding (RFC 7515).',
			{
				hint: 'For a token of such a load balancer use Verify and choose AWS Application Load Balancer as the Key Source. Ask any other issuer for tokens without padding.',
			},
		);
	}
	const parts = /^[\w.-]+$/.test(token) ? token.split('.', 6) : [];
	const [header, payload] = parts;
	if ((parts.length !== 3 && parts.length !== 5) || !header || (parts.length === 3 && !payload)) {
		throw malformedTokenError('This is not a JWT.');
	}
	return parts;
}

/**
 * Whether the payload of a token is a token again, RFC 7519 §2 (Nested JWT). Told by the content,
 * since `cty` is left out or set for claims as well.
 *
 * @param payload second part of a compact JWS
 */
export function isNested(payload: string): boolean {
	return /^e[yw][\w-]+\.[\w-]*\.[\w.-]*$/.test(
		Buffer.from(payload, 'base64url').toString('latin1'),
	);
}

/**
 * Splits a compact JWS, RFC 7515 §7.1. Nothing is decoded yet.
 *
 * @returns header, payload and signature, the last possibly empty
 * @throws {@link JwtAuthError} the codes of {@link splitToken}, `TOKEN_ENCRYPTED` for five parts
 */
export function splitSignedToken(
	token: string,
	maximumLength?: number,
): [header: string, payload: string, signature: string] {
	const [header = '', payload = '', signature = '', ...rest] = splitToken(token, maximumLength);
	if (rest.length === 0) return [header, payload, signature];
	throw new JwtAuthError(
		'TOKEN_ENCRYPTED',
		'This is an encrypted token (JWE, five parts), not a signed one.',
	);
}

function assertNotNested(payload: string): void {
	if (!isNested(payload)) return;
	throw new JwtAuthError('TOKEN_NESTED', 'The payload of this token is another token.');
}

/**
 * Reads the payload of a compact JWS as a claims set.
 *
 * @returns whole numbers beyond 2^53 as texts, see {@link parseJsonExactly}
 * @throws {@link JwtAuthError} `TOKEN_MALFORMED`, `TOKEN_NESTED` where it is another token
 */
export function decodePayload(payload: string): Record<string, unknown> {
	assertNotNested(payload);
	return objectOf(parseJsonExactly(readPartText(payload, 'payload')), 'payload');
}

/**
 * Reads a compact JWS (RFC 7515 §7.1) whose payload is a claims set (RFC 7519). Nothing is verified.
 *
 * @param token three base64url parts joined by dots
 * @param maximumLength longest token accepted, in characters; default {@link MAXIMUM_TOKEN_LENGTH}
 * @throws {@link JwtAuthError} `TOKEN_MISSING`, `TOKEN_TOO_LARGE`, `TOKEN_MALFORMED`,
 *   `TOKEN_ENCRYPTED`, `TOKEN_NESTED`
 */
export function decodeToken(token: string, maximumLength?: number): DecodedToken {
	const [header, payload] = splitSignedToken(token, maximumLength);
	assertNotNested(payload);
	return {
		header: decodeJsonPart(header, 'header'),
		payload: decodeJsonPart(payload, 'payload'),
	};
}
