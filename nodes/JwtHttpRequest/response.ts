import { jsonParse, type IDataObject, type INodeExecutionData } from 'n8n-workflow';
import { JwtAuthError } from '../../core/errors';
import type { ResponseParameters } from './parameters';
import type { RawResponse } from './transport';

function isJson(response: RawResponse): boolean {
	return /\bjson\b/i.test(String(response.headers['content-type'] ?? ''));
}

function parseJson(text: string): unknown {
	if (text.trim() === '') return {};
	const parsed = jsonParse<unknown>(text, { fallbackValue: undefined });
	if (parsed !== undefined) return parsed;
	throw new JwtAuthError('JSON_MALFORMED', "The API's answer is not valid JSON.", {
		hint: 'Set Response Format to Text to see it as it is.',
	});
}

/** The body as an item's JSON: objects as they are, everything else under the chosen field name. */
function asObject(body: unknown, fieldName: string): IDataObject {
	if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as IDataObject;
	return { [fieldName]: body as IDataObject };
}

/**
 * Turns a response into output items; a JSON list becomes one item per entry.
 *
 * @throws {@link JwtAuthError} `JSON_MALFORMED`
 */
export function toItems(response: RawResponse, wanted: ResponseParameters): INodeExecutionData[] {
	const text = response.body.toString('utf8');
	const readAsJson =
		wanted.responseFormat === 'json' ||
		(wanted.responseFormat === 'autodetect' && isJson(response));
	const body = readAsJson ? parseJson(text) : text;
	if (wanted.fullResponse) {
		const { headers, statusCode, statusMessage } = response;
		return [{ json: { body: body as IDataObject, headers, statusCode, statusMessage } }];
	}
	const bodies = Array.isArray(body) ? body : [body];
	return bodies.map((entry) => ({ json: asObject(entry, wanted.outputPropertyName) }));
}
