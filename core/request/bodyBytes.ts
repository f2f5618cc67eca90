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

/** Refuses a body whose hash cannot go into a token. */
export function unbindable(message: string, hint?: string): never {
	throw new JwtAuthError('REQUEST_BODY_UNBINDABLE', message, { hint });
}

function unknownBytes(what: string): never {
	unbindable(
		`The body is ${what}, whose bytes are only known while it is being sent, so its hash cannot go into the token.`,
	);
}

function refuseStreams(value: unknown): void {
	if (!hasMembers(value) || value instanceof URLSearchParams) return;
	const can = (method: string) => typeof value[method] === 'function';
	if (can('append')) unknownBytes('multipart form data');
	if (can('pipe') || can('getReader') || can('arrayBuffer')) unknownBytes('a file or stream');
}

function binary(value: unknown): Buffer | undefined {
	if (ArrayBuffer.isView(value)) {
		return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
	}
	return value instanceof ArrayBuffer ? Buffer.from(value) : undefined;
}

function jsonText(value: unknown): string {
	let text: string | undefined;
	try {
		text = JSON.stringify(value);
	} catch {
		// Cyclic or BigInt: told below without the original error's text.
	}
	if (text !== undefined) return text;
	unbindable('The body cannot be written as JSON.');
}

function legacyForm(source: BodySource): string {
	const { body, form } = source;
	if (typeof form === 'string') return form;
	if (source.contentType !== FORM_TYPE) {
		return stringifyQuery(form, 'indices', 'REQUEST_BODY_UNBINDABLE');
	}
	const format = source.useQuerystring === true ? 'repeat' : 'indices';
	const fields = body instanceof URLSearchParams ? Object.fromEntries(body) : body;
	return stringifyQuery({ ...Object(fields), ...Object(form) }, format, 'REQUEST_BODY_UNBINDABLE');
}

/** Text without a content type: the legacy helper calls it JSON unless `json` is false. */
function plainText(text: string, source: BodySource): [string, string] {
	if (source.contentType !== undefined) return [text, source.contentType];
	if (source.legacy && source.json !== false) {
		return [tryJson(text) === undefined ? jsonText(text) : text, JSON_TYPE];
	}
	return [text, !source.legacy && source.json === true ? JSON_TYPE : FORM_TYPE];
}

function textOf(source: BodySource): [text: string, contentType: string | undefined] {
	const { legacy, body, form, contentType } = source;
	const isLegacyForm =
		legacy && (contentType === FORM_TYPE || (form !== undefined && body === undefined));
	if (isLegacyForm && typeof body !== 'string') return [legacyForm(source), FORM_TYPE];
	if (body instanceof URLSearchParams) return [body.toString(), contentType ?? FORM_TYPE];
	if (typeof body === 'string') return body === '' ? ['', contentType] : plainText(body, source);
	if (!hasMembers(body)) {
		const sent = legacy && body !== undefined && source.json !== false;
		return sent ? [jsonText(body), contentType ?? JSON_TYPE] : ['', contentType];
	}
	if (!legacy && Object.keys(body).length === 0) return ['', contentType];
	if (contentType?.includes(FORM_TYPE)) return [stringifyForm(body), contentType];
	const merged = legacy && form !== undefined ? { ...body, ...Object(form) } : body;
	return [jsonText(merged), contentType ?? JSON_TYPE];
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
	refuseStreams(body);
	if (legacy && source.formData !== undefined) unknownBytes('multipart form data');
	const bytes = binary(body);
	if (contentType?.includes('multipart/form-data')) {
		const rebuilt = legacy || (typeof body === 'object' && bytes === undefined);
		if (rebuilt) unknownBytes('multipart form data');
	}
	if (bytes) return { bytes, contentType: contentType ?? 'application/octet-stream' };
	const [text, type] = textOf(source);
	return { bytes: Buffer.from(text, 'utf8'), contentType: type };
}
