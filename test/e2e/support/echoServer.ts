import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

/** A server that says what arrived, or answers with something prepared. */
export interface EchoServer {
	url: string;
	/** Requests whose answer was begun and not ended, at most, at one time. */
	mostAtOnce: () => number;
	stop: () => Promise<void>;
}

const PNG = Buffer.from(
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
	'base64',
);

type Prepared = [type: string | undefined, body: string | Buffer, headers?: Record<string, string>];

const PREPARED: Record<string, Prepared> = {
	'/object': [
		'application/json; charset=utf-8',
		'{ "id": 1, "name": "Zoë", "deep": { "a": [1] } }',
	],
	'/list': ['application/json', '[{"id":1},{"id":2},{"id":3}]'],
	'/data-list': ['application/json', '{"data":[{"id":1},{"id":2}]}'],
	'/numbers': ['application/json', '[1,2]'],
	'/number': ['application/json', '42'],
	'/null': ['application/json', 'null'],
	'/empty-json': ['application/json', ''],
	'/empty-list': ['application/json', '[]'],
	'/broken-json': ['application/json', '{"a":'],
	'/problem': ['application/problem+json', '{"title":"x"}'],
	'/text': ['text/plain', 'hello\nworld'],
	'/spaced-json': ['application/json', '{ "a":  1 }'],
	'/html': ['text/html; charset=utf-8', '<p>Grüße</p>'],
	'/latin1': ['text/plain; charset=iso-8859-1', Buffer.from('Grüße', 'latin1')],
	'/empty-text': ['text/plain', ''],
	'/no-type': [undefined, 'plain'],
	'/image.png': ['image/png', PNG],
	'/files/report.pdf': ['application/pdf', '%PDF-1.4 x'],
	'/download': ['application/octet-stream', Buffer.from([0, 1, 2, 255])],
	'/named': [
		'application/pdf',
		'%PDF-1.4 y',
		{ 'content-disposition': 'attachment; filename="July report.pdf"' },
	],
	'/gzip': ['application/json', gzipSync('{"zipped":true}'), { 'content-encoding': 'gzip' }],
};

/** Headers that are there in every request, or differ from one to the next. */
const VARYING = ['authorization', 'connection', 'host', 'content-length', 'transfer-encoding'];

/** Parts of a multipart body, whatever its boundary. */
function parts(body: Buffer, contentType: string): unknown {
	const boundary = /boundary=(.+)$/.exec(contentType)?.[1] ?? '';
	return body
		.toString('latin1')
		.split(`--${boundary}`)
		.slice(1, -1)
		.map((part) => part.replace(/^\r\n|\r\n$/g, '').split('\r\n\r\n'))
		.map(([head = '', ...content]) => ({
			head: head.split('\r\n').map((line) => line.toLowerCase()),
			content: content.join('\r\n\r\n'),
		}));
}

function described(request: IncomingMessage, body: Buffer): object {
	const type = request.headers['content-type'] ?? '';
	const isMultipart = type.startsWith('multipart/form-data');
	const headers = Object.entries(request.headers)
		.filter(([name]) => !VARYING.includes(name))
		.map(([name, value]) => [name, isMultipart && name === 'content-type' ? 'multipart' : value]);
	return {
		method: request.method,
		url: request.url,
		bearer: /^Bearer [\w-]+\.[\w-]+\.[\w-]+$/.test(request.headers.authorization ?? ''),
		headers: Object.fromEntries(headers),
		body: isMultipart ? parts(body, type) : body.toString('latin1'),
	};
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
	const prepared = PREPARED[pathname];
	// The same date in every answer, so that full responses can be compared.
	response.setHeader('date', 'Sat, 01 Aug 2026 00:00:00 GMT');
	if (pathname.startsWith('/status/')) {
		response.writeHead(Number(pathname.slice(8)), { 'content-type': 'application/json' });
		response.end('{"message":"as asked"}');
	} else if (pathname.startsWith('/redirect/')) {
		response.writeHead(Number(pathname.slice(10)), { location: '/echo?after=redirect' }).end();
	} else if (pathname === '/pages') {
		const page = Number(searchParams.get('page') ?? 1);
		response.setHeader('content-type', 'application/json');
		response.end(
			JSON.stringify(
				page > 3
					? []
					: [
							{ page, n: 1 },
							{ page, n: 2 },
						],
			),
		);
	} else if (prepared) {
		const [type, body, headers = {}] = prepared;
		response.writeHead(200, { ...(type && { 'content-type': type }), ...headers });
		response.end(body);
	} else {
		response.setHeader('content-type', 'application/json');
		response.end(JSON.stringify(described(request, Buffer.concat(chunks))));
	}
}

/** Starts it on a free port of 127.0.0.1. @param delay milliseconds before every answer */
export async function startEchoServer(delay = 0): Promise<EchoServer> {
	let atOnce = 0;
	let most = 0;
	const server = createServer((request, response) => {
		most = Math.max(most, ++atOnce);
		response.once('close', () => (atOnce -= 1));
		const reply = () => void answer(request, response);
		if (delay === 0) reply();
		else setTimeout(reply, delay);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		mostAtOnce: () => most,
		stop: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
