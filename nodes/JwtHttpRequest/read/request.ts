import type { IExecuteFunctions } from 'n8n-workflow';
import { JwtAuthError } from '../../../core/errors';
import { isRelativeUrl } from '../../../core/exchangeRequest';
import { hasHeader, type RequestHeaders } from '../../../core/requestHeaders';
import type { RequestParts } from '../../../core/requestParts';
import { fieldReader, type FieldReader } from '../../common/fieldReader';
import { HEADER_FIELDS, QUERY_FIELDS } from '../pairFields';
import { readBody } from './body';
import type { NodeOptions } from './options';
import { readPairs } from './pairs';

const ACCEPT_TEXTS =
	'application/json,text/html,application/xhtml+xml,application/xml,text/*;q=0.9';

/** What n8n's own node asks for, by Response Format. */
const ACCEPT: Record<NodeOptions['response']['responseFormat'], string> = {
	autodetect: `${ACCEPT_TEXTS}, image/*;q=0.8, */*;q=0.7`,
	file: `${ACCEPT_TEXTS}, image/*;q=0.8, */*;q=0.7`,
	json: 'application/json,text/*;q=0.99',
	text: `${ACCEPT_TEXTS}, */*;q=0.1`,
};

function readUrl(field: FieldReader): string {
	const url = field('url');
	const text = typeof url === 'string' ? url.trim() : '';
	if (/^https?:\/\//i.test(text)) return text;
	// The access token may come with the base URL of the API (Salesforce).
	if (field('credentialType') === 'jwtExchangeApi' && isRelativeUrl(text)) return text;
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
	const headers = Object.fromEntries(
		Object.entries(readPairs(context, itemIndex, HEADER_FIELDS)).map(([name, value]) => [
			lowercaseHeaders ? name.toLowerCase() : name,
			Array.isArray(value) ? value.map(String) : String(value ?? ''),
		]),
	);
	if (hasHeader(headers, 'accept')) return headers;
	return { ...headers, accept: ACCEPT[response.responseFormat] };
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
	const field = fieldReader(context, itemIndex);
	const method = field('method') as string;
	const sendBody = field('sendBody') === true;
	if (sendBody && method === 'GET') {
		throw new JwtAuthError('METHOD_WITHOUT_BODY', "n8n's HTTP client sends no body with GET.");
	}
	return {
		method,
		url: readUrl(field),
		query: readPairs(context, itemIndex, QUERY_FIELDS),
		arrayFormat: options.arrayFormat,
		headers: readHeaders(context, itemIndex, options),
		body: sendBody ? await readBody(context, itemIndex) : { kind: 'none' },
	};
}
