import { generateKeyPairSync, randomUUID } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { outputItems, type CredentialRef } from '../../playground/client';
import { n8nSession } from './support/n8nSession';
import { selfSigned } from './support/selfSigned';
import { getAccessToken, jwtHttpRequest, stockHttpRequest, workflow } from './support/workflows';

const { client } = n8nSession();
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** A request at one of the servers. */
interface Arrived {
	/** Which item it belongs to, and whether it is the hop after the redirect. */
	id: string;
	isHop: boolean;
	method: string;
	tokens: string[];
	typed: string[];
	body: string;
	url: string;
}

const arrivals: Arrived[] = [];
const servers: http.Server[] = [];

const TOKEN = /eyJ[\w-]+\.[\w-]+\.[\w-]+/;

async function handle(request: http.IncomingMessage, response: http.ServerResponse) {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	const url = new URL(request.url ?? '/', 'http://127.0.0.1');
	const { authorization = '', 'x-jwt': custom = '', cookie } = request.headers;
	const status = Number(url.searchParams.get('status') ?? 200);
	arrivals.push({
		id: url.searchParams.get('id') ?? '',
		isHop: url.pathname === '/hop',
		method: request.method ?? '',
		tokens: [authorization, String(custom), url.search].flatMap((text) => TOKEN.exec(text) ?? []),
		typed: [cookie, request.headers['x-typed']].flatMap((value) => value ?? []),
		body: Buffer.concat(chunks).toString(),
		url: request.url ?? '',
	});
	if (status === 200) {
		response.setHeader('content-type', 'application/json');
		response.end('{"ok":true}');
		return;
	}
	// A server that hands the token on in the address, as some do with the whole query.
	const leaked = url.searchParams.get('jwt');
	const target = new URL(url.searchParams.get('to') ?? '');
	if (leaked !== null) target.searchParams.set('jwt', leaked);
	response.writeHead(status, { location: target.href }).end();
}

async function start(server: http.Server): Promise<number> {
	servers.push(server);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return (server.address() as AddressInfo).port;
}

const origins = { a: '', otherPort: '', otherHost: '', secure: '' };

beforeAll(async () => {
	const listener = (request: http.IncomingMessage, response: http.ServerResponse) =>
		void handle(request, response);
	origins.a = `http://127.0.0.1:${await start(http.createServer(listener))}`;
	const port = await start(http.createServer(listener));
	origins.otherPort = `http://127.0.0.1:${port}`;
	origins.otherHost = `http://localhost:${port}`;
	origins.secure = `https://127.0.0.1:${await start(https.createServer(selfSigned(), listener))}`;
});

afterAll(async () => {
	for (const server of servers) {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	}
});

const WAYS: Array<[name: string, from: keyof typeof origins, to: keyof typeof origins]> = [
	['same origin', 'a', 'a'],
	['other port', 'a', 'otherPort'],
	['other host', 'a', 'otherHost'],
	['http to https', 'a', 'secure'],
	['https to http', 'secure', 'a'],
	['same https origin', 'secure', 'secure'],
];
const STATUSES = [301, 302, 303, 307, 308];

interface Hop {
	id: string;
	way: string;
	from: string;
	to: string;
	status: number;
	url: string;
}

function hops(): Hop[] {
	return WAYS.flatMap(([way, from, to]) =>
		STATUSES.map((status) => {
			const id = `${way} ${status}`.replace(/ /g, '-');
			const target = encodeURIComponent(`${origins[to]}/hop?id=${id}`);
			const url = `${origins[from]}/start?id=${id}&status=${status}&to=${target}`;
			return { id, way, from: origins[from], to: origins[to], status, url };
		}),
	);
}

const PLACEMENTS = {
	'Authorization header': {},
	'custom header': { useAdvanced: true, headerName: 'X-JWT', headerPrefix: '' },
	'query parameter': { useAdvanced: true, placement: 'query', queryParameter: 'jwt' },
};
const DOMAINS = {
	All: { allowedHttpRequestDomains: 'all' },
	'Specific Domains without the other host': {
		allowedHttpRequestDomains: 'domains',
		allowedDomains: '127.0.0.1',
	},
	'Specific Domains with the other host': {
		allowedHttpRequestDomains: 'domains',
		allowedDomains: '127.0.0.1, localhost',
	},
};
type Placement = keyof typeof PLACEMENTS;
type Domains = keyof typeof DOMAINS;

async function credentialFor(placement: Placement, domains: Domains): Promise<CredentialRef> {
	return await client.createCredential({
		name: `Redirects ${randomUUID()}`,
		type: 'jwtSignApi',
		data: {
			algorithm: 'ES256',
			privateKey: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
			payload: '{ "sub": "x" }',
			...PLACEMENTS[placement],
			...DOMAINS[domains],
		},
	});
}

const request = (method: string) => ({
	method,
	sendHeaders: true,
	headerParameters: {
		parameters: [
			{ name: 'X-Typed', value: 'typed' },
			{ name: 'Cookie', value: 'typed=1' },
		],
	},
	...(method === 'POST' && { sendBody: true, contentType: 'raw', body: 'the body' }),
	options: { allowUnauthorizedCerts: true },
});

/** The places of the assertion in a token request. */
const ASSERTIONS: Record<string, Record<string, unknown>> = {
	'as Bearer': { grant: 'custom' },
	'as a grant': { grant: 'jwtBearer' },
	'in a header': {
		grant: 'custom',
		useAdvanced: true,
		exchangeHeaders: '{"X-JWT":"{assertion}"}',
	},
	'deep in the body': { grant: 'custom', bodyParameters: '{"deep":[{"jwt":"{assertion}"}]}' },
	'in the query': { grant: 'custom', tokenUrl: '={{ $json.url }}&jwt={assertion}' },
};

