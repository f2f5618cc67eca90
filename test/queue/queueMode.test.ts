import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose';
import type { CredentialRef } from '../../playground/client';
import { startDemoApi, type DemoApi } from '../../playground/demo-api/server';
import { signByHand } from '../core/support/tokens';
import { createExchange } from '../e2e/support/exchangeFixtures';
import {
	startServer,
	startTokenService,
	type Arrived,
	type TestServer,
	type TokenService,
} from '../e2e/support/tokenServer';
import { bindTokens } from './support/boundTokens';
import { startCluster, WORKER_CONCURRENCY, type Cluster } from './support/cluster';
import { isAt } from './support/credentialWatch';
import { DEATHS, newCredential } from './support/deaths';
import {
	prepareFirstUses,
	type FirstUse,
	type Published,
	type StoredKey,
} from './support/firstUse';
import { missingPackages } from './support/servers';

const missing = missingPackages();
if (missing.length > 0 && process.env.CI) {
	throw new Error(`Queue mode has to be tested in CI: apt-get install ${missing.join(' ')}`);
}
if (missing.length > 0) {
	console.warn(
		`Queue mode is left out: this machine has no ${missing.join(' and no ')} (apt-get install ${missing.join(' ')}).`,
	);
}

const EXECUTIONS = 200;
/** Where tokens are bound: enough that both workers have several at once. */
const BOUND_EXECUTIONS = 40;
/** Long enough that a worker always has calls under way. */
const API_ANSWERS_AFTER_MS = 300;

/** Seconds an access token lives where renewal is looked at, and after how many it is renewed. */
const SHORT_LIFE = 12;
const RENEWED_AFTER = SHORT_LIFE - SHORT_LIFE / 4;

/** n8n's states of an execution that did not get to its end. */
const FAILED = ['crashed', 'error'];

