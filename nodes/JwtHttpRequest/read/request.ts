import type { IExecuteFunctions } from 'n8n-workflow';
import { JwtAuthError } from '../../../core/errors';
import { isRelativeUrl } from '../../../core/exchangeRequest';
import type { RequestHeaders } from '../../../core/requestHeaders';
import type { RequestParts } from '../../../core/requestParts';
import { BASE_URL_TYPES } from '../credentialTypes';
import { readBody } from './body';
import type { NodeOptions } from './options';
import { readPairs } from './pairs';

/** What n8n's own node asks for, by Response Format. */
const ACCEPT: Record<NodeOptions['response']['responseFormat'], string> = {
	autodetect:
		'application/json,text/html,application/xhtml+xml,application/xml,text/*;q=0.9, image/*;q=0.8, */*;q=0.7',
	file: 'application/json,text/html,application/xhtml+xml,application/xml,text/*;q=0.9, image/*;q=0.8, */*;q=0.7',
	json: 'application/json,text/*;q=0.99',
	text: 'application/json,text/html,application/xhtml+xml,application/xml,text/*;q=0.9, */*;q=0.1',
};

function readUrl(context: IExecuteFunctions, itemIndex: number): string {
	const url: unknown = context.getNodeParameter('url', itemIndex);
	const text = typeof url === 'string' ? url.trim() : '';
	if (/^https?:\/\//i.test(text)) return text;
	const type = context.getNodeParameter('credentialType', itemIndex) as string;
	if (BASE_URL_TYPES.includes(type) && isRelativeUrl(text)) return text;
	throw new JwtAuthError(
		'URL_INVALID',
		text === '' ? 'The URL is empty.' : 'The URL does not begin with https:// or http://.',
	);
}

function readHeaders(
	context: IExecuteFunctions,
	itemIndex: number,
	{ lowercaseHeaders, response }: NodeOptions,
): RequestHeaders {
	const sent = context.getNodeParameter('sendHeaders', itemIndex, false) === true;
	const typed = sent
		? readPairs(context, itemIndex, {
				specify: 'specifyHeaders',
				rows: 'headerParameters',
				json: 'jsonHeaders',
				label: 'Headers (JSON)',
			})
		: {};
	const headers = Object.fromEntries(
		Object.entries(typed).map(([name, value]) => [
			lowercaseHeaders ? name.toLowerCase() : name,
			Array.isArray(value) ? value.map(String) : String(value ?? ''),
		]),
	);
	const accepts = Object.keys(headers).some((name) => name.toLowerCase() === 'accept');
	return accepts ? headers : { ...headers, accept: ACCEPT[response.responseFormat] };
}

/**
 * Reads the request of one item from the form.
 *
 * @throws {@link JwtAuthError} `URL_INVALID`, `METHOD_WITHOUT_BODY`, the codes of JSON fields and of
 *   {@link readBody}
 */
export async function readRequest(
	context: IExecuteFunctions,
	itemIndex: number,
	options: NodeOptions,
): Promise<RequestParts> {
	const method = context.getNodeParameter('method', itemIndex) as string;
	const sendBody = context.getNodeParameter('sendBody', itemIndex, false) === true;
	if (sendBody && method === 'GET') {
		throw new JwtAuthError('METHOD_WITHOUT_BODY', "n8n's HTTP client sends no body with GET.");
	}
	const query =
		context.getNodeParameter('sendQuery', itemIndex, false) === true
			? readPairs(context, itemIndex, {
					specify: 'specifyQuery',
					rows: 'queryParameters',
					json: 'jsonQuery',
					label: 'Query Parameters (JSON)',
				})
			: {};
	return {
		method,
		url: readUrl(context, itemIndex),
		query,
		arrayFormat: options.arrayFormat,
		headers: readHeaders(context, itemIndex, options),
		body: sendBody ? await readBody(context, itemIndex) : { kind: 'none' },
	};
}
