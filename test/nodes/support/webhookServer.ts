import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
	NodeOperationError,
	type INode,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import type { CredentialData } from '../../../core/settings/credentialFields';
import { JwtWebhook } from '../../../nodes/JwtWebhook/JwtWebhook.node';
import { writtenAs } from './standIn';

/** A JWT Webhook behind a real HTTP server, without n8n. */
export interface WebhookServer {
	url: string;
	/** The form; may be changed between calls. */
	parameters: Record<string, unknown>;
	credentials: Record<string, CredentialData>;
	/** Test URL or production URL. */
	mode: 'manual' | 'webhook';
	/** What n8n would have run the workflow with, call by call. */
	runs: Array<NonNullable<IWebhookResponseData['workflowData']>>;
	/** What the node threw, of which n8n makes a failed execution. */
	errors: Error[];
	/** What the node wrote to the log. */
	log: string[];
	/** What of it is shown unless somebody asks for more. */
	warnings: string[];
	/** Answers requests to issuers. */
	httpRequest: (options: { url: string }) => unknown;
	/** Path of the second webhook of the node. */
	stop(): Promise<void>;
}

function valueAt(parameters: unknown, path: string, fallback: unknown): unknown {
	const holder = Object(parameters) as Record<string, unknown>;
	return Object.hasOwn(holder, path) ? holder[path] : fallback;
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
}

/** What n8n makes of a body before the node sees it. */
function parse(rawBody: Buffer, contentType: string | undefined): unknown {
	if (rawBody.length === 0) return undefined;
	const text = rawBody.toString('utf8');
	if (contentType === 'application/json') return JSON.parse(text);
	if (contentType === 'application/x-www-form-urlencoded') {
		return Object.fromEntries(new URLSearchParams(text));
	}
	return contentType === 'text/plain' ? text : undefined;
}

let count = 0;

/** Starts a {@link WebhookServer}; what the node hands on comes back as the answer. */
export async function startWebhookServer(
	parameters: Record<string, unknown>,
): Promise<WebhookServer> {
	// Limits are kept for each node.
	const node = {
		id: `node ${(count += 1)}`,
		name: 'JWT Webhook',
		type: 'jwtWebhook',
		typeVersion: 1,
		parameters: {},
	} as unknown as INode;
	const http = createServer((request, response) => {
		const answer = async (): Promise<void> => {
			const rawBody = await readBody(request);
			const url = new URL(request.url ?? '/', server.url);
			const contentType = request.headers['content-type']?.split(';')[0];
			const extra = {
				...{ params: {}, query: {}, rawBody, contentType },
				body: parse(rawBody, contentType),
				ip: request.socket.remoteAddress,
			};
			for (const [name, value] of url.searchParams) {
				const query = extra.query as Record<string, unknown>;
				query[name] = name in query ? [query[name], value] : value;
			}
			Object.assign(request, extra);
			const context = {
				getRequestObject: () => request,
				getResponseObject: () => response,
				getNodeParameter: (
					name: string,
					fallback?: unknown,
					options?: { rawExpressions?: boolean },
				) => {
					const given = valueAt(server.parameters, name, fallback);
					return options?.rawExpressions ? writtenAs([given]) : given;
				},
				getNode: () => node,
				getMode: () => server.mode,
				getWorkflow: () => ({ id: 'workflow' }),
				getWebhookName: () => (url.pathname.endsWith('protected-resource') ? 'setup' : 'default'),
				getNodeWebhookUrl: (name: string) =>
					name === 'setup'
						? `${server.url}/webhook/id/.well-known/oauth-protected-resource`
						: `${server.url}/webhook/orders`,
				getCredentials: async (type: string) => {
					const data = server.credentials[type];
					if (!data) throw new NodeOperationError(node, `Node has no ${type}`);
					return await Promise.resolve({ ...data });
				},
				logger: {
					warn: (text: string) => {
						server.log.push(text);
						server.warnings.push(text);
					},
					debug: (text: string) => server.log.push(text),
				},
				helpers: {
					httpRequest: async (options: { url: string }) =>
						await Promise.resolve(server.httpRequest(options)),
					prepareBinaryData: async (bytes: Buffer, fileName?: string, mimeType?: string) =>
						await Promise.resolve({ data: bytes.toString('base64'), fileName, mimeType }),
				},
				nodeHelpers: {},
			};
			const given = context as unknown as IWebhookFunctions;
			const result = await new JwtWebhook().webhook.call(given);
			if (result.workflowData) server.runs.push(result.workflowData);
			if (result.noWebhookResponse === true) return;
			response.writeHead(200, { 'content-type': 'application/json' });
			response.end(JSON.stringify(result.workflowData));
		};
		answer().catch((error: Error) => {
			server.errors.push(error);
			response.writeHead(500).end();
		});
	});
	await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
	const server: WebhookServer = {
		url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
		parameters,
		credentials: {},
		mode: 'webhook',
		runs: [],
		errors: [],
		log: [],
		warnings: [],
		httpRequest: () => {
			throw new Error('No request was expected.');
		},
		stop: async () => {
			http.closeAllConnections();
			await new Promise((resolve) => http.close(resolve));
		},
	};
	return server;
}
