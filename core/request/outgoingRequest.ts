import { hasMembers } from '../shared/json';
import { JwtAuthError } from '../errors';

import { FORM_TYPE, stringifyQuery, type ArrayFormat } from './queryString';
import { serialiseBody, unbindableBodyError } from './bodyBytes';
import { copyHeaders, findHeader, withoutHeaders } from './headers';
import { webUrl, joinBySlash } from '../shared/url';

/**
 * A request about to be sent, in either of n8n's two shapes: that of the new helper (`url`,
 * `baseURL`, `arrayFormat`) or that of the legacy helper, which the stock HTTP Request node uses
 * (`uri`, `form`, `qsStringifyOptions`). Unknown members are left alone.
 */
export interface OutgoingRequest {
	url?: unknown;
	uri?: unknown;
	baseURL?: unknown;
	method?: unknown;
	headers?: unknown;
	qs?: unknown;
	arrayFormat?: unknown;
	qsStringifyOptions?: unknown;
	useQuerystring?: unknown;
	body?: unknown;
	form?: unknown;
	formData?: unknown;
	json?: unknown;
}

/** Where a request goes. */
export interface RequestTarget {
	/** HTTP method in capitals; GET when the request names none. */
	method: string;
	/** Absolute http(s) URL with the query that will be sent, without fragment. */
	url: URL;
}

/** How a request is read. */
export interface DescribeOptions {
	/** Query parameter the token itself is put into; never part of the described URL. */
	tokenParameter?: string;
}

/** Which parts of a request are fixed, and how. */
export interface FreezeOptions extends DescribeOptions {
	/** Whether the body is turned into its final bytes. Default: true. */
	body?: boolean;
}

/** A request whose URL, and body where asked for, are those that will be sent. */
export interface FrozenRequest<T extends OutgoingRequest> extends RequestTarget {
	/** What to send in place of the original. */
	request: T;
	/** The body's bytes, none for no body; undefined unless the body was fixed. */
	bodyBytes: Buffer | undefined;
}

/** Members that n8n's legacy helper alone has. */
const LEGACY_ONLY_MEMBERS = [
	'uri',
	'form',
	'formData',
	'useQuerystring',
	'qsStringifyOptions',
	'simple',
	'resolveWithFullResponse',
	'followRedirect',
	'followAllRedirects',
	'rejectUnauthorized',
	'gzip',
	'useStream',
];

/**
 * Whether the legacy helper sends a request. n8n calls a credential with the options alone and does
 * not say which helper called, so it is told by the members that the other helper does not know.
 */
export function isLegacy(request: OutgoingRequest): boolean {
	return Object.entries(request).some(
		([name, value]) => value !== undefined && LEGACY_ONLY_MEMBERS.includes(name),
	);
}

/** Formats each helper understands; it writes lists with indices for anything else. */
const NEW_ARRAY_FORMATS: readonly ArrayFormat[] = ['brackets', 'comma', 'repeat'];
const LEGACY_ARRAY_FORMATS: readonly ArrayFormat[] = ['brackets', 'repeat'];

function arrayFormatOf(request: OutgoingRequest): ArrayFormat {
	if (!isLegacy(request)) {
		return NEW_ARRAY_FORMATS.find((format) => format === request.arrayFormat) ?? 'indices';
	}
	const asked: unknown = Object(request.qsStringifyOptions).arrayFormat;
	const known = LEGACY_ARRAY_FORMATS.find((format) => format === asked);
	return known ?? (request.useQuerystring === true ? 'repeat' : 'indices');
}

/** A member that should be a text or a URL; empty for anything else. */
function memberText(value: unknown): string {
	return typeof value === 'string' || value instanceof URL ? String(value) : '';
}

