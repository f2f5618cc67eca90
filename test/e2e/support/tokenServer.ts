import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as it arrived. */
export interface Arrived {
	method: string;
	path: string;
	headers: IncomingMessage['headers'];
	body: string;
	/** Milliseconds since 1970. */
	at: number;
}

/** What a server answers; an object is sent as JSON, undefined leaves the request unanswered. */
export interface Answer {
	status?: number;
	headers?: Record<string, string>;
	body?: unknown;
}

/** A server of a test, on 127.0.0.1, which keeps what it was asked. */
export interface TestServer {
	url: string;
	requests: Arrived[];
	/** Answers; may be replaced at any time. */
	answer: (request: Arrived) => Answer | undefined | Promise<Answer | undefined>;
	stop(): Promise<void>;
}

async function read(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks).toString('utf8');
}

function reply(response: ServerResponse, { status = 200, headers = {}, body }: Answer): void {
	const text = typeof body === 'string' ? body : JSON.stringify(body ?? {});
	const type = typeof body === 'string' ? {} : { 'content-type': 'application/json' };
	response.writeHead(status, { ...type, ...headers });
	response.end(text);
}

/** Starts a server that answers as told. */
export async function startServer(answer: TestServer['answer']): Promise<TestServer> {
	const server = createServer((request, response) => {
		void (async () => {
			const arrived: Arrived = {
				method: request.method ?? '',
				path: request.url ?? '',
				headers: request.headers,
				body: await read(request),
				at: Date.now(),
			};
			started.requests.push(arrived);
			const result = await started.answer(arrived);
			if (result) reply(response, result);
		})();
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	const started: TestServer = {
		url: `http://127.0.0.1:${port}`,
		requests: [],
		answer,
		stop: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
	return started;
}

/**
 * A token endpoint, which answers 500 until it is told something else, and an API that takes anything,
 * for the tests of a file or block. What they were asked is forgotten before each test.
 */
export function servePair(): { readonly token: TestServer; readonly api: TestServer } {
	const servers: TestServer[] = [];
	const serverAt = (index: number): TestServer => {
		const server = servers[index];
		if (!server) throw new Error('The servers are there within tests only.');
		return server;
	};
	beforeAll(async () => {
		servers.push(await startServer(() => ({ status: 500 })));
		servers.push(await startServer(() => ({ body: { ok: true } })));
	});
	afterAll(async () => {
		await Promise.all(servers.map(async (server) => await server.stop()));
	});
	beforeEach(() => {
		for (const { requests } of servers) requests.length = 0;
	});
	return {
		get token() {
			return serverAt(0);
		},
		get api() {
			return serverAt(1);
		},
	};
}

/** The claims of a JWT, unverified. */
export function claimsOf(jwt: string): Record<string, unknown> {
	return JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString('utf8')) as Record<
		string,
		unknown
	>;
}

const JWT = /eyJ[\w-]+\.[\w-]+\.[\w-]+/;

/** The JWT that is traded: the parameter of that name, or the first one anywhere. */
function assertionOf({ body, path, headers }: Arrived): string {
	const whole = [body, path, ...Object.values(headers)].join('\n');
	return new URLSearchParams(body).get('assertion') ?? JWT.exec(whole)?.[0] ?? '';
}

/** A token endpoint and an API that takes its tokens. */
export interface TokenService {
	endpoint: TestServer;
	api: TestServer;
	/** Subject and end of every token handed out. */
	issued: Map<string, { subject: unknown; until: number }>;
	/** Tokens taken back. */
	revoked: Set<string>;
	/** The requests that exchanged, without those of Test Connection. */
	exchanges(): Arrived[];
	/** Forgets requests and tokens, and answers as at the start. */
	reset(): void;
	stop(): Promise<void>;
}

/**
 * Starts both. The endpoint refuses a `jti` it has seen; the API answers 401 to a token that is
 * unknown, revoked or expired.
 *
 * @param lifetime seconds each token lives
 */
export async function startTokenService(lifetime = 3600): Promise<TokenService> {
	const seen = new Set<unknown>();
	const issue = (request: Arrived): Answer => {
		if (request.method !== 'POST') return { status: 405, body: { error: 'invalid_request' } };
		const { sub, jti } = claimsOf(assertionOf(request));
		if (seen.has(jti)) {
			return {
				status: 400,
				body: { error: 'invalid_grant', error_description: 'jti already used' },
			};
		}
		seen.add(jti);
		const token = `at-${randomBytes(18).toString('base64url')}`;
		service.issued.set(token, { subject: sub, until: Date.now() + lifetime * 1000 });
		return { body: { access_token: token, token_type: 'Bearer', expires_in: lifetime } };
	};
	const check = (request: Arrived): Answer => {
		const token = String(request.headers.authorization ?? '').replace(/^Bearer /, '');
		const known = service.issued.get(token);
		if (!known || service.revoked.has(token) || Date.now() >= known.until) {
			return { status: 401, body: { reason: 'the access token is not valid' } };
		}
		return { body: { subject: known.subject } };
	};
	const endpoint = await startServer(issue);
	const api = await startServer(check);
	const service: TokenService = {
		endpoint,
		api,
		issued: new Map(),
		revoked: new Set(),
		exchanges: () => endpoint.requests.filter(({ method }) => method === 'POST'),
		reset: () => {
			endpoint.requests.length = 0;
			api.requests.length = 0;
			endpoint.answer = issue;
			api.answer = check;
		},
		stop: async () => {
			await Promise.all([endpoint.stop(), api.stop()]);
		},
	};
	return service;
}
