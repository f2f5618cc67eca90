import { spawn, type ChildProcess } from 'node:child_process';
import { createHash, generateKeyPairSync, randomUUID, X509Certificate } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import net, { type AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import type { TLSSocket } from 'node:tls';
import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose';
import { outputItems, type CredentialRef } from '../../playground/client';
import { readProof, type Proof } from '../core/support/proofs';
import { issueCertificate } from './support/certificateAuthority';
import { createExchange, SENDER_NAMES, SENDERS } from './support/exchangeFixtures';
import { n8nSession } from './support/n8nSession';
import { startTokenService, type TokenService } from './support/tokenServer';
import {
	jwtHttpRequest,
	jwtSign,
	stockHttpRequest,
	workflow,
	type Step,
} from './support/workflows';

const { client, authorityFolder, readDatabase, readLog } = n8nSession();

const servers: Array<http.Server | net.Server> = [];

async function listen(server: http.Server | net.Server): Promise<number> {
	servers.push(server);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return (server.address() as AddressInfo).port;
}

/** Sockets that belong to no server any more, which would keep theirs from closing. */
const tunnelled: net.Socket[] = [];

afterAll(async () => {
	for (const socket of tunnelled) socket.destroy();
	for (const server of servers) {
		if ('closeAllConnections' in server) server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	}
});

function json(response: http.ServerResponse, status: number, body: object, headers = {}): void {
	response.writeHead(status, { 'content-type': 'application/json', ...headers });
	response.end(JSON.stringify(body));
}

describe('DPoP with oidc-provider, which demands a nonce in every proof', () => {
	const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const providers: ChildProcess[] = [];
	let issuer: string;

	/** A request as the API saw it; its proof was verified by node:crypto alone. */
	interface Proven {
		authorization: string;
		proof: Proof;
	}

	/** An API of another origin; `nonce`: what it wants in every proof. */
	async function startApi(nonce?: string) {
		const proven: Proven[] = [];
		let refusals = 0;
		const server = http.createServer((request, response) => {
			const authorization = String(request.headers.authorization);
			const proof = readProof(request.headers.dpop);
			if (nonce !== undefined && proof.claims.nonce !== nonce) {
				refusals += 1;
				const challenge = 'DPoP error="use_dpop_nonce", error_description="nonce, please"';
				json(response, 401, {}, { 'www-authenticate': challenge, 'dpop-nonce': nonce });
				return;
			}
			proven.push({ authorization, proof });
			json(response, 200, { ok: true });
		});
		const url = `http://127.0.0.1:${await listen(server)}`;
		return { url, proven, refusals: () => refusals };
	}

	/** A provider with a client whose tokens are bound; gives its address. */
	async function startProvider(scope: string, tokenPath: string): Promise<string> {
		const clients = [
			{
				client_id: 'bound',
				grant_types: ['client_credentials'],
				redirect_uris: [],
				response_types: [],
				scope,
				dpop_bound_access_tokens: true,
				token_endpoint_auth_method: 'private_key_jwt',
				token_endpoint_auth_signing_alg: 'ES256',
				jwks: { keys: [{ ...ec.publicKey.export({ format: 'jwk' }), use: 'sig', alg: 'ES256' }] },
			},
		];
		const script = path.join(__dirname, 'support', 'oidcProvider.js');
		const argument = JSON.stringify({ clients, scopes: [scope], dpop: true, tokenPath });
		const started = spawn(process.execPath, [script, argument], {
			stdio: ['ignore', 'pipe', 'ignore'],
		});
		providers.push(started);
		const [line] = await new Promise<string[]>((resolve) => {
			readline.createInterface({ input: started.stdout }).once('line', (text) => resolve([text]));
		});
		return (JSON.parse(line ?? '{}') as { url: string }).url;
	}

	beforeAll(async () => {
		issuer = await startProvider('orders:read', '/token');
	});

	afterAll(() => {
		for (const provider of providers) provider.kill();
	});

	/** Its tokens are kept apart from those of the other tests by the API it is for. */
	const exchanging = async (data = {}): Promise<CredentialRef> =>
		await createExchange(client, `${issuer}/token`, {
			grant: 'clientCredentials',
			clientId: 'bound',
			privateKey: String(ec.privateKey.export({ type: 'pkcs8', format: 'pem' })),
			payload: JSON.stringify({ test: randomUUID() }),
			scope: 'orders:read',
			useAdvanced: ['proof'],
			useDpop: true,
			...data,
		});

	const ITEMS = Array.from({ length: 100 }, (_, id) => ({ id }));

	it('every request of both nodes has a proof of its own, after one exchange', async () => {
		const credential = await exchanging();
		const api = await startApi();
		for (const node of SENDER_NAMES) {
			const step = SENDERS[node](credential, `=${api.url}/orders/{{ $json.id }}?page=1`);
			const run = await client.runWorkflow(workflow(ITEMS, step));
			expect(run.error?.message).toBeUndefined();
			expect(outputItems(run.runData, node)).toHaveLength(100);
		}
		expect(api.proven).toHaveLength(200);
		const [{ authorization, proof: first }] = api.proven as [Proven];
		const token = authorization.replace(/^DPoP /, '');
		expect(new Set(api.proven.map((one) => one.authorization))).toEqual(new Set([`DPoP ${token}`]));
		expect(new Set(api.proven.map(({ proof }) => proof.claims.jti)).size).toBe(200);
		const expected = [...ITEMS, ...ITEMS].map(({ id }) => `${api.url}/orders/${id}`).sort();
		expect(api.proven.map(({ proof }) => proof.claims.htu).sort()).toEqual(expected);
		const ath = createHash('sha256').update(token).digest('base64url');
		for (const { proof } of api.proven) {
			expect(proof).toMatchObject({ jkt: first.jkt, claims: { htm: 'GET', ath } });
		}
		// The provider has bound the token to this very key.
		const answer = await fetch(`${issuer}/api`, { headers: { authorization } });
		expect(await answer.json()).toMatchObject({ client: 'bound', jkt: first.jkt });
		// n8n keeps the private key for its other processes, encrypted.
		for (const place of [readDatabase().toString('latin1'), readLog()]) {
			expect(place).not.toContain(first.header.jwk.x);
			expect(place).not.toContain('proofKey');
		}
	});

	it('JWT HTTP Request takes the nonce of the API, the HTTP Request node what is known of it', async () => {
		const credential = await exchanging();
		const api = await startApi('nonce-of-the-api');
		const stock = stockHttpRequest(credential, `${api.url}/x`);
		const before = await client.runWorkflow(workflow([{}], stock));
		expect(before.error?.message).toContain('Authorization failed');
		expect(api.proven).toEqual([]);
		const own = jwtHttpRequest(credential, `${api.url}/x`);
		const run = await client.runWorkflow(workflow(ITEMS, own));
		expect(run.error?.message).toBeUndefined();
		expect(api.proven).toHaveLength(100);
		const refusals = api.refusals();
		const after = await client.runWorkflow(workflow(ITEMS.slice(0, 5), stock));
		expect(after.error?.message).toBeUndefined();
		expect([api.proven.length, api.refusals()]).toEqual([105, refusals]);
	});

	it('an Okta credential gets a bound token with Use DPoP, and none without', async () => {
		const domain = await startProvider('okta.users.read', '/oauth2/v1/token');
		const okta = async (data = {}) =>
			await client.createCredential({
				name: `Okta ${randomUUID()}`,
				type: 'oktaJwtApi',
				data: {
					domain,
					clientId: 'bound',
					privateKey: String(ec.privateKey.export({ type: 'pkcs8', format: 'pem' })),
					...data,
				},
			});
		const api = await startApi();
		const calling = async (credential: CredentialRef) =>
			await client.runWorkflow(
				workflow(
					ITEMS.slice(0, 10),
					stockHttpRequest(credential, `=${api.url}/users/{{ $json.id }}`),
				),
			);
		expect((await calling(await okta())).error?.message).toContain('EXCHANGE_REJECTED');
		const run = await calling(await okta({ useDpop: true }));
		expect(run.error?.message).toBeUndefined();
		expect(api.proven).toHaveLength(10);
		expect(new Set(api.proven.map(({ authorization }) => authorization)).size).toBe(1);
		expect(new Set(api.proven.map(({ proof }) => proof.claims.jti)).size).toBe(10);
		const [{ authorization, proof }] = api.proven as [Proven];
		const answer = await fetch(`${domain}/api`, { headers: { authorization } });
		expect(await answer.json()).toMatchObject({ client: 'bound', jkt: proof.jkt });
	});
});

describe('a client certificate (mTLS)', () => {
	/** A request, and whose certificate the connection had. */
	interface Seen {
		path: string;
		subject: string;
		authorization: string;
	}

	/** A server that n8n trusts; `strict`: nobody gets in without a certificate. */
	async function startSecure(strict: boolean, answer: (seen: Seen) => [number, object, object?]) {
		const seen: Seen[] = [];
		const own = issueCertificate(authorityFolder, `server-${randomUUID()}`, ['localhost']);
		const ca = readFileSync(path.join(authorityFolder, 'ca.pem'));
		const options = { ...own, ca, requestCert: true, rejectUnauthorized: strict };
		const server = https.createServer(options, (request, response) => {
			const certificate = (request.socket as TLSSocket).getPeerX509Certificate();
			const one: Seen = {
				path: String(request.url),
				subject: certificate?.fingerprint256 ?? 'none',
				authorization: String(request.headers.authorization ?? ''),
			};
			seen.push(one);
			json(response, ...answer(one));
		});
		return { url: `https://localhost:${await listen(server)}`, seen };
	}

	const issued = issueCertificate(authorityFolder, `client-${randomUUID()}`, ['client.test']);
	const fingerprint = new X509Certificate(issued.cert).fingerprint256;
	const tls = {
		useAdvanced: ['proof'],
		tlsCertificate: String(issued.cert),
		tlsPrivateKey: String(issued.key),
	};

	let elsewhere: Awaited<ReturnType<typeof startSecure>>;
	let service: Awaited<ReturnType<typeof startSecure>>;

	beforeAll(async () => {
		elsewhere = await startSecure(false, () => [200, { elsewhere: true }]);
		service = await startSecure(true, ({ path: asked, subject, authorization }) => {
			if (asked === '/token') {
				const token = `bound-to-${subject}`;
				return [200, { access_token: token, token_type: 'Bearer', expires_in: 3600 }];
			}
			if (asked === '/moved') return [302, {}, { location: `${elsewhere.url}/new` }];
			if (asked === '/here') return [302, {}, { location: '/orders' }];
			return [authorization === `Bearer bound-to-${subject}` ? 200 : 401, { ok: true }];
		});
	});

	const exchanging = async () => await createExchange(client, `${service.url}/token`, tls);

	it.each(SENDER_NAMES)('opens token endpoint and API to %s', async (node) => {
		const credential = await exchanging();
		const before = service.seen.length;
		const step = SENDERS[node](credential, `${service.url}/orders`);
		const run = await client.runWorkflow(workflow([{}, {}, {}], step));
		expect(run.error?.message).toBeUndefined();
		expect(outputItems(run.runData, node).map(({ json: body }) => body)).toEqual(
			Array.from({ length: 3 }, () => ({ ok: true })),
		);
		const subjects = service.seen.slice(before).map(({ subject }) => subject);
		expect(subjects).toEqual(Array.from({ length: 4 }, () => fingerprint));
	});

	it('goes along to no other origin, and within one in JWT HTTP Request only', async () => {
		const credential = await exchanging();
		const own = async (from: string) =>
			await client.runWorkflow(workflow([{}], jwtHttpRequest(credential, service.url + from)));
		const stock = async (from: string) =>
			await client.runWorkflow(workflow([{}], stockHttpRequest(credential, service.url + from)));
		expect(outputItems((await own('/here')).runData, 'JWT HTTP Request')[0]?.json.ok).toBe(true);
		const moved = await own('/moved');
		expect(outputItems(moved.runData, 'JWT HTTP Request')[0]?.json.elsewhere).toBe(true);
		expect(elsewhere.seen).toMatchObject([{ subject: 'none', authorization: '' }]);
		for (const from of ['/moved', '/here']) {
			expect((await stock(from)).error?.message).toContain('302');
		}
		expect(elsewhere.seen).toHaveLength(1);
	});

	it('is shown inside the tunnel of a proxy, and not to the proxy', async () => {
		const tunnels: string[] = [];
		const proxy = http.createServer();
		proxy.on('connect', (request, socket: net.Socket) => {
			tunnels.push(String(request.url));
			tunnelled.push(socket);
			const [host, port] = String(request.url).split(':');
			const onward = net.connect(Number(port), host === 'localhost' ? '127.0.0.1' : host, () => {
				socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
				onward.pipe(socket).pipe(onward);
			});
			onward.on('error', () => socket.destroy());
			socket.on('error', () => onward.destroy());
		});
		const address = `http://127.0.0.1:${await listen(proxy)}`;
		const credential = await exchanging();
		const step = jwtHttpRequest(credential, `${service.url}/orders`, {
			options: { proxy: address },
		});
		const run = await client.runWorkflow(workflow([{}], step));
		expect(run.error?.message).toBeUndefined();
		expect(tunnels).toEqual([service.url.replace('https://', '')]);
		expect(service.seen.at(-1)).toMatchObject({ path: '/orders', subject: fingerprint });
	});
});

describe('key pairs that n8n makes, one after the other', () => {
	const AUDIENCE = 'https://api.example.com';

	/** An API that knows the keys which were published last before it, and may change something midway. */
	async function startApi(published: JSONWebKeySet) {
		const keys = createLocalJWKSet(published);
		const seen: string[] = [];
		const state = { refusals: 0, midway: async () => await Promise.resolve() };
		let change: Promise<void> | undefined;
		const server = http.createServer((request, response) => {
			const token = String(request.headers.authorization).replace(/^Bearer /, '');
			const answer = async () => {
				const { protectedHeader } = await jwtVerify(token, keys, { audience: AUDIENCE });
				seen.push(String(protectedHeader.kid));
				if (seen.length === 250) change = state.midway();
				await change;
				json(response, 200, { ok: true });
			};
			answer().catch((error: unknown) => {
				state.refusals += 1;
				json(response, 401, { error: String(error) });
			});
		});
		return { url: `http://127.0.0.1:${await listen(server)}`, seen, state };
	}

	async function publishedBy(credential: CredentialRef): Promise<JSONWebKeySet> {
		const parameters = { operation: 'getPublicJwks', keyOf: credential.type };
		const run = await client.runWorkflow(workflow([{}], jwtSign(credential, parameters)));
		expect(run.error?.message).toBeUndefined();
		return outputItems(run.runData, 'JWT Sign')[0]?.json as unknown as JSONWebKeySet;
	}

	/** As a person does it in the form, which leaves the other fields as they are. */
	async function change({ id }: CredentialRef, data: object): Promise<void> {
		await client.publicApi('PATCH', `/credentials/${id}`, { data, isPartialData: true });
	}

	const kidsOf = ({ keys }: JSONWebKeySet) => keys.map(({ kid }) => kid);

	/** Creates a credential and has n8n make two keys, of which the first signs. */
	async function withTwoKeys(type: string, data: object) {
		const credential = await client.createCredential({
			name: `Rotating ${randomUUID()}`,
			type,
			data: { algorithm: 'ES256', keySource: 'generate', ...data },
		});
		const [first] = kidsOf(await publishedBy(credential));
		await change(credential, { newestKey: '2' });
		const both = await publishedBy(credential);
		const [, second] = kidsOf(both);
		expect(kidsOf(both)).toEqual([first, expect.stringMatching(/^[\w-]{43}$/)]);
		return { credential, both, first, second };
	}

	let service: TokenService;
	let signing: Awaited<ReturnType<typeof withTwoKeys>>;
	let exchanging: Awaited<ReturnType<typeof withTwoKeys>>;

	beforeAll(async () => {
		service = await startTokenService();
		[signing, exchanging] = await Promise.all([
			withTwoKeys('jwtSignApi', {
				payload: JSON.stringify({ sub: '={{ $json.id }}', aud: AUDIENCE }),
			}),
			withTwoKeys('jwtExchangeApi', {
				...{ grant: 'jwtBearer', tokenUrl: `${service.endpoint.url}/token` },
				payload: JSON.stringify({ iss: 'n8n', sub: 'n8n' }),
			}),
		]);
	});

	afterAll(async () => {
		await service?.stop();
	});

	it('sign what is exchanged, and each is exchanged for an access token of its own', async () => {
		const { credential, both, first, second } = exchanging;
		const use = async () => {
			const run = await client.runWorkflow(
				workflow([{}, {}], jwtHttpRequest(credential, service.api.url)),
			);
			expect(run.error?.message).toBeUndefined();
		};
		await use();
		await use();
		await change(credential, { newestKeyFrom: new Date().toISOString() });
		await use();
		await use();

		const assertions = service
			.exchanges()
			.map(({ body }) => new URLSearchParams(body).get('assertion') ?? '');
		const verified = await Promise.all(
			assertions.map(async (jwt) => await jwtVerify(jwt, createLocalJWKSet(both))),
		);
		expect(verified.map(({ protectedHeader }) => protectedHeader.kid)).toEqual([first, second]);
		const [before, after] = [...service.issued.keys()].map((token) => `Bearer ${token}`);
		expect(service.api.requests.map(({ headers }) => headers.authorization)).toEqual([
			before,
			before,
			before,
			before,
			after,
			after,
			after,
			after,
		]);
		expect(kidsOf(await publishedBy(credential))).toEqual([second, first]);
	});

	it('are made by any first use: nodes of ours go on with the key, HTTP Request sends nothing', async () => {
		const firstUse = async (stepWith: (credential: CredentialRef) => Step) => {
			const credential = await client.createCredential({
				name: `First use ${randomUUID()}`,
				type: 'jwtSignApi',
				data: { algorithm: 'ES256', keySource: 'generate', payload: '{ "sub": "n8n" }' },
			});
			const path = `/${credential.id}`;
			const run = await client.runWorkflow(workflow([{}], stepWith(credential)));
			const sent = service.api.requests.filter((request) => request.path === path);
			const keys = createLocalJWKSet(await publishedBy(credential));
			return { run, sent, keys };
		};
		const urlOf = ({ id }: CredentialRef) => `${service.api.url}/${id}`;
		const [ours, signed, stock] = await Promise.all([
			firstUse((credential) => jwtHttpRequest(credential, urlOf(credential))),
			firstUse((credential) => jwtSign(credential, { operation: 'sign' })),
			firstUse((credential) => stockHttpRequest(credential, urlOf(credential))),
		]);
		expect(ours.sent).toHaveLength(1);
		const sentToken = String(ours.sent[0]?.headers.authorization).replace('Bearer ', '');
		expect((await jwtVerify(sentToken, ours.keys)).payload.sub).toBe('n8n');
		const token = String(outputItems(signed.run.runData, 'JWT Sign')[0]?.json.token);
		expect((await jwtVerify(token, signed.keys)).payload.sub).toBe('n8n');
		expect(JSON.stringify(stock.run.error)).toContain('KEY_JUST_MADE');
		expect(stock.sent).toEqual([]);
	});

	it('change while 500 requests run, and none is refused', async () => {
		const { credential, both, first, second } = signing;
		const api = await startApi(both);
		api.state.midway = async () => {
			await change(credential, { newestKeyFrom: new Date().toISOString() });
		};
		const items = Array.from({ length: 500 }, (_, id) => ({ id: `item-${id}` }));
		// It begins an item only when another has its answer, so that the change falls between them.
		const run = await client.runWorkflow(workflow(items, jwtHttpRequest(credential, api.url)));
		expect(run.error?.message).toBeUndefined();
		expect(api.state.refusals).toBe(0);
		expect(api.seen).toHaveLength(500);
		expect(new Set(api.seen)).toEqual(new Set([first, second]));
		expect(api.seen.slice(0, 250)).toEqual(Array.from({ length: 250 }, () => first));
		expect(api.seen.at(-1)).toBe(second);

		// The one before it is published still, and a token of it can be verified.
		expect(kidsOf(await publishedBy(credential))).toEqual([second, first]);
		const stock = await client.runWorkflow(
			workflow([{ id: 'x' }], stockHttpRequest(credential, api.url)),
		);
		expect(stock.error?.message).toBeUndefined();
		expect(api.seen.at(-1)).toBe(second);
	});
});
