import type { SendingSettings } from '../../../../core/request/sendingSettings';
import type { RequestParts } from '../../../../core/http/requestParts';
import { ItemSecrets } from '../../../../nodes/JwtHttpRequest/send/itemSecrets';
import { Readable } from 'node:stream';
import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';

import type { Hop } from '../../../../core/http/redirects';
import type { NodeOptions } from '../../../../nodes/JwtHttpRequest/read/options';
import type { Sender } from '../../../../nodes/JwtHttpRequest/send/sendTypes';

/** What a stand-in API answers. */
export interface Reply {
	statusCode?: number;
	headers?: Record<string, string>;
	body?: Readable | string;
}

/** A body that breaks off after some bytes. */
export function broken(): Readable {
	return Readable.from(
		(async function* () {
			yield await Promise.resolve(Buffer.from('half'));
			throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
		})(),
	);
}

/**
 * A body of which nothing more comes, until the deadline or a cancelled execution ends it.
 *
 * @param whenRead called once somebody waits for it
 */
export function silent(whenRead: () => void = () => {}): Readable {
	return new Readable({ read: () => setImmediate(whenRead) });
}

/** A request without a token. */
export const hop = (url = 'https://api.test/file.bin'): Hop => ({
	method: 'GET',
	url,
	headers: {},
	body: undefined,
	authenticated: false,
});

/**
 * What a request needs beside itself: options as the form has them without any, and n8n's helpers,
 * of which those that send give the replies and end a body with its connection, and the one that
 * stores files keeps their bytes.
 */
export function senderTo(
	reply: (options: IHttpRequestOptions) => Reply,
	options: Partial<NodeOptions> = {},
	cancelled?: AbortSignal,
) {
	const requests: IHttpRequestOptions[] = [];
	const files: string[] = [];
	const answer = async (request: IHttpRequestOptions) => {
		requests.push(request);
		const { statusCode = 200, headers = {}, body = '' } = reply(request);
		const stream = typeof body === 'string' ? Readable.from([Buffer.from(body)]) : body;
		const signal = request.abortSignal as AbortSignal | undefined;
		signal?.addEventListener('abort', () => {
			stream.destroy(new Error('canceled'));
		});
		return await Promise.resolve({ statusCode, headers, body: stream });
	};
	const context = {
		getExecutionCancelSignal: () => cancelled,
		getNode: () => ({ name: 'JWT HTTP Request' }),
		helpers: {
			httpRequest: answer,
			httpRequestWithAuthentication: async (_type: string, request: IHttpRequestOptions) =>
				await answer(request),
			prepareBinaryData: async (body: Readable, fileName?: string, mimeType?: string) => {
				const chunks: Buffer[] = [];
				for await (const chunk of body) chunks.push(chunk as Buffer);
				files.push(Buffer.concat(chunks).toString());
				return { data: '', fileName, mimeType };
			},
		},
	} as unknown as IExecuteFunctions;
	const sending = {
		domains: { mode: 'all', allowedDomains: '' },
		placement: { target: 'header' },
	} as unknown as SendingSettings;
	const sender: Sender = {
		context,
		itemIndex: 0,
		credential: { type: 'jwtTokenApi', id: '1', name: 'x', data: {}, sending },
		options: {
			timeout: 600_000,
			proxy: undefined,
			ignoreSslIssues: false,
			maxRedirects: 21,
			retry: undefined,
			arrayFormat: 'indices',
			lowercaseHeaders: true,
			optimization: undefined,
			response: {
				fullResponse: false,
				neverError: false,
				responseFormat: 'autodetect',
				outputPropertyName: 'data',
			},
			...options,
		},
		secrets: new ItemSecrets({}, {
			headers: {},
			query: {},
			url: 'http://127.0.0.1/',
			body: { kind: 'none' },
		} as RequestParts),
	};
	return { sender, requests, files };
}
