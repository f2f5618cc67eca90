import type { IHttpRequestOptions } from 'n8n-workflow';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';

/**
 * Sends a request over TLS as n8n's helper does: connected with its `agentOptions`, no redirect
 * followed, the answer's body as a stream.
 *
 * @param ca PEM of the authority that signed the server's certificate
 */
export async function sendOverTls(
	{ url, method, headers, body, agentOptions }: IHttpRequestOptions,
	ca: string,
): Promise<{ statusCode: number; headers: IncomingMessage['headers']; body: IncomingMessage }> {
	const sent = httpsRequest(url, {
		method: method ?? 'GET',
		headers: Object.fromEntries(
			Object.entries(headers ?? {}).map(([name, value]) => [name, String(value)]),
		),
		agent: false,
		...agentOptions,
		ca,
	});
	sent.end(typeof body === 'string' ? body : undefined);
	const [answer] = (await once(sent, 'response')) as [IncomingMessage];
	return { statusCode: answer.statusCode ?? 0, headers: answer.headers, body: answer };
}

/** The whole body as text. */
export async function textOf(body: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of body) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks).toString();
}
