import type { IDataObject, IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { oneOf } from '../../../core/settings/readCredential';
import { JwtAuthError } from '../../../core/errors';
import type { ArrayFormat } from '../../../core/request/queryString';
import type { RetryPolicy } from '../../../core/request/retry';
import { webUrl } from '../../../core/shared/url';

/** How the person wants the response. */
export interface ResponseOptions {
	fullResponse: boolean;
	neverError: boolean;
	responseFormat: 'autodetect' | 'file' | 'json' | 'text';
	outputPropertyName: string;
}

/** How a request travels. */
export interface SendOptions {
	/** Milliseconds for a whole answer, body included. */
	timeout: number;
	proxy: IHttpRequestOptions['proxy'];
	ignoreSslIssues: boolean;
	/** Redirects followed at most; 0 for none, in which case a redirect is the answer. */
	maxRedirects: number;
	/** Undefined for one try only. */
	retry: RetryPolicy | undefined;
}

/** All that stands behind Add Option, for one item. */
export interface NodeOptions extends SendOptions {
	arrayFormat: ArrayFormat;
	lowercaseHeaders: boolean;
	response: ResponseOptions;
}

/** Value of a fixedCollection with one entry, which n8n stores under the same name once more. */
function entry<T>(options: IDataObject, name: string): Partial<T> | undefined {
	return (options[name] as IDataObject | undefined)?.[name] as Partial<T> | undefined;
}

function positive(value: unknown, fallback: number): number {
	const number = Number(value ?? fallback);
	return Number.isFinite(number) && number > 0 ? number : fallback;
}

function readProxy(proxy: unknown): IHttpRequestOptions['proxy'] {
	if (typeof proxy !== 'string' || proxy.trim() === '') return undefined;
	const url = webUrl(proxy.trim());
	if (!url) {
		// The text is not quoted: it may hold a password.
		throw new JwtAuthError('PROXY_INVALID', 'Proxy is not an http or https address.');
	}
	const username = decodeURIComponent(url.username);
	return {
		protocol: url.protocol.slice(0, -1),
		host: url.hostname,
		port: Number(url.port) || (url.protocol === 'https:' ? 443 : 80),
		...(username !== '' && {
			auth: { username, password: decodeURIComponent(url.password) },
		}),
	};
}

function readMaxRedirects(options: IDataObject): number {
	const redirect = entry<{ followRedirects: boolean; maxRedirects: number }>(options, 'redirect');
	if (redirect?.followRedirects === false) return 0;
	// Else as many as n8n's HTTP client follows.
	return Math.trunc(positive(redirect?.maxRedirects, 21));
}

function readRetry(options: IDataObject): RetryPolicy | undefined {
	const retry = entry<RetryPolicy>(options, 'retry');
	if (!retry) return undefined;
	return {
		maxTries: Math.trunc(positive(retry.maxTries, 3)),
		waitBetweenTries: positive(retry.waitBetweenTries, 1000),
		maxWait: positive(retry.maxWait, 60_000),
		retryNonIdempotent: retry.retryNonIdempotent === true,
	};
}

/**
 * Reads Options for one item.
 *
 * @throws {@link JwtAuthError} `PROXY_INVALID`
 */
export function readOptions(context: IExecuteFunctions, itemIndex: number): NodeOptions {
	const options = context.getNodeParameter('options', itemIndex, {}) as IDataObject;
	const response = entry<ResponseOptions>(options, 'response') ?? {};
	return {
		timeout: positive(options.timeout, 300_000),
		proxy: readProxy(options.proxy),
		ignoreSslIssues: options.allowUnauthorizedCerts === true,
		maxRedirects: readMaxRedirects(options),
		retry: readRetry(options),
		arrayFormat: oneOf(options.queryParameterArrays, ['brackets', 'repeat'], 'indices'),
		lowercaseHeaders: options.lowercaseHeaders !== false,
		response: {
			fullResponse: response.fullResponse === true,
			neverError: response.neverError === true,
			responseFormat: response.responseFormat ?? 'autodetect',
			outputPropertyName: response.outputPropertyName || 'data',
		},
	};
}
