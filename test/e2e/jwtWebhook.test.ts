import { createPublicKey, generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Workflow } from '../../playground/client';
import { signByHand } from '../core/support/tokens';
import { Canaries } from './support/canaries';
import { exampleWorkflow } from './support/examples';
import { startKeyServer, type KeyServer } from './support/keyServer';
import { n8nSession } from './support/n8nSession';
import { startOidcIssuer, type OidcIssuer } from './support/startOidcIssuer';
import { describeWith } from '../servers/support/software';
import { GLEWLWYD, newClient, startGlewlwyd, type Glewlwyd } from '../servers/support/glewlwyd';

const { client, readLog, readDatabase } = n8nSession();
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const publicPem = String(createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }));
const seconds = () => Math.floor(Date.now() / 1000);

const token = (claims: object = {}, key: KeyObject = privateKey, header: object = {}) =>
	signByHand(
		{ alg: 'RS256', ...header },
		{ sub: 'alice', aud: 'demo-api', exp: seconds() + 300, jti: randomUUID(), ...claims },
		key,
		'RS256',
	);

const jwk = (key: KeyObject, kid: string) => ({
	...createPublicKey(key).export({ format: 'jwk' }),
	kid,
});

const pasted = { keySource: 'publicKey', publicKey: publicPem, audience: ['demo-api'] };

/** A workflow of a webhook and one node behind each of its outputs. */
function guarded(parameters: object, outputs = 1): Workflow {
	const path = `jwt-${randomUUID()}`;
	const names = Array.from({ length: outputs }, (_, index) => `Output ${index}`);
	const node = (name: string, type: string, given: object, extra: object = {}) => ({
		...{ id: name, name, type, typeVersion: 1, position: [0, 0], parameters: given },
		...extra,
	});
	return {
		name: path,
		nodes: [
			node(
				'JWT Webhook',
				'n8n-nodes-jwt-auth.jwtWebhook',
				{ path, httpMethod: 'POST', ...parameters },
				{ webhookId: path },
			),
			...names.map((name) => node(name, 'n8n-nodes-base.noOp', {})),
		],
		connections: {
			'JWT Webhook': { main: names.map((name) => [{ node: name, type: 'main', index: 0 }]) },
		},
	};
}

interface Published {
	id: string;
	/** Production URL. */
	url: string;
	testUrl: string;
}

async function create(workflow: Workflow): Promise<Published> {
	const { id } = await client.createWorkflow(workflow);
	const path = String(workflow.nodes[0]?.parameters.path);
	const at = (kind: string) => `${client.url}/${kind}/${path}`;
	return { id: String(id), url: at('webhook'), testUrl: at('webhook-test') };
}

async function publish(parameters: object, outputs?: number): Promise<Published> {
	const made = await create(guarded(parameters, outputs));
	await client.activateWorkflow(made.id);
	return made;
}

/** Has the editor listen for one call to the test URL. */
async function listen({ id }: Published): Promise<void> {
	const answer = (await client.rest('POST', `/workflows/${id}/run`, {
		triggerToStartFrom: { name: 'JWT Webhook' },
	})) as { waitingForWebhook?: boolean };
	expect(answer.waitingForWebhook).toBe(true);
}

/** Calls a webhook; an n8n too busy to look at its database says so before it does anything. */
async function call(url: string, jwt?: string, init: RequestInit = {}): Promise<Response> {
	for (let patience = 60; ; patience -= 1) {
		const response = await fetch(url, {
			method: 'POST',
			...init,
			headers: {
				// A busy n8n may close a kept connection in the moment it is used again.
				connection: 'close',
				...(jwt !== undefined && { authorization: `Bearer ${jwt}` }),
				...init.headers,
			},
		});
		if (response.status !== 503 || patience === 0) return response;
		const text = await response.clone().text();
		if (!text.includes('Database is not ready')) return response;
		await sleep(500);
	}
}

/** Makes calls, a few at a time; gives the status of each. */
async function callAll(url: string, tokens: readonly string[]): Promise<number[]> {
	const statuses: number[] = [];
	let next = 0;
	const lane = async () => {
		while (next < tokens.length) {
			const index = next++;
			const response = await call(url, tokens[index]);
			statuses[index] = response.status;
			const challenge = response.headers.get('www-authenticate');
			if (response.status === 401) expect(challenge).toMatch(/^Bearer error="invalid_token", /);
			await response.text();
		}
	};
	await Promise.all(Array.from({ length: 10 }, lane));
	return statuses;
}

