import { JwtAuthError } from '../errors';
import { withoutHeaders } from './headers';
import type { Placement, SendingSettings } from './sendingSettings';
import type { OutgoingRequest } from './outgoingRequest';
import { parseJsonObject } from '../shared/json';

/** Query parameter the token goes into; undefined for a header. */
export function tokenParameter({ target, queryParameter }: Placement): string | undefined {
	return target === 'query' ? queryParameter : undefined;
}

/** Whether the token follows a prefix without a blank: Snowflake's `Bearer WIF.OIDC.`, `Token token=`. */
function isJoined(prefix: string): boolean {
	return prefix.endsWith('.') || prefix.endsWith('=');
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
 * @param field what the person calls the field that has the name
 * @returns a copy of the headers
 * @throws {@link JwtAuthError} `HEADER_NAME_INVALID`
 */
export function withHeader(
	headers: Record<string, unknown> | undefined,
	name: string,
	value: string,
	field = 'Header Name',
): Record<string, unknown> {
	const trimmed = name.trim();
	if (!HEADER_NAME.test(trimmed)) {
		throw new JwtAuthError(
			'HEADER_NAME_INVALID',
			`${field} is ${trimmed === '' ? 'empty' : 'not a valid HTTP name'}.`,
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
			throw new JwtAuthError('PLACEMENT_INVALID', 'Parameter Name is empty.');
		}
		return { ...request, qs: { ...request.qs, [name]: token } };
	}
	const prefix = placement.headerPrefix.trim();
	if (!isHeaderValue(prefix)) {
		throw new JwtAuthError(
			'PLACEMENT_INVALID',
			'Token Prefix has characters that an HTTP header cannot hold.',
			{ hint: 'Use plain letters such as Bearer, or leave it empty.' },
		);
	}
	const value = `${prefix}${prefix === '' || isJoined(prefix) ? '' : ' '}${token}`;
	return { ...request, headers: withHeader(request.headers, placement.headerName, value) };
}

/** A request about to be sent, in either of n8n's two shapes. */
export type AuthenticableRequest = OutgoingRequest & PlaceableRequest;

/**
 * Adds a credential's static headers; the token comes after them and wins.
 *
 * @param field what the person calls the field
 * @throws {@link JwtAuthError} `ADDITIONAL_HEADERS_INVALID`, `HEADER_NAME_INVALID`, `JSON_*`
 */
export function withAdditionalHeaders<T extends PlaceableRequest>(
	request: T,
	given: unknown,
	field = 'Additional Headers',
): T {
	const notObject = 'ADDITIONAL_HEADERS_INVALID';
	const additional = Object.entries(parseJsonObject(given, { field, notObject }));
	if (additional.length === 0) return request;
	let { headers } = request;
	for (const [name, value] of additional) {
		if (!isHeaderValue(value)) {
			throw new JwtAuthError(
				'ADDITIONAL_HEADERS_INVALID',
				`The value of ${HEADER_NAME.test(name) ? name : 'a header'} in ${field} cannot be sent in a header.`,
			);
		}
		headers = withHeader(headers, name, String(value), `A name in ${field}`);
	}
	return { ...request, headers };
}

/** Puts the token and the static headers of a credential into a request. */
export function withToken<T extends PlaceableRequest>(
	request: T,
	token: string,
	settings: SendingSettings,
): T {
	const { additionalHeaders, placement } = settings;
	return placeToken(withAdditionalHeaders(request, additionalHeaders), token, placement);
}
