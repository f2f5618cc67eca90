import { JwtAuthError } from '../../../core/errors';
import { bareToken } from '../../../core/shared/bareToken';
import { readMember } from '../../../core/shared/objectPath';
import { isMultipart, type IncomingCall } from './incomingCall';

/** Places of a call that a token can be in. */
export const TOKEN_PLACES = [
	'authorization',
	'header',
	'cookie',
	'query',
	'bodyField',
	'body',
] as const;

/** Where the token of a call is. */
export interface TokenLocation {
	place: (typeof TOKEN_PLACES)[number];
	/** Of header, cookie, query parameter or body field. */
	name: string;
	/** Of the header Authorization; DPoP where a proof is wanted, RFC 9449 §7.2. */
	scheme: 'Bearer' | 'DPoP';
}

/** Two tokens may be read differently by whoever stands before n8n, so that neither is taken. */
function severalTokensError(): JwtAuthError {
	return new JwtAuthError('TOKEN_REPEATED', 'The call has more than one token.');
}

function assertOnce(values: readonly unknown[]): void {
	if (values.length > 1) throw severalTokensError();
}

/** A header; empty for none. @throws {@link JwtAuthError} `TOKEN_REPEATED` where there are several */
export function readHeader({ headers, rawHeaders }: IncomingCall, name: string): string {
	const lowerCase = name.toLowerCase();
	// Node.js leaves the second of two Authorization headers out.
	assertOnce(rawHeaders.filter((text, i) => i % 2 === 0 && text.toLowerCase() === lowerCase));
	const value = headers[lowerCase];
	return typeof value === 'string' ? value : '';
}

/** Basic and other schemes are no tokens, RFC 6750 §3.1. */
function readAuthorization(call: IncomingCall, wanted: TokenLocation['scheme']): string {
	const value = readHeader(call, 'authorization').trim();
	const [scheme = '', ...rest] = value.split(' ');
	// A bound token as a Bearer token would be good for whoever has it.
	if (wanted === 'DPoP') return /^dpop$/i.test(scheme) ? rest.join(' ').trim() : '';
	const isOtherScheme = rest.length > 0 && /^[\w-]+$/.test(scheme) && !/^bearer$/i.test(scheme);
	return isOtherScheme ? '' : value;
}

/** Names and values of a Cookie header, RFC 6265 §5.4. */
export function cookiesOf({ headers }: IncomingCall): Array<[string, string]> {
	const { cookie } = headers;
	if (typeof cookie !== 'string' || cookie === '') return [];
	return cookie.split(';').map((pair) => {
		const [name = '', ...value] = pair.split('=');
		return [name.trim(), value.join('=').trim()];
	});
}

function readCookie(call: IncomingCall, wanted: string): string {
	const values = cookiesOf(call).filter(([name]) => name === wanted);
	assertOnce(values);
	return values[0]?.[1] ?? '';
}

/** A value of query or body, where there is one; anything but a text is no token. */
function readValue(value: unknown): string {
	if (Array.isArray(value)) throw severalTokensError();
	return typeof value === 'string' ? value : '';
}

/** The fields of a body; those of a form with files are under `data`. */
export function bodyFields(call: IncomingCall): unknown {
	return isMultipart(call) ? readMember(call.body, 'data') : call.body;
}

function readRaw(call: IncomingCall, { place, name, scheme }: TokenLocation): string {
	switch (place) {
		case 'authorization':
			return readAuthorization(call, scheme);
		case 'header':
			return readHeader(call, name);
		case 'cookie':
			return readCookie(call, name);
		case 'query':
			return readValue(Object.hasOwn(call.query, name) ? call.query[name] : undefined);
		case 'bodyField':
			return readValue(readMember(bodyFields(call), name));
		case 'body':
			return call.rawBody?.toString('latin1') ?? '';
	}
}

/**
 * The bare token of a call; empty where there is none. It is looked for in the one place that was
 * chosen, and nowhere else.
 *
 * @throws {@link JwtAuthError} `TOKEN_REPEATED` where there is more than one
 */
export function readRequestToken(call: IncomingCall, location: TokenLocation): string {
	return bareToken(readRaw(call, location));
}
