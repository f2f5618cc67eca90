import { queryParameterNames } from '../shared/url';
import { isObject, tryJson } from '../shared/json';
import { JwtAuthError } from '../errors';

import { setPath } from '../shared/objectPath';
import { describeRequest } from '../request/outgoingRequest';
import { paginationError, type PageChanges } from './pagination';

import { FORM_TYPE, stringifyQuery, type ArrayFormat } from '../request/queryString';
import type { Hop } from './redirects';
import { hasHeader, withoutHeaders, type RequestHeaders } from '../request/headers';

/** A body as the person gave it. */
export type BodyParts =
	| { kind: 'none' }
	/** Sent to the letter. */
	| { kind: 'json'; text: string }
	/** Lists are written by `arrayFormat`; `indices` unless said otherwise. */
	| { kind: 'form'; fields: Record<string, unknown>; arrayFormat?: ArrayFormat }
	/** `overridesHeader`: whether `contentType` takes the place of one that the person typed. */
	| { kind: 'bytes'; bytes: Buffer; contentType: string; overridesHeader: boolean };

/** A request before it is put into its final form, so that a page can still change it. */
export interface RequestParts {
	/** HTTP method in capitals. */
	method: string;
	/** Absolute URL, perhaps with a query and a user name. */
	url: string;
	/** Further query parameters; lists are written by `arrayFormat`. */
	query: Record<string, unknown>;
	arrayFormat: ArrayFormat;
	/** Headers the person typed; names in any case, lists are sent as several lines. */
	headers: RequestHeaders;
	body: BodyParts;
}

function encodeBody(body: BodyParts): {
	body: Hop['body'];
	contentType?: string;
	overridesHeader?: boolean;
} {
	switch (body.kind) {
		case 'none':
			return { body: undefined };
		case 'json':
			return { body: Buffer.from(body.text, 'utf8'), contentType: 'application/json' };
		case 'form':
			return {
				body: stringifyQuery(body.fields, body.arrayFormat ?? 'indices', 'REQUEST_BODY_INVALID'),
				contentType: FORM_TYPE,
				overridesHeader: true,
			};
		case 'bytes':
			return { ...body, body: body.bytes };
	}
}

function decodeUserInfo(encoded: string): string {
	try {
		return decodeURIComponent(encoded);
	} catch {
		throw new JwtAuthError(
			'URL_INVALID',
			'The user name or password in the URL has a % that begins no percent-encoding.',
			{ hint: 'Write %25 for a % in it.' },
		);
	}
}

/** User name and password of a URL as a header: axios would put them in place of the token. */
function basicCredentials(url: URL): string | undefined {
	if (url.username === '' && url.password === '') return undefined;
	const pair = `${decodeUserInfo(url.username)}:${decodeUserInfo(url.password)}`;
	return `Basic ${Buffer.from(pair, 'utf8').toString('base64')}`;
}

/**
 * Puts a request into its final form: one URL, one set of headers, one sequence of bytes. A user name
 * in the URL becomes an `authorization` header, which gives way to the token's.
 *
 * @throws {@link JwtAuthError} `URL_INVALID`, `REQUEST_BODY_INVALID`
 */
export function finalise(parts: RequestParts): Hop {
	const { url } = describeRequest({ ...parts, qs: parts.query });
	const { body, contentType, overridesHeader } = encodeBody(parts.body);
	let { headers } = parts;
	if (contentType !== undefined && (overridesHeader || !hasHeader(headers, 'content-type'))) {
		headers = { ...withoutHeaders(headers, ['content-type']), 'content-type': contentType };
	}
	const basic = basicCredentials(url);
	if (basic !== undefined && !hasHeader(headers, 'authorization')) {
		headers = { ...headers, authorization: basic };
	}
	url.username = '';
	url.password = '';
	return { method: parts.method, url: url.href, headers, body, authenticated: true };
}

function fieldsOf(body: BodyParts): unknown {
	if (body.kind === 'form') return { ...body.fields };
	return body.kind === 'json' ? tryJson(body.text) : undefined;
}

function withBodyFields(body: BodyParts, fields: Record<string, unknown>): BodyParts {
	const value = fieldsOf(body);
	if (!isObject(value)) {
		throw paginationError(
			'A pagination parameter can go into a JSON object or a form only.',
			'Send the body as JSON or Form Urlencoded, or put the parameter into the query.',
		);
	}
	for (const [path, field] of Object.entries(fields)) setPath(value, path, field);
	return body.kind === 'form'
		? { ...body, fields: value }
		: { kind: 'json', text: JSON.stringify(value) };
}

function withHeaders(headers: RequestHeaders, changes: Record<string, string>): RequestHeaders {
	const names = Object.keys(changes).map((name) => name.toLowerCase());
	return { ...withoutHeaders(headers, names), ...changes };
}

/**
 * Works the changes of a page into a request.
 *
 * @returns a copy
 * @throws {@link JwtAuthError} `PAGINATION_INVALID` when the body cannot take a field
 */
export function withPage(parts: RequestParts, changes: PageChanges): RequestParts {
	const { url, query, headers, body } = changes;
	const replaced = url === undefined ? [] : queryParameterNames(url);
	const kept = Object.entries(parts.query).filter(([name]) => !replaced.includes(name));
	return {
		...parts,
		url: url ?? parts.url,
		query: { ...Object.fromEntries(kept), ...query },
		headers: headers ? withHeaders(parts.headers, headers) : parts.headers,
		body: body ? withBodyFields(parts.body, body) : parts.body,
	};
}
