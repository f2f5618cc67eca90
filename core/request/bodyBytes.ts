import { hasMembers, tryJson } from '../shared/json';
import { JwtAuthError } from '../errors';

import { FORM_TYPE, stringifyForm, stringifyQuery } from './queryString';

/** The parts of a request its body is made from; see {@link serialiseBody}. */
export interface BodySource {
	/** Whether n8n's legacy helper sends it (`uri`, `form`), else the new one (`url`). */
	legacy: boolean;
	/** Content type as the request sets it; undefined when it does not. */
	contentType: string | undefined;
	method?: unknown;
	body?: unknown;
	form?: unknown;
	formData?: unknown;
	json?: unknown;
	useQuerystring?: unknown;
}

/** A body in its final bytes. */
export interface SerialisedBody {
	bytes: Buffer;
	/** Content type to send; undefined to send none. */
	contentType: string | undefined;
}

const JSON_TYPE = 'application/json';

/** The error for a body whose hash cannot go into a token. */
export function unbindableBodyError(message: string, hint?: string): JwtAuthError {
	return new JwtAuthError('REQUEST_BODY_UNBINDABLE', message, { hint });
}

function unknownBytesError(what: string): JwtAuthError {
	return unbindableBodyError(
		`The body is ${what}, whose bytes are only known while it is being sent, so its hash cannot go into the token.`,
	);
}

function assertNoStream(value: unknown): void {
	if (!hasMembers(value) || value instanceof URLSearchParams) return;
	const can = (method: string) => typeof value[method] === 'function';
	if (can('append')) throw unknownBytesError('multipart form data');
	if (can('pipe') || can('getReader') || can('arrayBuffer')) {
		throw unknownBytesError('a file or stream');
	}
}

/** The bytes of a body that is binary; undefined for any other. */
function toBytes(value: unknown): Buffer | undefined {
	if (ArrayBuffer.isView(value)) {
		return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
	}
	return value instanceof ArrayBuffer ? Buffer.from(value) : undefined;
}

function toJsonText(value: unknown): string {
	let text: string | undefined;
	try {
		text = JSON.stringify(value);
	} catch {
		// Cyclic or BigInt: told below without the original error's text.
	}
	if (text !== undefined) return text;
	throw unbindableBodyError('The body cannot be written as JSON.');
}

/** A body as text, and the content type to send it with. */
type BodyText = [text: string, contentType: string | undefined];

/** The text of a form that the legacy helper writes, out of `form`, `body` or both. */
function legacyFormText({ body, form, contentType, useQuerystring }: BodySource): string {
	if (typeof form === 'string') return form;
	if (contentType !== FORM_TYPE) return stringifyQuery(form, 'indices', 'REQUEST_BODY_UNBINDABLE');
	const format = useQuerystring === true ? 'repeat' : 'indices';
	const fields = body instanceof URLSearchParams ? Object.fromEntries(body) : body;
	return stringifyQuery({ ...Object(fields), ...Object(form) }, format, 'REQUEST_BODY_UNBINDABLE');
}

/**
 * An object as the content type wants it: a form, or else JSON.
 *
 * @param form what the legacy helper works into JSON, and into JSON only
 */
function objectText(body: object, contentType: string | undefined, form?: unknown): BodyText {
	if (contentType?.includes(FORM_TYPE)) return [stringifyForm(body), contentType];
	const merged: object = form === undefined ? body : { ...body, ...Object(form) };
	return [toJsonText(merged), contentType ?? JSON_TYPE];
}

/** Text that comes without a content type counts as JSON, unless `json` is false. */
function legacyStringText(text: string, { contentType, json }: BodySource): BodyText {
	if (text === '' || contentType !== undefined) return [text, contentType];
	if (json === false) return [text, FORM_TYPE];
	return [tryJson(text) === undefined ? toJsonText(text) : text, JSON_TYPE];
}

/** What n8n's legacy helper (`requestWithAuthentication`) makes of a body that is not binary. */
function legacyBodyText(source: BodySource): BodyText {
	const { body, form, contentType, json } = source;
	if (typeof body === 'string') return legacyStringText(body, source);
	const isForm = contentType === FORM_TYPE || (form !== undefined && body === undefined);
	if (isForm) return [legacyFormText(source), FORM_TYPE];
	if (body instanceof URLSearchParams) return [body.toString(), contentType ?? FORM_TYPE];
	if (hasMembers(body)) return objectText(body, contentType, form);
	const isSent = body !== undefined && json !== false;
	return isSent ? [toJsonText(body), contentType ?? JSON_TYPE] : ['', contentType];
}

/** What n8n's new helper (`httpRequestWithAuthentication`) makes of a body that is not binary. */
function newBodyText({ body, contentType, json }: BodySource): BodyText {
	if (body instanceof URLSearchParams) return [body.toString(), contentType ?? FORM_TYPE];
	if (typeof body === 'string' && body !== '') {
		return [body, contentType ?? (json === true ? JSON_TYPE : FORM_TYPE)];
	}
	const isEmpty = !hasMembers(body) || Object.keys(body).length === 0;
	return isEmpty ? ['', contentType] : objectText(body, contentType);
}

/**
 * Writes a request's body into the bytes that n8n's helpers would send for it, with three
 * differences, each in favour of what the person wrote: text with a content type is sent to the
 * letter (axios trims valid JSON and quotes invalid JSON), bytes under a form content type are sent
 * as they are (n8n fails or sends their indexes), and bytes without a type are not called a form.
 *
 * An empty body gives no bytes. `{}` is two bytes with the legacy helper and none with the new one;
 * a GET of the new helper never has a body.
 *
 * @throws {@link JwtAuthError} `REQUEST_BODY_UNBINDABLE` for multipart, streams, files and values
 *   that are not JSON
 */
export function serialiseBody(source: BodySource): SerialisedBody {
	const { legacy, body, contentType } = source;
	if (!legacy && String(source.method).toUpperCase() === 'GET') {
		return { bytes: Buffer.alloc(0), contentType };
	}
	assertNoStream(body);
	if (legacy && source.formData !== undefined) throw unknownBytesError('multipart form data');
	const bytes = toBytes(body);
	if (contentType?.includes('multipart/form-data')) {
		const rebuilt = legacy || (typeof body === 'object' && bytes === undefined);
		if (rebuilt) throw unknownBytesError('multipart form data');
	}
	if (bytes) return { bytes, contentType: contentType ?? 'application/octet-stream' };
	const [text, type] = legacy ? legacyBodyText(source) : newBodyText(source);
	return { bytes: Buffer.from(text, 'utf8'), contentType: type };
}
