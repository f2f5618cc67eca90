import { generateKeyPairSync, randomUUID } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import net, { type AddressInfo } from 'node:net';
import type { CredentialRef } from '../../playground/client';
import { assertionKey } from './support/exchangeFixtures';
import { n8nSession } from './support/n8nSession';
import { selfSigned } from './support/selfSigned';
import { jwtHttpRequest, stockHttpRequest, workflow } from './support/workflows';

const { client } = n8nSession();
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** A request as it reached a host. */
interface Arrived {
	origin: string;
	hasToken: boolean;
	hasBasic: boolean;
	apiKey: unknown;
	body: string;
}

const arrivals: Arrived[] = [];
let tunnels: string[] = [];

/** Answers for every host there is; `?to=` redirects. */
function answer(scheme: string) {
	return async (request: http.IncomingMessage, response: http.ServerResponse) => {
		let body = '';
		for await (const chunk of request) body += String(chunk);
		const url = new URL(request.url ?? '/', `${scheme}://${request.headers.host}`);
		const { authorization = '', 'x-api-key': apiKey } = request.headers;
		const hasToken = /^Bearer ey/.test(authorization);
		const hasBasic = authorization.startsWith('Basic ');
		arrivals.push({ origin: url.origin, hasToken, hasBasic, apiKey, body });
		const location = url.searchParams.get('to');
		if (location !== null) response.writeHead(307, { location }).end();
		else response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}');
	};
}

const listener =
	(scheme: string) => (request: http.IncomingMessage, response: http.ServerResponse) =>
		void answer(scheme)(request, response);
const secure = https.createServer(selfSigned(), listener('https'));
const proxy = http.createServer(listener('http')).on('connect', (request, socket) => {
	tunnels.push(String(request.url));
	const onward = net.connect((secure.address() as AddressInfo).port, '127.0.0.1', () => {
		socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
		socket.pipe(onward).pipe(socket);
	});
	onward.on('error', () => socket.destroy());
	socket.on('error', () => onward.destroy());
});

beforeAll(async () => {
	for (const server of [secure, proxy]) {
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	}
});

afterAll(() => {
	for (const server of [secure, proxy]) {
		server.closeAllConnections();
		server.close();
	}
});

beforeEach(() => {
	arrivals.length = 0;
	tunnels = [];
});

const BODY = { method: 'POST', sendBody: true, contentType: 'raw', body: 'the body' };

const options = (more: object = {}) => ({
	options: { proxy: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, ...more },
});

async function signing(data: object = {}): Promise<CredentialRef> {
	return await client.createCredential({
		name: `Stock ${randomUUID()}`,
		type: 'jwtSignApi',
		data: {
			algorithm: 'ES256',
			privateKey: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
			payload: '{ "sub": "x" }',
			useAdvanced: true,
			additionalHeaders: '{ "X-Api-Key": "the-key" }',
			...data,
		},
	});
}

const TARGETS = {
	'a subdomain': 'http://sub.api.test',
	'https of the same host': 'https://api.test',
	'another host': 'http://other.test',
	'a host that contains the name': 'http://notapi.test',
};

describe("n8n's HTTP Request node, redirected from http://api.test, mode All", () => {
	it.each([
		['a subdomain', { hasToken: true, apiKey: 'the-key' }],
		['https of the same host', { hasToken: true, apiKey: 'the-key' }],
		['another host', { hasToken: false, apiKey: 'the-key' }],
		['a host that contains the name', { hasToken: false, apiKey: 'the-key' }],
	] as const)('sends to %s what docs/security.md says', async (target, expected) => {
		const url = `http://api.test/start?to=${encodeURIComponent(`${TARGETS[target]}/hop`)}`;
		const step = stockHttpRequest(await signing(), url, {
			...BODY,
			...options({ allowUnauthorizedCerts: true }),
		});
		await client.runWorkflow(workflow([{}], { ...step, typeVersion: 4.4 }));
		expect(arrivals).toHaveLength(2);
		expect(arrivals[1]).toMatchObject({
			origin: TARGETS[target],
			body: 'the body',
			...expected,
		});
	});
});

