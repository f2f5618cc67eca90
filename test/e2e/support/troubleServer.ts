import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that goes wrong in the way the path of a request names. */
export interface TroubleServer {
	url: string;
	port: number;
	/** Everything that arrived: head and body of each request as one text. */
	arrived: string[];
	/** What stood in an Authorization header, a header of the given name, or a query parameter. */
	tokens: Set<string>;
	stop(): Promise<void>;
}

const TOKEN = /\b[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}/g;

async function read(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	const head = [`${request.method} ${request.url}`, ...request.rawHeaders].join('\n');
	return `${head}\n\n${Buffer.concat(chunks).toString('latin1')}`;
}

/**
 * Paths: `/status/<code>`, `/echo` (500 with the request in its body), `/redirect/<code>`, `/reset`,
 * `/silent` (no answer), `/garbage` (broken JSON), `/ok`.
 *
 * @param elsewhere where a redirect leads
 */
export async function startTroubleServer(elsewhere = ''): Promise<TroubleServer> {
	const arrived: string[] = [];
	const tokens = new Set<string>();
	const server = createServer((request, response) => {
		void read(request).then((text) => {
			arrived.push(text);
			for (const [token] of text.matchAll(TOKEN)) tokens.add(token);
			const [, kind = 'ok', code = '500'] = new URL(request.url ?? '/', 'http://x').pathname.split(
				'/',
			);
			const json = { 'content-type': 'application/json' };
			if (kind === 'reset') request.socket.destroy();
			else if (kind === 'status') response.writeHead(Number(code), json).end('{"reason":"no"}');
			else if (kind === 'echo') response.writeHead(500, json).end(JSON.stringify({ text }));
			else if (kind === 'redirect') {
				response.writeHead(Number(code), { location: `${elsewhere}/status/403` }).end();
			} else if (kind === 'garbage') response.writeHead(200, json).end('{"half": ');
			else if (kind !== 'silent') response.writeHead(200, json).end('{"ok":true}');
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		port,
		arrived,
		tokens,
		stop: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
