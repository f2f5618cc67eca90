import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { JwtAuthError } from '../../../core/errors';
import type { FieldValue, Form } from '../../../core/settings/fieldValue';
import type { ArrayFormat } from '../../../core/request/queryString';
import type { RetryPolicy } from '../../../core/request/retry';
import { webUrl } from '../../../core/shared/url';
import { nodeForm } from '../../common/nodeForm';
import { readOptimization, type Optimization } from './optimization';

/** How the person wants the response. */
export interface ResponseOptions {
	fullResponse: boolean;
	neverError: boolean;
	responseFormat: 'autodetect' | 'file' | 'json' | 'text';
	outputPropertyName: string;
}

/** How a request travels. */
export interface SendOptions {
	/** Whole milliseconds for a whole answer, body included; no more than a timer keeps to. */
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
	/** What of the response an AI model gets; undefined for all of it. */
	optimization: Optimization | undefined;
}

/** The Options collection of one item. */
export function optionsForm(context: IExecuteFunctions, itemIndex: number): Form {
	return nodeForm(context, itemIndex).field('options', 'Options').section();
}

/** An option that has fields of its own, which n8n stores under a second name. */
export function optionEntry(options: Form, name: string, label: string, second = name): FieldValue {
	return options.field(name, label).section().field(second, label);
}

function proxyError(): JwtAuthError {
	// The text is not quoted: it may hold a password.
	return new JwtAuthError('PROXY_INVALID', 'Proxy is not an http or https address.');
}

function decodeProxyUser(encoded: string): string {
	try {
		return decodeURIComponent(encoded);
	} catch {
		throw proxyError();
	}
}

function readProxy(options: Form): IHttpRequestOptions['proxy'] {
	const proxy = options.field('proxy', 'Proxy').text('').trim();
	if (proxy === '') return undefined;
	const url = webUrl(proxy);
	if (!url) throw proxyError();
	const username = decodeProxyUser(url.username);
	return {
		protocol: url.protocol.slice(0, -1),
		host: url.hostname,
		port: Number(url.port) || (url.protocol === 'https:' ? 443 : 80),
		...(username !== '' && { auth: { username, password: decodeProxyUser(url.password) } }),
	};
}

function readMaxRedirects(options: Form): number {
	const redirect = optionEntry(options, 'redirect', 'Redirects').section();
	const follows = redirect.field('followRedirects', 'Follow Redirects').boolean(true);
	const most = redirect
		.field('maxRedirects', 'Max Redirects')
		// As many as n8n's HTTP client follows.
		.wholeNumber({ fallback: 21, least: 1 });
	return follows ? most : 0;
}

function readRetry(options: Form): RetryPolicy | undefined {
	const entry = optionEntry(options, 'retry', 'Retry');
	if (!entry.isThere) return undefined;
	const retry = entry.section();
	const maxTries = retry.field('maxTries', 'Max Tries');
	const wait = retry.field('waitBetweenTries', 'Wait Between Tries (Ms)');
	const maxWait = retry.field('maxWait', 'Max Wait (Ms)');
	return {
		maxTries: maxTries.wholeNumber({ fallback: 3, least: 2, most: 10 }),
		waitBetweenTries: wait.milliseconds({ fallback: 1000, least: 1 }),
		maxWait: maxWait.milliseconds({ fallback: 60_000, least: 1 }),
		retryNonIdempotent: retry.field('retryNonIdempotent', 'Retry POST and PATCH').boolean(false),
	};
}

function readResponse(options: Form): ResponseOptions {
	const response = optionEntry(options, 'response', 'Response').section();
	const full = response.field('fullResponse', 'Include Response Headers and Status');
	return {
		fullResponse: full.boolean(false),
		neverError: response.field('neverError', 'Never Error').boolean(false),
		responseFormat: response
			.field('responseFormat', 'Response Format')
			.choice(['autodetect', 'file', 'json', 'text'], 'autodetect'),
		outputPropertyName: response.field('outputPropertyName', 'Put Output in Field').name('data'),
	};
}

/**
 * Reads Options for one item, and what stands beside them in tools.
 *
 * @throws {@link JwtAuthError} `DURATION_INVALID`, `FIELD_INVALID`, `PROXY_INVALID`
 */
export function readOptions(context: IExecuteFunctions, itemIndex: number): NodeOptions {
	const options = optionsForm(context, itemIndex);
	const insecure = options.field('allowUnauthorizedCerts', 'Ignore SSL Issues (Insecure)');
	return {
		timeout: options.field('timeout', 'Timeout').milliseconds({ fallback: 300_000, least: 1 }),
		proxy: readProxy(options),
		ignoreSslIssues: insecure.boolean(false),
		maxRedirects: readMaxRedirects(options),
		retry: readRetry(options),
		arrayFormat: options
			.field('queryParameterArrays', 'Array Format in Query Parameters')
			.choice(['brackets', 'indices', 'repeat'], 'indices'),
		lowercaseHeaders: options.field('lowercaseHeaders', 'Lowercase Headers').boolean(true),
		response: readResponse(options),
		optimization: readOptimization(context, itemIndex),
	};
}
