import { JwtAuthError } from './errors';
import { encodeMultipart, type FormPart } from './multipart';
import { setPath } from './objectPath';
import { describeRequest } from './outgoingRequest';
import { queryParameterNames } from './queryParameter';
import { stringifyQuery, type ArrayFormat } from './queryString';
import type { Hop } from './redirects';
import { withoutHeaders, type RequestHeaders } from './requestHeaders';

/** A body as the person gave it. */
export type BodyParts =
	| { kind: 'none' }
	/** `text` is sent to the letter; `value` is written as JSON. */
	| { kind: 'json'; text: string }
	| { kind: 'json'; value: unknown }
	/** Lists are written by `arrayFormat`; `indices` unless said otherwise. */
	| { kind: 'form'; fields: Record<string, unknown>; arrayFormat?: ArrayFormat }
	| { kind: 'multipart'; parts: FormPart[] }
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

/** What one page sets in the request. */
export interface PageChanges {
	/** Takes the place of the URL and of query parameters it has itself. */
	url?: string;
	query?: Record<string, unknown>;
	headers?: Record<string, string>;
	/** Paths of fields of a JSON or form body to values. */
	body?: Record<string, unknown>;
}

const FORM_TYPE = 'application/x-www-form-urlencoded';

function hasHeader(headers: RequestHeaders, lowerCaseName: string): boolean {
	return Object.keys(headers).some((name) => name.toLowerCase() === lowerCaseName);
}

function encodeBody(body: BodyParts): {
	body: Hop['body'];
	contentType?: string;
	overridesHeader: boolean;
} {
	switch (body.kind) {
		case 'none':
			return { body: undefined, overridesHeader: false };
		case 'json': {
			const text = 'text' in body ? body.text : (JSON.stringify(body.value) ?? '');
			return {
				body: Buffer.from(text, 'utf8'),
				contentType: 'application/json',
				overridesHeader: false,
			};
		}
		case 'form':
			return {
				body: stringifyQuery(body.fields, body.arrayFormat ?? 'indices', 'REQUEST_BODY_INVALID'),
				contentType: FORM_TYPE,
				overridesHeader: true,
			};
		case 'multipart': {
			const { bytes, contentType } = encodeMultipart(body.parts);
			return { body: bytes, contentType, overridesHeader: true };
		}
		case 'bytes':
			return {
				body: body.bytes,
				contentType: body.contentType,
				overridesHeader: body.overridesHeader,
			};
		default:
			throw new JwtAuthError('REQUEST_BODY_INVALID', 'The body is of an unknown kind.');
	}
}

/** User name and password of a URL as a header: axios would put them in place of the token. */
function basicCredentials(url: URL): string | undefined {
	if (url.username === '' && url.password === '') return undefined;
	const pair = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
	return `Basic ${Buffer.from(pair, 'utf8').toString('base64')}`;
}

/**
 * Puts a request into its final form: one URL, one set of headers, one sequence of bytes. A user name
 * in the URL becomes an `authorization` header, which gives way to the token's.
 *
 * @throws {@link JwtAuthError} `URL_INVALID`, `REQUEST_BODY_INVALID`
 */
export function finalise(parts: RequestParts): Hop {
	const { url } = describeRequest({
		url: parts.url,
		qs: parts.query,
		arrayFormat: parts.arrayFormat,
		method: parts.method,
	});
	const { body, contentType, overridesHeader } = encodeBody(parts.body);
	let headers = parts.headers;
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

function withBodyFields(body: BodyParts, fields: Record<string, unknown>): BodyParts {
	const value =
		body.kind === 'form'
			? { ...body.fields }
			: body.kind === 'json'
				? structuredClone('text' in body ? (JSON.parse(body.text) as unknown) : body.value)
				: undefined;
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		throw new JwtAuthError(
			'PAGINATION_INVALID',
			'A pagination parameter can go into a JSON object or a form only.',
			{ hint: 'Send the body as JSON or Form Urlencoded, or put the parameter into the query.' },
		);
	}
	const changed = value as Record<string, unknown>;
	for (const [path, field] of Object.entries(fields)) setPath(changed, path, field);
	return body.kind === 'form' ? { ...body, fields: changed } : { kind: 'json', value: changed };
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
	const changed: RequestParts = { ...parts };
	if (changes.url !== undefined) {
		const names = queryParameterNames(changes.url);
		changed.url = changes.url;
		changed.query = Object.fromEntries(
			Object.entries(parts.query).filter(([name]) => !names.includes(name)),
		);
	}
	if (changes.query) changed.query = { ...changed.query, ...changes.query };
	if (changes.headers) changed.headers = withHeaders(parts.headers, changes.headers);
	if (changes.body) changed.body = withBodyFields(parts.body, changes.body);
	return changed;
}
