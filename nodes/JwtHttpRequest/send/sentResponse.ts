import { hasMembers } from '../../../core/shared/json';
import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import { arriving } from '../../../core/request/answerBody';
import type { Connection, Deadline } from '../../../core/request/deadline';

import { sendingRules } from '../../../core/request/network';
import type { Hop } from '../../../core/http/redirects';
import type { SendOptions } from '../read/options';
import type { ResponseStream, SentResponse } from './sendTypes';

/** What n8n's helpers are given for one request, whoever authenticates it. */
export function helperOptions(
	hop: Hop,
	options: SendOptions,
	connection: Connection,
): IHttpRequestOptions {
	return {
		method: hop.method as IHttpRequestOptions['method'],
		url: hop.url,
		headers: { ...hop.headers } as IDataObject,
		...(hop.body !== undefined && { body: hop.body }),
		...sendingRules(options.timeout, connection),
		proxy: options.proxy,
		skipSslCertificateValidation: options.ignoreSslIssues,
	};
}

/** Reads what a helper returned; undefined for what is no response. */
export function toSentResponse(
	response: unknown,
	deadline: Deadline,
	connection: Connection,
): SentResponse | undefined {
	if (!hasMembers(response)) return undefined;
	const { statusCode, statusMessage, headers, body } = response;
	if (typeof statusCode !== 'number' || !hasMembers(body)) return undefined;
	return {
		statusCode,
		statusMessage: String(statusMessage ?? ''),
		headers: { ...(headers as IDataObject) },
		deadline,
		...arriving(body as unknown as ResponseStream, connection),
	};
}
