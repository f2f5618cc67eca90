import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ENCODINGS } from '../../support/encodings';

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

/** Bytes of an error that JWT HTTP Request reads. */
const READ_LIMIT = 4096;

/** The first JWT of a request. */
const JWT = /eyJ[\w-]+\.[\w-]+\.[\w-]+/;

/** Values in the body of a token request that are not there for all to see. */
function quotable(text: string): string {
	const body = text.slice(text.indexOf('\n\n') + 2);
	const { secrets } = Object(tryJson(body)) as { secrets?: unknown };
	return JSON.stringify(secrets ?? body);
}

function tryJson(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

const TOKEN = /\b[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}/g;

async function read(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	const head = [`${request.method} ${request.url}`, ...request.rawHeaders].join('\n');
	return `${head}\n\n${Buffer.concat(chunks).toString('latin1')}`;
}

/**
 * Paths: `/quote/<code>/<encoding>` (an error with what was sent in one of {@link ENCODINGS}),
 * `/cut/<n>` (an error whose first 4 kB end with n characters of the API key), `/phrase/<code>` (the
 * API key in the status line), `/host` (a redirect to a host of that name), `/host/jwt` (to one called like the JWT),
 * `/charset`, `/bare` and
 * `/form` (the access token as the name of a field), `/status/<code>`, `/echo/<code>` (an error with the request in its body), `/redirect/<code>`,
 * `/reset`, `/silent` (no answer), `/garbage` (broken JSON), `/html`, `/token` (hands out the access
 * token), `/ok`.
 *
 * @param elsewhere where a redirect leads
 * @param accessToken what a token endpoint hands out
 * @param beside what it hands out with it
 */
export async function startTroubleServer(
	elsewhere = '',
	accessToken = '',
	beside = '',
): Promise<TroubleServer> {
	const arrived: string[] = [];
	const tokens = new Set<string>();
	const server = createServer((request, response) => {
		void read(request).then((text) => {
			arrived.push(text);
			for (const [token] of text.matchAll(TOKEN)) tokens.add(token);
			const [, kind = 'ok', code = '500', encoding = ''] = new URL(
				request.url ?? '/',
				'http://x',
			).pathname
				.split('/')
				.map(decodeURIComponent);
			const apiKey = String(request.headers['x-api-key'] ?? '');
			const json = { 'content-type': 'application/json' };
			if (kind === 'quote') {
				const encode = ENCODINGS[encoding] ?? ((given: string) => given);
				const secrets = request.method === 'GET' ? apiKey : quotable(text);
				response.writeHead(Number(code)).end(`You sent: ${encode(secrets)}`);
			} else if (kind === 'cut') {
				const shown = apiKey.slice(0, Number(code));
				response.writeHead(500).end('x'.repeat(READ_LIMIT - shown.length) + apiKey);
			} else if (kind === 'phrase') response.writeHead(Number(code), `No ${apiKey}`).end();
			else if (kind === 'host') {
				const name = code === 'jwt' ? JWT.exec(text)?.[0] : apiKey;
				response.writeHead(302, { location: `http://${name}.invalid/` }).end();
			} else if (kind === 'charset') {
				response.writeHead(200, { 'content-type': `text/plain; charset=${apiKey}` }).end('x');
			} else if (kind === 'bare') {
				response.writeHead(200, { 'content-type': 'text/plain' }).end(`${accessToken}=`);
			} else if (kind === 'form') {
				const form = { 'content-type': 'application/x-www-form-urlencoded' };
				response.writeHead(200, form).end(`${accessToken}=1&expires_in=60`);
			} else if (kind === 'reset') request.socket.destroy();
			else if (kind === 'status') response.writeHead(Number(code), json).end('{"reason":"no"}');
			else if (kind === 'echo') {
				const body = { error: 'invalid_grant', error_description: text, text };
				response.writeHead(Number(code), json).end(JSON.stringify(body));
			} else if (kind === 'html') {
				response.writeHead(502, { 'content-type': 'text/html' }).end(`<h1>Bad</h1>${text}`);
			} else if (kind === 'token') {
				const said = { access_token: accessToken, token_type: 'Bearer', expires_in: 3600 };
				const body = { ...said, keys: { second: beside } };
				response.writeHead(200, json).end(JSON.stringify(body));
			} else if (kind === 'redirect') {
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
