import type { IExecuteFunctions } from 'n8n-workflow';
import { JwtAuthError } from '../../../core/errors';
import { isRelativeUrl } from '../../../core/exchange/apiRequest';
import type { Form } from '../../../core/settings/fieldValue';
import { readHttpMethod } from '../../../core/request/httpMethod';
import type { RequestParts } from '../../../core/http/requestParts';
import { nodeForm } from '../../common/nodeForm';
import { QUERY_FIELDS } from '../description/pairFields';
import { readBody } from './body';
import { readCredentialType } from './credential';
import { readHeaders } from './requestHeaders';
import type { NodeOptions } from './options';
import { readPairs } from './pairs';

function readUrl(form: Form): string {
	const url = form.field('url', 'URL').textOrNothing().trim();
	if (/^https?:\/\//i.test(url)) return url;
	// The access token may come with the base URL of the API (Salesforce).
	if (readCredentialType(form) === 'jwtExchangeApi' && isRelativeUrl(url)) return url;
	throw new JwtAuthError(
		'URL_INVALID',
		url === '' ? 'The URL is empty.' : 'The URL does not begin with https:// or http://.',
	);
}

/**
 * Reads the request of one item from the form.
 *
 * @throws {@link JwtAuthError} `FIELD_INVALID`, `URL_INVALID`, `METHOD_WITHOUT_BODY`, the codes of
 *   JSON fields, headers and of {@link readBody}
 */
export async function readRequest(
	context: IExecuteFunctions,
	itemIndex: number,
	options: NodeOptions,
): Promise<RequestParts> {
	const form = nodeForm(context, itemIndex);
	const method = readHttpMethod(form.field('method', 'Method').text('GET'), 'Method');
	const sendBody = form.field('sendBody', 'Send Body').boolean(false);
	if (sendBody && method === 'GET') {
		throw new JwtAuthError('METHOD_WITHOUT_BODY', "n8n's HTTP client sends no body with GET.");
	}
	return {
		method,
		url: readUrl(form),
		query: readPairs(form, QUERY_FIELDS),
		arrayFormat: options.arrayFormat,
		headers: readHeaders(form, options),
		body: sendBody ? await readBody(context, itemIndex, form) : { kind: 'none' },
	};
}
