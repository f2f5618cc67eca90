import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { CredentialRef } from '../../playground/client';
import { judge, VENDORS, type RawRequest, type Vendor } from '../support/vendors';
import { n8nSession } from './support/n8nSession';
import { jwtHttpRequest, stockHttpRequest, workflow, type Step } from './support/workflows';

const { client } = n8nSession();
const received: RawRequest[] = [];
let server: Server;
let url: string;

beforeAll(async () => {
	server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const { method = '', url: address = '', headers } = request;
			received.push({ method, url: address, headers, body: Buffer.concat(chunks) });
			response.setHeader('content-type', 'application/json').end('{"ok":true}');
		});
	}).listen(0, '127.0.0.1');
	await new Promise((resolve) => server.once('listening', resolve));
	url = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
});

afterAll(() => {
	server.closeAllConnections();
	server.close();
});

beforeEach(() => {
	received.length = 0;
});

function parametersOf({ request }: Vendor) {
	return {
		method: request.method,
		...(request.body !== undefined && {
			sendBody: true,
			contentType: 'json',
			specifyBody: 'json',
			jsonBody: request.body,
		}),
	};
}

const NODES: Record<string, (vendor: Vendor, credential: CredentialRef) => Step> = {
	'JWT HTTP Request': (vendor, credential) =>
		jwtHttpRequest(credential, url + vendor.request.path, parametersOf(vendor)),
	'HTTP Request': (vendor, credential) =>
		stockHttpRequest(credential, url + vendor.request.path, parametersOf(vendor)),
};

/** The request with one character of one part changed. */
function tampered(request: RawRequest): Record<string, RawRequest> {
	return {
		method: { ...request, method: request.method === 'GET' ? 'PUT' : 'GET' },
		path: {
			...request,
			url: request.url
				.replace('/v', '/w')
				.replace('/api', '/apj')
				.replace('/platform', '/platforn'),
		},
		query: { ...request, url: `${request.url}1` },
		body: { ...request, body: Buffer.concat([request.body.subarray(0, -1), Buffer.from(' ')]) },
	};
}

describe.each(Object.entries(VENDORS))('%s accepts the token', (name, make) => {
	it.each(Object.keys(NODES))('of %s', async (node) => {
		const vendor = make();
		const credential = await client.createCredential({
			name: `${name} ${randomUUID()}`,
			type: 'jwtSignApi',
			data: vendor.credential,
		});
		const step = NODES[node]?.(vendor, credential);
		if (!step) throw new Error(node);
		const run = await client.runWorkflow(workflow([{}, {}], step));
		expect(run.error?.message).toBeUndefined();
		expect(received.map((request) => judge(vendor, request))).toEqual([undefined, undefined]);
	});
});

describe('one byte changed on the way', () => {
	it.each([
		['Coinbase App', ['method', 'path']],
		['Coinbase CDP', ['method', 'path']],
		['Fireblocks', ['path', 'query', 'body']],
	])('%s rejects it', async (name, parts) => {
		const vendor = VENDORS[name]?.();
		if (!vendor) throw new Error(name);
		const credential = await client.createCredential({
			name: `${name} ${randomUUID()}`,
			type: 'jwtSignApi',
			data: vendor.credential,
		});
		for (const make of Object.values(NODES)) {
			received.length = 0;
			await client.runWorkflow(workflow([{}], make(vendor, credential)));
			const [request] = received;
			if (!request) throw new Error('nothing arrived');
			const changed = tampered(request);
			for (const part of parts) {
				const other = changed[part];
				expect({ part, reason: other && judge(vendor, other) }).toEqual({
					part,
					reason: expect.stringMatching(/^(uri|uris|bodyHash)$/),
				});
			}
		}
	});
});