(missing.length > 0 ? describe.skip : describe)('queue mode', () => {
	const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
	const privatePem = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
	let cluster: Cluster;
	let api: DemoApi;
	let credential: CredentialRef;
	let tokens: TokenService;
	let shortTokens: TokenService;
	let boundTokens: TokenService;
	/** Gives back what it is sent, except to paths that it leaves waiting. */
	let echo: TestServer;
	const waiting = new Set<string>();
	const exchanging = new Map<TokenService, CredentialRef>();
	/** Keys that n8n has made. */
	const generated: StoredKey[] = [];

	beforeAll(async () => {
		tokens = await startTokenService();
		shortTokens = await startTokenService(SHORT_LIFE);
		boundTokens = await startTokenService();
		echo = await startServer(({ path, body }) =>
			waiting.has(path) ? undefined : { body: JSON.parse(body || '{}') as unknown },
		);
		api = await startDemoApi({
			audience: 'demo-api',
			keys: [{ publicKey }],
			onRequest: async () => void (await sleep(API_ANSWERS_AFTER_MS)),
		});
		cluster = await startCluster();
		credential = await cluster.client.createCredential({
			name: 'Queue',
			type: 'jwtSignApi',
			data: {
				algorithm: 'RS256',
				privateKey: privatePem,
				payload: '{ "sub": "={{ $json.body.number }}", "aud": "demo-api" }',
			},
		});
		for (const service of [tokens, shortTokens]) {
			const made = await createExchange(cluster.client, `${service.endpoint.url}/token`);
			exchanging.set(service, made);
		}
	});

	afterAll(async () => {
		await cluster?.stop();
		await Promise.all([api, tokens, shortTokens, boundTokens, echo].map((one) => one?.stop()));
	});

	/**
	 * Publishes a workflow that takes a webhook call, signs a token, calls an API with a signed token
	 * and another one with an access token.
	 */
	async function publish(service = tokens): Promise<{ workflowId: string; url: string }> {
		const path = randomUUID();
		const credentials = { jwtSignApi: { id: credential.id, name: credential.name } };
		const { id: exchangeId = '', name: exchangeName = '' } = exchanging.get(service) ?? {};
		const node = (name: string, type: string, parameters: object, extra: object = {}) => ({
			...{ id: name, name, type, typeVersion: 1, position: [0, 0], parameters },
			...extra,
		});
		const next = (name: string) => ({ main: [[{ node: name, type: 'main', index: 0 }]] });
		const { client } = cluster;
		const { id } = await client.createWorkflow({
			name: `Queue ${path}`,
			nodes: [
				node(
					'Webhook',
					'n8n-nodes-base.webhook',
					{ path, httpMethod: 'POST', responseMode: 'onReceived' },
					{ typeVersion: 2, webhookId: path },
				),
				node('JWT Sign', 'n8n-nodes-jwt-auth.jwtSign', { operation: 'sign' }, { credentials }),
				node(
					'JWT HTTP Request',
					'n8n-nodes-jwt-auth.jwtHttpRequest',
					{
						credentialType: 'jwtSignApi',
						method: 'POST',
						url: `=${api.url}/orders/{{ $json.body.number }}`,
					},
					{ credentials },
				),
				node(
					'Exchange',
					'n8n-nodes-jwt-auth.jwtHttpRequest',
					{
						credentialType: 'jwtExchangeApi',
						url: `=${service.api.url}/orders/{{ $('Webhook').item.json.body.number }}`,
					},
					{ credentials: { jwtExchangeApi: { id: exchangeId, name: exchangeName } } },
				),
			],
			connections: {
				Webhook: next('JWT Sign'),
				'JWT Sign': next('JWT HTTP Request'),
				'JWT HTTP Request': next('Exchange'),
			},
		});
		await client.activateWorkflow(id);
		return { workflowId: id, url: `${cluster.webhookUrl}/webhook/${path}` };
	}

	/**
	 * A credential whose key pair n8n is to make, and a webhook that answers with its public half.
	 *
	 * @returns calls it so many times at once, and gives the thumbprints that were answered
	 */
	async function publishGenerated(): Promise<(count: number) => Promise<string[]>> {
		const path = randomUUID();
		const { client } = cluster;
		// An RSA key takes long enough that several are under way at once.
		const data = { algorithm: 'RS256', keySource: 'generate', payload: '{}' };
		const made = await client.createCredential({ name: path, type: 'jwtSignApi', data });
		const webhook = { path, httpMethod: 'POST', responseMode: 'lastNode' };
		const { id } = await client.createWorkflow({
			name: `Key ${path}`,
			nodes: [
				{
					...{ id: path, name: 'Webhook', type: 'n8n-nodes-base.webhook', typeVersion: 2 },
					...{ position: [0, 0], parameters: webhook, webhookId: path },
				},
				{
					...{ id: 'key', name: 'Key', type: 'n8n-nodes-jwt-auth.jwtSign', typeVersion: 1 },
					...{ position: [200, 0], parameters: { operation: 'getPublicKey' } },
					credentials: { jwtSignApi: { id: made.id, name: made.name } },
				},
			],
			connections: { Webhook: { main: [[{ node: 'Key', type: 'main', index: 0 }]] } },
		});
		await client.activateWorkflow(id);
		return async (count) => {
			const calls = Array.from({ length: count }, async () => {
				const response = await fetch(`${cluster.webhookUrl}/webhook/${path}`, { method: 'POST' });
				return ((await response.json()) as { thumbprint?: string }).thumbprint ?? '';
			});
			return await Promise.all(calls);
		};
	}

	/** Sends every number from 1 on to the webhook, a few at a time. */
	async function trigger(url: string, count = EXECUTIONS): Promise<void> {
		let next = 1;
		const lane = async () => {
			while (next <= count) {
				const response = await fetch(url, {
					method: 'POST',
					headers: { 'content-type': 'application/json' },
					body: JSON.stringify({ number: next++ }),
				});
				expect(response.status).toBe(200);
			}
		};
		await Promise.all(Array.from({ length: 10 }, lane));
	}

	/** IDs of the workflow's executions by state. */
	function executions(workflowId: string): Record<string, string[]> {
		const rows = cluster.postgres.query(
			`SELECT status, json_agg(id::text) AS ids FROM execution_entity WHERE "workflowId" = '${workflowId}' GROUP BY status`,
		);
		return Object.fromEntries(rows.map(({ status, ids }) => [String(status), ids as string[]]));
	}

	/** Waits until no execution is queued or running. */
	async function settled(workflowId: string): Promise<Record<string, string[]>> {
		for (const deadline = Date.now() + 800_000; ; await sleep(500)) {
			const { new: queued = [], running = [], ...ended } = executions(workflowId);
			if (queued.length + running.length === 0) return ended;
			if (Date.now() > deadline) {
				throw new Error(`Still queued: ${queued.length}, still running: ${running.length}`);
			}
		}
	}

	/** The paths both APIs were asked for, those of the first with the right subject in the token. */
	function calls(): { signed: string[]; exchanged: string[] } {
		const signed = api.requests.map(({ url, authenticated, payload }) => {
			expect({ url, authenticated }).toEqual({
				url: `/orders/${payload?.sub}`,
				authenticated: true,
			});
			return url;
		});
		return { signed, exchanged: tokens.api.requests.map(({ path }) => path) };
	}

	beforeEach(() => {
		api.clear();
		tokens.api.requests.length = 0;
	});

	it(`runs ${EXECUTIONS} executions on two workers, and each calls the API once`, async () => {
		const { workflowId, url } = await publish();
		await trigger(url);
		const { success = [], ...others } = await settled(workflowId);
		expect(others).toEqual({});
		expect(success).toHaveLength(EXECUTIONS);
		for (const paths of Object.values(calls())) {
			expect(paths).toHaveLength(EXECUTIONS);
			expect(new Set(paths).size).toBe(EXECUTIONS);
		}
		expect(tokens.exchanges().length).toBeGreaterThan(0);
		expect(tokens.exchanges().length).toBeLessThanOrEqual(cluster.workers.length);
		for (const worker of cluster.workers) {
			expect(cluster.executionsOn(worker).started.length).toBeGreaterThan(0);
		}
	});

	it('refuses calls of a JWT Webhook in the webhook processor, and workers run the others', async () => {
		const path = randomUUID();
		const trigger = { id: path, name: 'JWT Webhook', position: [0, 0], webhookId: path };
		const next = { id: 'next', name: 'Next', position: [200, 0], parameters: {} };
		const { id } = await cluster.client.createWorkflow({
			name: `Queue ${path}`,
			nodes: [
				{
					...trigger,
					type: 'n8n-nodes-jwt-auth.jwtWebhook',
					typeVersion: 1,
					parameters: {
						...{ path, httpMethod: 'POST', responseMode: 'lastNode' },
						keySource: 'publicKey',
						publicKey: String(publicKey.export({ type: 'spki', format: 'pem' })),
						audience: ['queue'],
					},
				},
				{ ...next, type: 'n8n-nodes-base.noOp', typeVersion: 1 },
			],
			connections: { 'JWT Webhook': { main: [[{ node: 'Next', type: 'main', index: 0 }]] } },
		});
		await cluster.client.activateWorkflow(id);
		const exp = Math.floor(Date.now() / 1000) + 3600;
		const tokenFor = (sub: string, aud: string) =>
			signByHand({ alg: 'RS256' }, { sub, aud, exp }, privateKey, 'RS256');
		const call = async (token: string) =>
			await fetch(`${cluster.webhookUrl}/webhook/${path}`, {
				method: 'POST',
				headers: { authorization: `Bearer ${token}` },
			});
		const good = Array.from({ length: 20 }, (_, index) => tokenFor(`user-${index}`, 'queue'));
		const subjects = await Promise.all(
			good.map(async (token) => {
				const refused = await call(tokenFor('x', 'somebody else'));
				expect(refused.status).toBe(401);
				expect(refused.headers.get('www-authenticate')).toContain('invalid_token');
				const { jwtPayload } = (await (await call(token)).json()) as {
					jwtPayload: { sub: string };
				};
				return jwtPayload.sub;
			}),
		);
		expect(subjects).toEqual(good.map((_, index) => `user-${index}`));
		const { success = [], ...others } = await settled(id);
		expect(others).toEqual({});
		expect(success).toHaveLength(good.length);
		const started = cluster.workers.flatMap((worker) => cluster.executionsOn(worker).started);
		expect(success.filter((execution) => !started.includes(execution))).toEqual([]);
		const data = JSON.stringify(cluster.postgres.query('SELECT data FROM execution_data'));
		for (const token of good) {
			const [, , signature = ''] = token.split('.');
			expect(cluster.readLogs()).not.toContain(signature);
			expect(data).not.toContain(signature);
		}
	});

	it('renews an access token in time, with at most one exchange per worker and renewal', async () => {
		const { workflowId, url } = await publish(shortTokens);
		const begun = Date.now();
		while (Date.now() - begun < 2.5 * SHORT_LIFE * 1000) {
			await trigger(url, 10);
			await sleep(1000);
		}
		const { success = [], ...others } = await settled(workflowId);
		expect(others).toEqual({});
		expect(shortTokens.api.requests).toHaveLength(success.length);
		const renewals = Math.ceil((Date.now() - begun) / 1000 / RENEWED_AFTER);
		expect(shortTokens.exchanges().length).toBeGreaterThan(1);
		expect(shortTokens.exchanges().length).toBeLessThanOrEqual(cluster.workers.length * renewals);
	});

	it('keeps an access token encrypted in the database', () => {
		const rows = cluster.postgres.query('SELECT data FROM credentials_entity');
		expect(rows).toHaveLength(3);
		const stored = JSON.stringify(rows);
		const issued = [...tokens.issued.keys(), ...shortTokens.issued.keys()];
		expect(issued.length).toBeGreaterThan(1);
		for (const token of issued) expect(stored).not.toContain(token);
	});

	it('proves every request of two workers anew, with one bound token per worker at most', async () => {
		const seen = bindTokens(boundTokens);
		const bound = await createExchange(cluster.client, `${boundTokens.endpoint.url}/token`, {
			useAdvanced: ['proof'],
			useDpop: true,
		});
		exchanging.set(boundTokens, bound);
		const before = cluster.workers.map((worker) => cluster.executionsOn(worker).started.length);
		const { workflowId, url } = await publish(boundTokens);
		await trigger(url, BOUND_EXECUTIONS);
		const { success = [], ...others } = await settled(workflowId);
		expect({ others, refused: seen.refused }).toEqual({ others: {}, refused: [] });
		expect(success).toHaveLength(BOUND_EXECUTIONS);
		expect(seen.accepted).toHaveLength(BOUND_EXECUTIONS);
		expect(new Set(seen.accepted.map(({ proof }) => proof.claims.jti)).size).toBe(BOUND_EXECUTIONS);
		for (const [index, worker] of cluster.workers.entries()) {
			expect(cluster.executionsOn(worker).started.length).toBeGreaterThan(before[index] ?? 0);
		}
		expect(boundTokens.exchanges().length).toBeGreaterThan(0);
		expect(boundTokens.exchanges().length).toBeLessThanOrEqual(cluster.workers.length);
		const stored = JSON.stringify(cluster.postgres.query('SELECT data FROM credentials_entity'));
		const places = [stored, cluster.readLogs()];
		for (const { token, proof } of seen.accepted) {
			for (const place of places) {
				expect(place).not.toContain(token);
				expect(place).not.toContain(proof.header.jwk.x);
			}
		}
	});

	it('ends with one key pair where 20 first uses on two workers all make one', async () => {
		const before = cluster.workers.map((worker) => cluster.executionsOn(worker).started.length);
		const publicKeys = await publishGenerated();
		const first = await publicKeys(20);
		expect(first).toHaveLength(20);
		expect(new Set([...first, ...(await publicKeys(5))]).size).toBe(1);
		for (const [index, worker] of cluster.workers.entries()) {
			expect(cluster.executionsOn(worker).started.length).toBeGreaterThan(before[index] ?? 0);
		}
	});

	async function until(reached: () => boolean): Promise<void> {
		while (!reached()) await sleep(20);
	}

	/** The requests with tokens of the credential. */
	function callsOf({ url }: FirstUse): Arrived[] {
		return echo.requests.filter(({ path }) => url.endsWith(path));
	}

	/** The subjects of the tokens that were sent, all of which have to verify with what was published. */
	async function subjectsOf(calls: Arrived[], { jwks }: Published): Promise<unknown[]> {
		const keys = createLocalJWKSet(jwks as JSONWebKeySet);
		const tokens = calls.map(({ headers }) => String(headers.authorization).replace('Bearer ', ''));
		return await Promise.all(
			tokens.map(async (token) => (await jwtVerify(token, keys)).payload.sub),
		);
	}

	it('has one key where a worker dies storing one and others, dead and alive, store over it', async () => {
		const [use] = await prepareFirstUses(cluster, echo, [newCredential('credential')]);
		if (!use) throw new Error('There is no first use');
		const { watched } = use;
		const storedKeys = () => use.storedIn(cluster.storedCredentials()).keys;
		const haltsOn = (name: string) => watched.halts.filter(({ worker }) => worker === name);
		const cut = new AbortController();
		const answers: Published[] = [];
		// All have looked for a key and found none when the first one is stored.
		watched.stopsAt = ({ step, stage }) => step === 'store' && stage === 'sent';
		const [one, other] = cluster.workers;
		if (!one || !other) throw new Error('There are no two workers');
		const isEnough = (counts: number[]) => Math.min(...counts) > 0 && Math.max(...counts) > 1;
		while (!isEnough([one, other].map(({ name }) => haltsOn(name).length))) {
			const before = watched.halts.length;
			use.publish(cut.signal).then(
				(answer) => answers.push(answer),
				() => undefined,
			);
			await until(() => watched.halts.length > before);
		}
		const [killed, survivor] = haltsOn(one.name).length > 1 ? [one, other] : [other, one];
		const [first, late, ...more] = haltsOn(killed.name);
		const alive = haltsOn(survivor.name);

		watched.stopsAt = ({ worker, step, stage }) =>
			worker === killed.name ? stage === 'answered' : step === 'read' && stage === 'sent';
		first?.release();
		await until(() => haltsOn(killed.name).some(({ stage }) => stage === 'answered'));
		const [ofTheDead] = storedKeys();
		const replaced = cluster.startWorker();
		await cluster.killWorker(killed);
		for (const halt of more) halt.drop();

		for (const halt of alive) halt.release();
		await until(
			() => haltsOn(survivor.name).filter(({ step }) => step === 'read').length === alive.length,
		);
		const [ofTheSurvivor] = storedKeys();
		expect(ofTheSurvivor).not.toEqual(ofTheDead);
		late?.release();
		await until(() => storedKeys()[0]?.privateText !== ofTheSurvivor?.privateText);
		const stored = storedKeys();
		watched.stopsAt = () => false;
		for (const halt of haltsOn(survivor.name)) halt.release();
		await until(() => answers.length === alive.length);
		cut.abort();
		await replaced;
		answers.push(await use.publish());

		expect(stored).toHaveLength(1);
		expect(stored).not.toContainEqual(ofTheDead);
		expect(storedKeys()).toEqual(stored);
		for (const answer of answers) {
			expect(answer.jwks.keys).toMatchObject(stored.map(({ publicJwk }) => publicJwk));
			expect(answer).toEqual(answers[0]);
			expect(new Set(await subjectsOf(callsOf(use), answer))).toEqual(new Set(['2']));
		}
		generated.push(...stored);
	});

	it('has one whole key pair wherever in the first use a worker is killed', async () => {
		const cut = new AbortController();
		const credentials = DEATHS.map(({ keyOf }) => newCredential(keyOf));
		const uses = await prepareFirstUses(cluster, echo, credentials);
		const cases = uses.flatMap((use, index) => (DEATHS[index] ? { ...DEATHS[index], use } : []));
		expect(cases).toHaveLength(DEATHS.length);
		for (const { place, requestOnly, use } of cases) {
			if (place) use.watched.stopsAt = (at) => isAt(place, at);
			else waiting.add(new URL(use.url).pathname);
			const begun = requestOnly ? use.request(cut.signal) : use.publish(cut.signal);
			begun.catch(() => undefined);
		}
		await until(() => cases.every(({ use }) => use.watched.steps.length > 0));
		const killed = [...cluster.workers];
		const replaced = Promise.all(killed.map(async () => await cluster.startWorker()));
		await until(() =>
			cases.every(({ place, use }) => (place ? use.watched.halts : callsOf(use)).length > 0),
		);
		await Promise.all(killed.map(async (worker) => await cluster.killWorker(worker)));
		const known = cases.map(({ use }) =>
			callsOf(use).map(({ body }) => JSON.parse(body) as unknown),
		);

		for (const { arrives, use } of cases) {
			use.watched.stopsAt = () => false;
			for (const halt of [...use.watched.halts]) halt[arrives ? 'release' : 'drop']();
			if (!arrives) continue;
			await until(() => use.storedIn(cluster.storedCredentials()).keys.length > 0);
		}
		const atDeath = cluster.storedCredentials();
		waiting.clear();
		await replaced;
		const published = await Promise.all(cases.map(async ({ use }) => await use.publish()));
		cut.abort();
		const atLast = cluster.storedCredentials();

		for (const [index, { moment, keyOf, stores, place, use }] of cases.entries()) {
			const given = keyOf === 'credential with a key' ? 1 : 0;
			const { keys: before } = use.storedIn(atDeath);
			const { keys: now, rest } = use.storedIn(atLast);
			const { key, jwks } = published[index] ?? { key: { jwk: {} }, jwks: { keys: [] } };
			const sent = await subjectsOf(callsOf(use), { key, jwks });
			expect({
				moment,
				storedAtDeath: before.length,
				storedNow: now.length,
				isSameAsAtDeath: isDeepStrictEqual(now.slice(0, before.length), before),
				known: known[index],
				key: key.jwk,
				jwks: jwks.keys,
				rest,
				sent,
			}).toEqual({
				moment,
				storedAtDeath: given + (stores ? 1 : 0),
				storedNow: given + 1,
				isSameAsAtDeath: true,
				known: place ? [] : [published[index]],
				key: expect.objectContaining(now.at(-1)?.publicJwk ?? {}) as unknown,
				jwks: now.map(({ publicJwk }) => expect.objectContaining(publicJwk) as unknown),
				rest: use.givenRest,
				sent: callsOf(use).map(() => '2'),
			});
			expect({ moment, sent: sent.length > 0 }).toEqual({ moment, sent: keyOf !== 'service' });
			generated.push(...now);
		}
	});

	it('loses what a killed worker had under way, and nothing else', async () => {
		const { workflowId, url } = await publish();
		const [killed, survivor] = cluster.workers;
		if (!killed || !survivor) throw new Error('There are no two workers');
		const triggered = trigger(url);
		while (api.requests.length < EXECUTIONS / 4) await sleep(20);
		process.kill(-killed.pid, 'SIGKILL');
		await killed.ended;
		await triggered;

		const { success = [], ...others } = await settled(workflowId);
		expect(Object.keys(others).filter((status) => !FAILED.includes(status))).toEqual([]);
		const lost = FAILED.flatMap((status) => others[status] ?? []);
		expect(lost.length).toBeGreaterThan(0);
		expect(lost.length).toBeLessThanOrEqual(WORKER_CONCURRENCY);
		expect(success.length + lost.length).toBe(EXECUTIONS);
		const survived = cluster.executionsOn(survivor);
		expect(lost.filter((id) => survived.started.includes(id))).toEqual([]);
		expect(survived.unfinished).toEqual([]);
		const { started, unfinished } = cluster.executionsOn(killed);
		expect(lost.filter((id) => unfinished.includes(id))).not.toEqual([]);
		// The others had been taken from the queue and not begun.
		const notBegun = lost.filter((id) => !unfinished.includes(id));
		expect(notBegun.filter((id) => started.includes(id))).toEqual([]);

		for (const paths of Object.values(calls())) {
			expect(new Set(paths).size).toBe(paths.length);
			expect(paths.length).toBeGreaterThanOrEqual(success.length);
		}
		expect(tokens.exchanges().length).toBeLessThanOrEqual(cluster.workers.length);
	});

	it('writes no key and no token to any log', () => {
		const log = cluster.readLogs();
		expect(log.length).toBeGreaterThan(10_000);
		expect(log).not.toContain(privatePem.split('\n')[5]);
		expect(generated).not.toEqual([]);
		for (const { privateText } of generated) expect(log).not.toContain(privateText.slice(-40));
		for (const { token } of api.requests) expect(log).not.toContain(token);
		for (const token of tokens.issued.keys()) expect(log).not.toContain(token);
	});
});