it.each(['a subdomain', 'another host', 'a host that contains the name'] as const)(
	'under Specific Domains it sends nothing to %s',
	async (target) => {
		const url = `http://api.test/start?to=${encodeURIComponent(`${TARGETS[target]}/hop`)}`;
		const credential = await signing({
			allowedHttpRequestDomains: 'domains',
			allowedDomains: 'api.test',
		});
		const step = stockHttpRequest(credential, url, options());
		await client.runWorkflow(workflow([{}], { ...step, typeVersion: 4.4 }));
		expect(arrivals.map(({ origin }) => origin)).toEqual(['http://api.test']);
	},
);

describe('a user in the address', () => {
	const issued = `${Buffer.from('{"alg":"HS256"}').toString('base64url')}.${Buffer.from('{"sub":"x"}').toString('base64url')}.c2ln`;
	const CREDENTIALS: Record<string, () => Promise<CredentialRef>> = {
		jwtSignApi: signing,
		jwtTokenApi: async () =>
			await client.createCredential({
				name: `Stock ${randomUUID()}`,
				type: 'jwtTokenApi',
				data: { token: issued },
			}),
		jwtExchangeApi: async () =>
			await client.createCredential({
				name: `Stock ${randomUUID()}`,
				type: 'jwtExchangeApi',
				data: {
					tokenUrl: 'http://127.0.0.1:9/token',
					algorithm: 'ES256',
					privateKey: assertionKey,
					payload: '{ "iss": "x", "sub": "x" }',
				},
			}),
	};

	it.each(Object.entries(CREDENTIALS))(
		'is refused in the stock node with %s',
		async (_type, make) => {
			for (const url of ['http://u:p@api.test/x', 'http://u@api.test/x', 'http://:p@api.test/x']) {
				const step = stockHttpRequest(await make(), url, options());
				const run = await client.runWorkflow(workflow([{}], step));
				expect(JSON.stringify(run.error)).toMatch(/user name or password.*URL_INVALID/s);
			}
			expect(arrivals).toEqual([]);
		},
	);

	it('is refused in the Token URL', async () => {
		const credential = await client.createCredential({
			name: `Stock ${randomUUID()}`,
			type: 'jwtExchangeApi',
			data: {
				tokenUrl: 'https://u:p@127.0.0.1:9/token',
				algorithm: 'ES256',
				privateKey: assertionKey,
				payload: '{ "iss": "x", "sub": "x" }',
			},
		});
		const run = await client.runWorkflow(
			workflow([{}], stockHttpRequest(credential, 'http://x.test')),
		);
		expect(JSON.stringify(run.error)).toMatch(
			/Token URL has a user name or password.*URL_INVALID/s,
		);
	});
});

describe('JWT HTTP Request through a proxy that is not on the list', () => {
	const listed = { allowedHttpRequestDomains: 'domains', allowedDomains: 'api.test' };

	it.each([
		['http', 'http://api.test/x', {}, /http:\/\//],
		[
			'https with Ignore SSL Issues',
			'https://api.test/x',
			{ allowUnauthorizedCerts: true },
			/Ignore SSL/,
		],
	])('sends nothing by %s', async (_way, url, more, says) => {
		const step = jwtHttpRequest(await signing(listed), url, options(more));
		const run = await client.runWorkflow(workflow([{}], step));
		const error = JSON.stringify(run.error);
		expect(error).toContain('DOMAIN_NOT_ALLOWED');
		expect(error).toMatch(says);
		expect(arrivals).toEqual([]);
		expect(tunnels).toEqual([]);
	});

	it('tunnels https', async () => {
		const step = jwtHttpRequest(await signing(listed), 'https://api.test/x', options());
		const run = await client.runWorkflow(workflow([{}], step));
		// The certificate is nobody's, which the proxy could not help: it sees the host alone.
		expect(JSON.stringify(run.error)).not.toContain('DOMAIN_NOT_ALLOWED');
		expect(tunnels).toEqual(['api.test:443']);
		expect(arrivals).toEqual([]);
	});

	it('and sends what it is told to through one that is listed', async () => {
		const credential = await signing({ ...listed, allowedDomains: 'api.test, 127.0.0.1' });
		const run = await client.runWorkflow(
			workflow([{}], jwtHttpRequest(credential, 'http://api.test/x', options())),
		);
		expect(run.error?.message).toBeUndefined();
		expect(arrivals).toMatchObject([{ origin: 'http://api.test', hasToken: true }]);
	});
});