const times = <T>(count: number, make: (index: number) => T) =>
	Array.from({ length: count }, (_, index) => make(index));

const countOf = (statuses: number[], wanted: number) =>
	statuses.filter((status) => status === wanted).length;

/** IDs of all executions of a workflow, newest first, once there are as many as expected, or more. */
async function executionsOf(id: string, expected = 0): Promise<string[]> {
	for (const deadline = Date.now() + 600_000; ; await sleep(200)) {
		const { data } = (await client.publicApi('GET', `/executions?workflowId=${id}&limit=250`)) as {
			data: Array<{ id: number | string }>;
		};
		if (data.length >= expected || Date.now() > deadline) return data.map((run) => String(run.id));
	}
}

async function lastRun(id: string) {
	const [newest = ''] = await executionsOf(id, 1);
	return await client.waitForExecution(newest);
}

const forged = (index: number) =>
	index % 2 === 0 ? token({ n: index }, foreign) : token({ n: index }).replace(/.{6}$/, 'AAAAAA');

describe('a JWT Webhook in n8n', () => {
	it('runs the workflow for 10 good calls and answers 1,000 forged ones itself', async () => {
		const { id, url } = await publish(pasted);
		const tokens = times(1010, (index) => (index % 101 === 50 ? token() : forged(index)));
		const statuses = await callAll(url, tokens);
		expect([countOf(statuses, 401), countOf(statuses, 200)]).toEqual([1000, 10]);
		expect(await executionsOf(id, 10)).toHaveLength(10);
	});

	it('does so at the test URL, which goes on listening meanwhile', async () => {
		const made = await create(guarded(pasted));
		for (let round = 1; round <= 10; round += 1) {
			await listen(made);
			const statuses = await callAll(made.testUrl, times(100, forged));
			expect(countOf(statuses, 401)).toBe(100);
			const response = await call(made.testUrl, token());
			expect(response.status).toBe(200);
			expect(await executionsOf(made.id, round)).toHaveLength(round);
		}
	});

	it('hands on what was verified, without the token; nothing keeps the token', async () => {
		const canaries = new Canaries();
		const jwt = canaries.plant('good', token({ scope: 'orders:read' }));
		const bad = canaries.plant('forged', token({}, foreign));
		const { id, url } = await publish({ ...pasted, responseMode: 'lastNode' });
		const response = await call(`${url}?order=7`, jwt, {
			body: JSON.stringify({ copy: `of ${jwt}`, n: 1 }),
			headers: { 'content-type': 'application/json', 'x-copy': jwt },
		});
		const answer = await response.text();
		expect(JSON.parse(answer)).toMatchObject({
			query: { order: '7' },
			body: { copy: 'of [token]', n: 1 },
			headers: { 'x-copy': '[token]' },
			webhookUrl: url,
			executionMode: 'production',
			jwtPayload: { sub: 'alice', scope: 'orders:read' },
			jwt: { valid: true, header: { alg: 'RS256' }, expiresAt: expect.stringMatching(/Z$/) },
		});
		const refused = await (await call(url, bad)).text();
		const { rawText } = await lastRun(id);
		const signatures = [jwt, bad].map((text) => text.split('.')[2] ?? '');
		for (const place of [answer, refused, rawText, readLog(), readDatabase().toString('latin1')]) {
			for (const signature of signatures) expect(place.includes(signature)).toBe(false);
		}
	});

	it.each([
		['no token', () => undefined, 401, /^Bearer$/, undefined],
		['a broken token', () => 'what is this', 401, /^Bearer error="invalid/, 'TOKEN_MALFORMED'],
		['an expired token', () => token({ exp: 1 }), 401, /expired/, 'TOKEN_EXPIRED'],
		['another audience', () => token({ aud: 'x' }), 401, /audience"$/, 'AUDIENCE_MISMATCH'],
		[
			'too few scopes',
			() => token({ scope: 'read' }),
			403,
			/^Bearer error="insufficient_scope", scope="orders:write"$/,
			'SCOPE_MISSING',
		],
	])('answers as RFC 6750 has it: %s', async (_what, newToken, status, challenge, reason) => {
		const made = await publish({ ...pasted, checks: { requiredScopes: 'orders:write' } });
		// Made now: those of a busy machine have expired before it is their turn.
		const response = await call(made.url, newToken());
		expect(response.status).toBe(status);
		expect(response.headers.get('www-authenticate')).toMatch(challenge);
		expect(response.headers.get('content-type')).toMatch(/^application\/json/);
		expect(((await response.json()) as { reason?: string }).reason).toBe(reason);
		expect(await executionsOf(made.id)).toEqual([]);
	});

	it('has an output for each method and one for refused calls, of which few run', async () => {
		const { id, url } = await publish(
			{
				...pasted,
				multipleMethods: true,
				httpMethod: ['GET', 'POST'],
				options: { refusedPerMinute: 3 },
			},
			3,
		);
		expect(countOf(await callAll(url, times(50, forged)), 401)).toBe(50);
		await call(url, token());
		const executions = await executionsOf(id, 4);
		expect(executions).toHaveLength(4);
		const [good, refused] = await Promise.all(
			[executions[0], executions[1]].map((one = '') => client.waitForExecution(one)),
		);
		expect(Object.keys(good?.runData ?? {})).toEqual(['JWT Webhook', 'Output 1']);
		expect(Object.keys(refused?.runData ?? {})).toEqual(['JWT Webhook', 'Output 2']);
		expect(refused?.rawText).toContain('refusedAt');
	});

	it('shows a mistake in the form as a failed execution, one a minute', async () => {
		const { id, url } = await publish({ ...pasted, checks: { subject: '' } });
		const statuses = await callAll(url, times(20, forged));
		expect(countOf(statuses, 500)).toBe(20);
		expect(await executionsOf(id, 1)).toHaveLength(1);
		expect((await lastRun(id)).rawText).toContain('CHECK_EMPTY');
	});

	it('takes tokens of files, cookies and bodies, and hands files on', async () => {
		const made = await publish({
			...pasted,
			jwtLocation: 'bodyField',
			bodyField: 'jwt',
			responseMode: 'lastNode',
		});
		const form = new FormData();
		form.set('jwt', token());
		form.set('note', 'hello');
		form.set('file', new Blob(['content'], { type: 'text/plain' }), 'a.txt');
		const response = await fetch(made.url, { method: 'POST', body: form });
		expect(response.status).toBe(200);
		expect(await response.json()).toMatchObject({ body: { note: 'hello' } });
		const run = await lastRun(made.id);
		expect(run.rawText).toContain('a.txt');
	});
});

describe('keys of an issuer', () => {
	let server: KeyServer;
	beforeEach(async () => {
		server = await startKeyServer([jwk(privateKey, 'old')]);
	});
	afterEach(async () => {
		await server.stop();
	});
	const fetched = () => ({
		keySource: 'jwksUrl',
		jwksUrl: server.url,
		audience: ['demo-api'],
	});

	it('are found once rotated, and not asked for by a flood of unknown kids during the cool-down', async () => {
		const { id, url } = await publish({ ...fetched(), options: { coolDown: 3600 } });
		const good = (kid: string, key: KeyObject) => token({}, key, { kid });
		expect((await call(url, good('old', privateKey))).status).toBe(200);
		server.keys = [jwk(privateKey, 'old'), jwk(foreign, 'new')];
		// The old key's tokens and the new one's come in side by side.
		const mixed = times(40, (n) => (n % 2 === 0 ? good('old', privateKey) : good('new', foreign)));
		expect(countOf(await callAll(url, mixed), 200)).toBe(40);
		expect(server.asked).toBe(2);
		const flood = times(300, (n) => token({}, foreign, { kid: `unknown-${n}` }));
		expect(countOf(await callAll(url, flood), 401)).toBe(300);
		// One look in vain, and one more where the first of them was alone for a second.
		expect(server.asked).toBeGreaterThan(2);
		expect(server.asked).toBeLessThanOrEqual(4);
		expect(await executionsOf(id, 41)).toHaveLength(41);
	});

	it('that cannot be had are no fault of the sender: 503 and when to call again', async () => {
		server.keys = 500;
		const { id, url } = await publish(fetched());
		const response = await call(url, token());
		expect(response.status).toBe(503);
		expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
		expect(await executionsOf(id)).toEqual([]);
	});

	it.each<[string, (server: Server) => void]>([
		['says nothing', (hanging) => void hanging.on('request', () => undefined)],
		[
			'drips',
			(dripping) =>
				void dripping.on('request', (_request, response) => {
					const drip = setInterval(() => response.write(' '), 200);
					response.on('close', () => clearInterval(drip));
				}),
		],
	])('of an issuer that %s hold no call longer than the timeout', async (_what, behave) => {
		const hanging = createServer();
		behave(hanging);
		await new Promise<void>((resolve) => hanging.listen(0, '127.0.0.1', resolve));
		const { port } = hanging.address() as AddressInfo;
		const { url } = await publish({
			keySource: 'issuer',
			issuerUrl: `http://127.0.0.1:${port}`,
			audience: ['demo-api'],
			options: { timeout: 2 },
		});
		const statuses = await callAll(url, times(30, forged));
		// Each of them is answered while the server still holds its own connection.
		expect(countOf(statuses, 503)).toBe(30);
		hanging.closeAllConnections();
		hanging.close();
	});
});

describe('tokens of an OpenID Connect issuer', () => {
	let oidc: OidcIssuer;
	beforeAll(async () => {
		oidc = await startOidcIssuer();
	});
	afterAll(async () => {
		await oidc.stop();
	});

	it('are taken by its name alone, and clients are told where to get one', async () => {
		const { url } = await publish({
			issuerUrl: oidc.issuer,
			audience: [oidc.audience],
			checks: { requiredScopes: 'orders:read' },
			options: { publishMetadata: true },
		});
		expect((await call(url, await oidc.accessToken('orders:read'))).status).toBe(200);
		expect((await call(url, await oidc.accessToken('orders:write'))).status).toBe(403);
		const { headers } = await call(url);
		const address = /^Bearer resource_metadata="(.+)"$/.exec(
			headers.get('www-authenticate') ?? '',
		)?.[1];
		const metadata = await fetch(String(address));
		expect(metadata.status).toBe(200);
		expect(await metadata.json()).toEqual({
			resource: url,
			authorization_servers: [oidc.issuer],
			bearer_methods_supported: ['header'],
			scopes_supported: ['orders:read'],
		});
	});

	it('start the example workflow', async () => {
		const path = `example-${randomUUID()}`;
		const example = exampleWorkflow('jwt-webhook.json', [], {
			'https://my-tenant.eu.auth0.com/': oidc.issuer,
			'https://api.example.com': oidc.audience,
			'jwt-orders': path,
		});
		const { id } = await client.createWorkflow(example);
		await client.activateWorkflow(String(id));
		const url = `${client.url}/webhook/${path}`;
		const response = await call(url, await oidc.accessToken('orders:read'), {
			body: JSON.stringify({ order: 7 }),
			headers: { 'content-type': 'application/json' },
		});
		expect(response.status).toBe(200);
		expect(await response.json()).toMatchObject({ order: 7, client: 'client' });
		expect((await call(url)).status).toBe(401);
	});
});

describeWith('tokens of Glewlwyd, in n8n', GLEWLWYD, () => {
	const writer = newClient('writer', ['orders']);
	const reader = newClient('reader', ['catalogue']);
	const key = { ...privateKey.export({ format: 'jwk' }), alg: 'RS256', kid: 'one' };
	let glewlwyd: Glewlwyd;
	beforeAll(async () => {
		glewlwyd = await startGlewlwyd({ keys: [key], clients: [writer, reader] });
	});
	afterAll(async () => {
		await glewlwyd.stop();
	});

	it('are taken by the name of the issuer alone', async () => {
		const { id, url } = await publish({
			issuerUrl: glewlwyd.issuer,
			// Without a resource its tokens are for their scope.
			audience: ['orders', 'catalogue'],
			checks: { requiredScopes: 'orders', type: 'at+jwt' },
		});
		expect((await call(url, await glewlwyd.accessToken(writer))).status).toBe(200);
		expect((await call(url, await glewlwyd.accessToken(reader))).status).toBe(403);
		const { rawText } = await lastRun(id);
		expect(rawText).toContain('writer');
		expect(await executionsOf(id, 1)).toHaveLength(1);
	});
});
