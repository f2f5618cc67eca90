import type {
	IDataObject,
	IExecuteFunctions,
	IHttpRequestMethods,
	IHttpRequestOptions,
} from 'n8n-workflow';
import { JwtAuthError } from '../../core/errors';
import { isRelativeUrl } from '../../core/exchangeRequest';
import { parseJsonObject } from '../../core/json';
import { readItemClaims, type ItemClaims } from '../common/claimFields';

/** How the person wants the response. */
export interface ResponseParameters {
	fullResponse: boolean;
	neverError: boolean;
	responseFormat: 'autodetect' | 'json' | 'text';
	outputPropertyName: string;
}

/** All that the form says for one item. */
export interface RequestParameters {
	credentialType: 'jwtExchangeApi' | 'jwtSignApi' | 'jwtTokenApi';
	itemClaims: ItemClaims | undefined;
	request: IHttpRequestOptions;
	response: ResponseParameters;
}

interface Row {
	name: string;
	value: unknown;
}

/** Reads one part of the request that is given either by rows or as JSON. */
function readPairs(
	context: IExecuteFunctions,
	itemIndex: number,
	names: { specify: string; rows: string; json: string; field: string },
): IDataObject {
	if (context.getNodeParameter(names.specify, itemIndex, 'keypair') === 'json') {
		return parseJsonObject(context.getNodeParameter(names.json, itemIndex, '{}'), {
			field: names.field,
			notObject: 'JSON_MALFORMED',
		}) as IDataObject;
	}
	const rows = context.getNodeParameter(`${names.rows}.parameters`, itemIndex, []) as Row[];
	return Object.fromEntries(
		rows.filter(({ name }) => name !== '').map(({ name, value }) => [name, value]),
	) as IDataObject;
}

function readBody(
	context: IExecuteFunctions,
	itemIndex: number,
): Pick<IHttpRequestOptions, 'body' | 'headers'> {
	const contentType = context.getNodeParameter('contentType', itemIndex) as string;
	if (contentType === 'raw') {
		const type = context.getNodeParameter('rawContentType', itemIndex, 'text/plain') as string;
		return {
			body: Buffer.from(context.getNodeParameter('body', itemIndex, '') as string, 'utf8'),
			headers: { 'content-type': type },
		};
	}
	const fields = readPairs(context, itemIndex, {
		specify: 'specifyBody',
		rows: 'bodyParameters',
		json: 'jsonBody',
		field: 'Body (JSON)',
	});
	if (contentType === 'form-urlencoded') {
		const pairs = Object.entries(fields).map(([name, value]): [string, string] => [
			name,
			String(value),
		]);
		return {
			body: new URLSearchParams(pairs).toString(),
			headers: { 'content-type': 'application/x-www-form-urlencoded' },
		};
	}
	return {
		body: Buffer.from(JSON.stringify(fields), 'utf8'),
		headers: { 'content-type': 'application/json' },
	};
}

function readRequest(context: IExecuteFunctions, itemIndex: number): IHttpRequestOptions {
	const url = (context.getNodeParameter('url', itemIndex) as string).trim();
	const completed = context.getNodeParameter('authentication', itemIndex) === 'jwtExchangeApi';
	if (!/^https?:\/\//i.test(url) && !(completed && isRelativeUrl(url))) {
		throw new JwtAuthError('URL_INVALID', 'The URL does not begin with https:// or http://.');
	}
	const request: IHttpRequestOptions = {
		method: context.getNodeParameter('method', itemIndex) as IHttpRequestMethods,
		url,
		headers: {},
	};
	if (context.getNodeParameter('sendQuery', itemIndex, false) === true) {
		request.qs = readPairs(context, itemIndex, {
			specify: 'specifyQuery',
			rows: 'queryParameters',
			json: 'jsonQuery',
			field: 'Query Parameters (JSON)',
		});
	}
	if (context.getNodeParameter('sendBody', itemIndex, false) === true) {
		Object.assign(request, readBody(context, itemIndex));
	}
	if (context.getNodeParameter('sendHeaders', itemIndex, false) === true) {
		const own = readPairs(context, itemIndex, {
			specify: 'specifyHeaders',
			rows: 'headerParameters',
			json: 'jsonHeaders',
			field: 'Headers (JSON)',
		});
		const lowerCase = Object.entries(own).map(([name, value]) => [name.toLowerCase(), value]);
		request.headers = { ...request.headers, ...Object.fromEntries(lowerCase) };
	}
	return request;
}

/** How many requests may be under way at once. */
export function readConcurrency(context: IExecuteFunctions): number {
	const concurrency = Number(context.getNodeParameter('options.concurrency', 0, 10));
	return Number.isInteger(concurrency) && concurrency > 0 ? concurrency : 1;
}

/**
 * Reads the node's form for one item.
 *
 * @throws {@link JwtAuthError} `URL_INVALID`, and the codes of JSON fields
 */
export function readParameters(context: IExecuteFunctions, itemIndex: number): RequestParameters {
	const credentialType = context.getNodeParameter(
		'authentication',
		itemIndex,
	) as RequestParameters['credentialType'];
	const options = context.getNodeParameter('options', itemIndex, {}) as {
		timeout?: number;
		response?: { response?: Partial<ResponseParameters> };
	};
	return {
		credentialType,
		itemClaims: credentialType === 'jwtSignApi' ? readItemClaims(context, itemIndex) : undefined,
		request: { ...readRequest(context, itemIndex), timeout: options.timeout ?? 300_000 },
		response: {
			fullResponse: false,
			neverError: false,
			responseFormat: 'autodetect',
			outputPropertyName: 'data',
			...options.response?.response,
		},
	};
}
