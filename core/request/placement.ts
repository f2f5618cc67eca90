import { JwtAuthError } from '../errors';
import { withoutHeaders } from './headers';

/** Where the token goes in a request. */
export interface Placement {
	/** `header`: `<headerName>: <headerPrefix> <token>`; `query`: `?<queryParameter>=<token>`. */
	target: 'header' | 'query';
	/** HTTP field name, RFC 9110 §5.1, e.g. `Authorization`. */
	headerName: string;
	/** Scheme in front of the token, e.g. `Bearer`; empty sends the bare token. */
	headerPrefix: string;
	/** Name of the query parameter, e.g. `token`. */
	queryParameter: string;
}

/** Query parameter the token goes into; undefined for a header. */
export function tokenParameter({ target, queryParameter }: Placement): string | undefined {
	return target === 'query' ? queryParameter : undefined;
}

/** The parts of a request that a token can be placed in. */
export interface PlaceableRequest {
	headers?: Record<string, unknown>;
	qs?: Record<string, unknown>;
}

/** A field name that HTTP allows, RFC 9110 §5.1. */
export const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}$/;
const HEADER_TEXT = /^[\x20-\x7e]*$/;

/** Whether a value can be sent in a header as it is: printable ASCII text or a number. */
export function isHeaderValue(value: unknown): boolean {
	return typeof value === 'number' || (typeof value === 'string' && HEADER_TEXT.test(value));
}

/**
 * Sets one header, whatever capitalisation it may already stand under.
 *
 * `Authorization` is written in lower case: n8n puts a header of that exact capitalisation back on
 * when a redirect leads to another origin.
 *
 * @returns a copy of the headers
 * @throws {@link JwtAuthError} `HEADER_NAME_INVALID`
 */
export function withHeader(
	headers: Record<string, unknown> | undefined,
	name: string,
	value: string,
): Record<string, unknown> {
	const trimmed = name.trim();
	if (!HEADER_NAME.test(trimmed)) {
		throw new JwtAuthError(
			'HEADER_NAME_INVALID',
			trimmed === '' ? 'The header name is empty.' : 'The header name is not a valid HTTP name.',
		);
	}
	const lowerCase = trimmed.toLowerCase();
	return {
		...withoutHeaders(headers ?? {}, [lowerCase]),
		[lowerCase === 'authorization' ? lowerCase : trimmed]: value,
	};
}

/**
 * Puts a token into a request. Doing it twice replaces the first token.
 *
 * @param request left as it is; n8n may save it with a failed execution
 * @param token compact JWS or access token
 * @returns a copy with `headers` or `qs` copied
 * @throws {@link JwtAuthError} `HEADER_NAME_INVALID`, `PLACEMENT_INVALID`
 */
export function placeToken<T extends PlaceableRequest>(
	request: T,
	token: string,
	placement: Placement,
): T {
	if (placement.target === 'query') {
		const name = placement.queryParameter.trim();
		if (name === '') {
			throw new JwtAuthError('PLACEMENT_INVALID', 'The query parameter has no name.');
		}
		return { ...request, qs: { ...request.qs, [name]: token } };
	}
	const prefix = placement.headerPrefix.trim();
	if (!isHeaderValue(prefix)) {
		throw new JwtAuthError(
			'PLACEMENT_INVALID',
			'The token prefix has characters that an HTTP header cannot hold.',
			{ hint: 'Use plain letters such as Bearer, or leave the prefix empty.' },
		);
	}
	const value = prefix === '' ? token : `${prefix} ${token}`;
	return { ...request, headers: withHeader(request.headers, placement.headerName, value) };
}