/** Joins like axios, which is what sends the request; URL resolution would drop the base's path. */
function joinUrl(base: string, address: string): string {
	if (base === '' || /^([a-z][a-z\d+\-.]*:)?\/\//i.test(address)) return address;
	return address === '' ? base : joinBySlash(base, address);
}

/** The query, and apart from it the parameter the token is put into. */
function splitQuery(qs: unknown, { tokenParameter }: DescribeOptions) {
	const name = tokenParameter?.trim();
	if (name === undefined || !hasMembers(qs) || !Object.hasOwn(qs, name)) return { sent: qs };
	const { [name]: token, ...sent } = qs;
	return { sent, kept: { [name]: token } };
}

/**
 * Says where a request goes: the URL as axios joins `baseURL`, `url` or `uri`, and `qs`, with the
 * list format of the helper that sends it.
 *
 * @throws {@link JwtAuthError} `URL_INVALID` for no, a relative or another than an http(s) URL
 */
export function describeRequest(
	request: OutgoingRequest,
	options: DescribeOptions = {},
): RequestTarget {
	const url = webUrl(joinUrl(memberText(request.baseURL), memberText(request.url ?? request.uri)));
	if (!url) {
		throw new JwtAuthError('URL_INVALID', 'The request has no valid, absolute http or https URL.');
	}
	const { sent } = splitQuery(request.qs, options);
	const query = stringifyQuery(sent, arrayFormatOf(request), 'URL_INVALID');
	url.hash = '';
	// With its question mark: the setter takes one off, which may be that of a name.
	url.search = [url.search, query].filter((part) => part !== '').join('&');
	const method = memberText(request.method).trim().toUpperCase();
	return { method: method === '' ? 'GET' : method, url };
}

function frozenBody(request: OutgoingRequest) {
	const headers = copyHeaders(request.headers);
	const { bytes, contentType } = serialiseBody({
		...request,
		legacy: isLegacy(request),
		contentType: findHeader(headers, 'content-type'),
	});
	// Both helpers take a form content type for leave to rebuild a body that is not text.
	const mustBeText = contentType === FORM_TYPE;
	const body = mustBeText ? bytes.toString('utf8') : bytes;
	if (typeof body === 'string' && !Buffer.from(body, 'utf8').equals(bytes)) {
		throw unbindableBodyError(
			'The body is called a form but is not text, so n8n would not send it unchanged.',
		);
	}
	return {
		bytes,
		body: bytes.length > 0 ? body : undefined,
		headers: {
			...withoutHeaders(headers, ['content-type', 'content-length']),
			...(contentType === undefined ? {} : { 'content-type': contentType }),
		},
	};
}

/**
 * Fixes a request, so that what is signed is what is sent: `qs` moves into the URL, and the body is
 * serialised once and handed on as bytes (a form as text), a form n8n and axios do not rewrite.
 * Freezing a frozen request gives the same URL and bytes.
 *
 * @param request left as it is
 * @throws {@link JwtAuthError} `URL_INVALID`; `REQUEST_BODY_UNBINDABLE` for multipart, streams and
 *   files, when the body is to be fixed
 */
export function freezeRequest<T extends OutgoingRequest>(
	request: T,
	options: FreezeOptions = {},
): FrozenRequest<T> {
	const { method, url } = describeRequest(request, options);
	const frozen: T = { ...request };
	if (request.uri !== undefined) frozen.uri = url.href;
	if (request.uri === undefined || request.url !== undefined) frozen.url = url.href;
	delete frozen.baseURL;
	const { kept } = splitQuery(request.qs, options);
	if (kept) frozen.qs = kept;
	else delete frozen.qs;
	if (options.body === false) {
		frozen.headers = copyHeaders(request.headers);
		return { request: frozen, method, url, bodyBytes: undefined };
	}
	const { bytes, body, headers } = frozenBody(request);
	frozen.headers = headers;
	delete frozen.form;
	if (body === undefined) delete frozen.body;
	else frozen.body = body;
	return { request: frozen, method, url, bodyBytes: bytes };
}
