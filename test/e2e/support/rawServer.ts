import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RawRequest } from '../../support/vendors';

/** What a service answers: JSON, or a text of another type. */
export interface RawAnswer {
	status: number;
	body: unknown;
	/** Content type; default JSON. */
	type?: string;
}

/** A service on 127.0.0.1 that sees requests as they arrive. */
export interface RawServer {
	/** Its address without a path. */
	readonly origin: string;
	/** Emptied before each test. */
	readonly received: RawRequest[];
	/** Answers; every test says how. */
	respond: (request: RawRequest) => RawAnswer;
	/** An https address with this server in place of its host. */
	lead(url: unknown): string;
}

/** Serves for the tests of a file. */
export function serveRaw(): RawServer {
	let server: Server;
	let origin = '';
	const raw: RawServer = {
		get origin() {
			return origin;
		},
		received: [],
		respond: () => ({ status: 500, body: {} }),
		lead: (url) => String(url).replace(/^https:\/\/[\w.-]+/, origin),
	};
	beforeAll(async () => {
		server = createServer((request, response) => {
			const chunks: Buffer[] = [];
			request.on('data', (chunk: Buffer) => chunks.push(chunk));
			request.on('end', () => {
				const { method = '', url = '', headers } = request;
				const arrived = { method, url, headers, body: Buffer.concat(chunks) };
				raw.received.push(arrived);
				const { status, body, type = 'application/json' } = raw.respond(arrived);
				response.writeHead(status, { 'content-type': type });
				response.end(typeof body === 'string' ? body : JSON.stringify(body));
			});
		}).listen(0, '127.0.0.1');
		await new Promise((resolve) => server.once('listening', resolve));
		origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	});
	afterAll(() => {
		server.closeAllConnections();
		server.close();
	});
	beforeEach(() => {
		raw.received.length = 0;
	});
	return raw;
}
