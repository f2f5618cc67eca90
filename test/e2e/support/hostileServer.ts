import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createBrotliCompress, createDeflate, createGzip, type Zlib } from 'node:zlib';
import type { Transform } from 'node:stream';

const MEGABYTE = Buffer.alloc(1024 * 1024, ' ');

const CODINGS: Record<string, () => Transform & Zlib> = {
	gzip: createGzip,
	deflate: createDeflate,
	br: createBrotliCompress,
};

/** Content codings {@link bomb} knows. */
export const CODING_NAMES = Object.keys(CODINGS);

/** Some bytes that unpack to so many megabytes of blanks. */
export async function bomb(coding: string, megabytes: number): Promise<Buffer> {
	const packer = CODINGS[coding]?.();
	if (!packer) throw new Error(`No content coding ${coding}`);
	const chunks: Buffer[] = [];
	packer.on('data', (chunk: Buffer) => chunks.push(chunk));
	for (let written = 0; written < megabytes; written++) {
		if (!packer.write(MEGABYTE)) await once(packer, 'drain');
	}
	packer.end();
	await once(packer, 'end');
	return Buffer.concat(chunks);
}

/** One request that arrived. */
export interface HostileRequest {
	path: string;
	/** Settles when the connection is closed, by whoever. */
	closed: Promise<unknown>;
}

/** A server that means no good. */
export interface HostileServer {
	url: string;
	requests: HostileRequest[];
	/** The next request that arrives. */
	arrival(): Promise<HostileRequest>;
	stop(): Promise<void>;
}

/** Milliseconds between two bytes: less than any timeout, so that no connection is ever idle long. */
const DRIP = 300;

function drip(response: ServerResponse, write: (byte: string) => void): void {
	const timer = setInterval(() => write(' '), DRIP);
	response.once('close', () => clearInterval(timer));
}

function answer(request: IncomingMessage, response: ServerResponse, bombs: Map<string, Buffer>) {
	const { pathname, search, searchParams } = new URL(request.url ?? '/', 'http://x');
	const type = { 'content-type': searchParams.get('type') ?? 'application/json' };
	const [, kind = '', detail = ''] = pathname.split('/');
	switch (kind) {
		case 'drip':
			response.writeHead(200, type);
			drip(response, (byte) => response.write(byte));
			return;
		case 'drip-head':
			request.socket.write('HTTP/1.1 200 OK\r\nX-Endless: ');
			drip(response, (byte) => request.socket.write(byte));
			return;
		case 'drip-redirect':
			response.writeHead(302, { location: `/drip${search}` });
			drip(response, (byte) => response.write(byte));
			return;
		case 'hops':
			setTimeout(() => {
				response.writeHead(302, { location: `/hops/${Number(detail) + 1}` }).end();
			}, 400);
			return;
		case 'bomb': {
			const body = bombs.get(detail) ?? Buffer.alloc(0);
			const headers = { 'content-encoding': detail, 'content-length': body.length };
			response.writeHead(200, { ...type, ...headers }).end(body);
			return;
		}
		case 'deep':
			response.writeHead(200, type).end('['.repeat(Number(detail)) + ']'.repeat(Number(detail)));
			return;
		default:
			response.writeHead(200, type).end('{}');
	}
}

/**
 * Starts the server. Paths: `/drip` (a byte every 300 ms for ever), `/drip-head` (so in its header),
 * `/drip-redirect` (so in the body of a redirect to `/drip`), `/hops/<n>` (a redirect to the next one,
 * after a while), `/bomb/<coding>`, `/deep/<levels>` (lists within lists); everything else answers `{}`. The query may name a `type`.
 *
 * @param bombs what `/bomb/<coding>` answers
 */
export async function startHostileServer(bombs: Map<string, Buffer>): Promise<HostileServer> {
	const requests: HostileRequest[] = [];
	const server = createServer((request, response) => {
		request.resume();
		const closed = new Promise((resolve) => request.socket.once('close', resolve));
		requests.push({ path: request.url ?? '', closed });
		server.emit('arrival', requests.at(-1));
		// A client that goes away is what is wanted here.
		request.socket.on('error', () => {});
		answer(request, response, bombs);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		requests,
		arrival: async () => ((await once(server, 'arrival')) as [HostileRequest])[0],
		stop: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