const COMBINATIONS = (Object.keys(PLACEMENTS) as Placement[]).flatMap((placement) =>
	(Object.keys(DOMAINS) as Domains[]).flatMap((domains) =>
		['GET', 'POST'].map((method) => ({ placement, domains, method })),
	),
);

/** What the design wants at the hop; undefined where it must not be reached. */
function wanted({ from, to, status }: Hop, method: string, domains: Domains) {
	const isOtherHost = to.includes('localhost');
	if (isOtherHost && domains === 'Specific Domains without the other host') return undefined;
	const carries =
		!(from.startsWith('https') && to.startsWith('http:')) && (from === to || domains !== 'All');
	const keepsBody = method === 'POST' && status >= 307;
	if (keepsBody && !carries) return undefined;
	return {
		method: keepsBody ? 'POST' : 'GET',
		tokens: carries ? 1 : 0,
		typed: carries ? ['typed=1', 'typed'] : [],
		body: keepsBody ? 'the body' : '',
	};
}

describe.each(COMBINATIONS)(
	'JWT HTTP Request, $method with the token in a $placement, $domains',
	({ placement, domains, method }) => {
		it('sends to every hop what it may have, and nothing else', async () => {
			arrivals.length = 0;
			const items = hops();
			const credential = await credentialFor(placement, domains);
			const step = jwtHttpRequest(credential, '={{ $json.url }}', request(method));
			const run = await client.runWorkflow(
				workflow(items as never, { ...step, onError: 'continueRegularOutput' }),
			);
			const output = outputItems(run.runData, 'JWT HTTP Request');
			expect(output).toHaveLength(items.length);
			items.forEach((item, index) => {
				const [first, hop, ...others] = arrivals.filter(({ id }) => id === item.id);
				expect(first).toMatchObject({ isHop: false, method, tokens: [expect.any(String)] });
				expect(others).toEqual([]);
				const expected = wanted(item, method, domains);
				expect({
					id: item.id,
					arrived: hop && { ...hop, tokens: hop.tokens.length },
				}).toEqual({
					id: item.id,
					arrived: expected && expect.objectContaining(expected),
				});
				expect(JSON.stringify(output[index]?.json)).toMatch(
					expected ? /^{"ok":true}$/ : /\[(DOMAIN_NOT_ALLOWED|REDIRECT_BODY_REFUSED)\]/,
				);
			});
		});
	},
);

describe.each(COMBINATIONS)(
	'n8n’s own node, $method with the token in a $placement, $domains',
	({ placement, domains, method }) => {
		it('is kept to what a credential can have a hand in', async () => {
			arrivals.length = 0;
			const items = hops();
			const credential = await credentialFor(placement, domains);
			const step = stockHttpRequest(credential, '={{ $json.url }}', request(method));
			await client.runWorkflow(
				workflow(items as never, {
					...step,
					typeVersion: 4.4,
					onError: 'continueRegularOutput',
				}),
			);
			for (const { id, from, to } of items) {
				const hop = arrivals.find((arrival) => arrival.isHop && arrival.id === id);
				const unlisted =
					to.includes('localhost') && domains === 'Specific Domains without the other host';
				if (unlisted) expect({ id, hop }).toEqual({ id, hop: undefined });
				if (!hop || from === to) continue;
				// A header of another name than Authorization, and what a server repeats in an
				// address, n8n sends along: docs/http-request.md says so.
				const inOurHands = placement === 'Authorization header';
				if (inOurHands) expect({ id, tokens: hop.tokens }).toEqual({ id, tokens: [] });
				if (placement === 'custom header') expect(hop.tokens).toHaveLength(1);
			}
		});
	},
);

describe.each(Object.entries(ASSERTIONS))('a token endpoint, the assertion %s', (_place, data) => {
	it('that redirects gets it, and nobody else', async () => {
		// Not https: n8n does not know the certificate, and there is no switch for it.
		const items = hops().filter(({ from }) => from === origins.a);
		const credential = await client.createCredential({
			name: `Redirects ${randomUUID()}`,
			type: 'jwtExchangeApi',
			data: {
				algorithm: 'ES256',
				privateKey: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
				payload: '{ "sub": "x" }',
				tokenUrl: '={{ $json.url }}',
				...data,
			},
		});
		const steps = [
			getAccessToken(credential),
			jwtHttpRequest(credential, `${origins.a}/api`),
			stockHttpRequest(credential, `${origins.a}/api`),
		];
		for (const step of steps) {
			// Its own, or the failure of the step before would be remembered.
			const ids = items.map(({ id, url }) => ({
				id: `${id}-${step.name}`.replace(/ /g, '-'),
				url: url.replaceAll(id, `${id}-${step.name}`.replace(/ /g, '-')),
			}));
			arrivals.length = 0;
			const run = await client.runWorkflow(
				workflow(ids, { ...step, onError: 'continueRegularOutput' }),
			);
			const output = outputItems(run.runData, step.name);
			ids.forEach(({ id }, index) => {
				const [first, ...others] = arrivals.filter((arrival) => arrival.id === id);
				expect([first?.body, ...(first?.tokens ?? [])].join()).toMatch(TOKEN);
				expect({ id, first: first?.isHop, others }).toEqual({ id, first: false, others: [] });
				const said = JSON.stringify(output[index]?.json);
				expect(said).toContain('[EXCHANGE_REDIRECTED]');
				expect(said).not.toMatch(TOKEN);
			});
			// Without an access token no API is called.
			expect(arrivals).toHaveLength(ids.length);
		}
	});
});
