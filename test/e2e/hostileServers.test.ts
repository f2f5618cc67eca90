import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { outputItems, type CredentialRef } from '../../playground/client';
import { createExchange } from './support/exchangeFixtures';
import {
	bomb,
	CODING_NAMES,
	startHostileServer,
	type HostileServer,
} from './support/hostileServer';
import { n8nSession } from './support/n8nSession';
import { memoryOf } from './support/processMemory';
import {
	getAccessToken,
	jwtHttpRequest,
	jwtVerify,
	workflow,
	type Step,
} from './support/workflows';

const { client, pid } = n8nSession();
const growthDuring = memoryOf(pid);
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const privatePem = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));

/** Megabytes that a bomb of at most one megabyte unpacks to. */
const UNPACKED = 960;

/**
 * What n8n may grow by, in bytes. Other suites work with the same n8n meanwhile, so this is far more
 * than the package reads, and less than half of what the bombs unpack to.
 */
const MOST_GROWTH = 400 * 1024 * 1024;

let server: HostileServer;
let signing: CredentialRef;

/** A token that asks for the keys of its issuer. */
function tokenOf(issuer: string): string {
	const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
	const signed = `${part({ alg: 'ES256', kid: 'k' })}.${part({ iss: issuer, aud: 'a', exp: 4e9 })}`;
	const key = { key: privateKey, dsaEncoding: 'ieee-p1363' } as const;
	return `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`;
}

beforeAll(async () => {
	const bombs = new Map<string, Buffer>();
	for (const coding of CODING_NAMES) bombs.set(coding, await bomb(coding, UNPACKED));
	server = await startHostileServer(bombs);
	signing = await client.createCredential({
		name: `Hostile ${randomUUID()}`,
		type: 'jwtSignApi',
		data: { algorithm: 'ES256', privateKey: privatePem, payload: '{ "sub": "x" }' },
	});
});

afterAll(async () => {
	await server.stop();
});

beforeEach(() => {
	server.requests.length = 0;
});

const continuing = { onError: 'continueRegularOutput' } as const;

/** JWT Verify with the keys of an address. */
const withKeysOf = (path: string, timeout = 2): Step =>
	jwtVerify(
		{
			keySource: 'jwksUrl',
			jwksUrl: server.url + path,
			audience: 'a',
			options: { timeout },
		},
		continuing,
	);

/** JWT Verify with the keys of an issuer. */
const withIssuer = (path: string, timeout = 2): Step =>
	jwtVerify(
		{ keySource: 'issuer', issuerUrl: server.url + path, audience: 'a', options: { timeout } },
		continuing,
	);

/** JWT HTTP Request to the server. */
const request = (path: string, options: Record<string, unknown> = {}): Step => ({
	...jwtHttpRequest(signing, server.url + path, { options }),
	...continuing,
});

const format = (responseFormat: string) => ({ response: { response: { responseFormat } } });

async function run(step: Step): Promise<string> {
	const items = [{ jwt: tokenOf(server.url) }];
	const { rawText } = await client.runWorkflow(workflow(items, step));
	return rawText;
}

/** Starts a workflow, and stops it as soon as its first request has arrived. */
async function stopOnceRequested(step: Step): Promise<void> {
	const items = [{ jwt: tokenOf(server.url) }];
	const { id } = await client.createWorkflow(workflow(items, step));
	const arrival = server.arrival();
	const { executionId } = (await client.rest('POST', `/workflows/${id}/run`, {
		triggerToStartFrom: { name: 'Manual Trigger' },
	})) as { executionId: string };
	const { closed } = await arrival;
	await client.rest('POST', `/executions/${executionId}/stop`, {});
	await closed;
}

describe('a server that drips', () => {
	it.each<[string, () => Step, string]>([
		['keys', () => withKeysOf('/drip'), 'JWKS_UNREACHABLE'],
		['the header of keys', () => withKeysOf('/drip-head'), 'JWKS_UNREACHABLE'],
		["an issuer's metadata", () => withIssuer('/drip'), 'DISCOVERY_FAILED'],
		['JSON', () => request('/drip', { timeout: 1500 }), 'RESPONSE_TIMEOUT'],
		['text', () => request('/drip?type=text/plain', { timeout: 1500 }), 'RESPONSE_TIMEOUT'],
		['a file', () => request('/drip?type=image/png', { timeout: 1500 }), 'RESPONSE_TIMEOUT'],
		[
			'what is read as a file',
			() => request('/drip', { timeout: 1500, ...format('file') }),
			'RESPONSE_TIMEOUT',
		],
		['a header', () => request('/drip-head', { timeout: 1500 }), 'RESPONSE_TIMEOUT'],
		['redirects', () => request('/drip-redirect', { timeout: 1500 }), 'RESPONSE_TIMEOUT'],
	])('%s is left in time, and its connection closed', async (_what, step, code) => {
		expect(await run(step())).toContain(code);
		expect(server.requests.length).toBeGreaterThan(0);
		for (const { closed } of server.requests) await closed;
	});

	it('an access token is left in time, and its connection closed', async () => {
		for (const path of ['/drip', '/drip-head']) {
			const credential = await createExchange(client, server.url + path);
			const step = { ...getAccessToken(credential), ...continuing };
			expect(await run(step)).toContain('EXCHANGE_TIMEOUT');
		}
		expect(server.requests).toHaveLength(2);
		for (const { closed } of server.requests) await closed;
	});

	it('one redirect after the other does not get the time anew for each', async () => {
		expect(await run(request('/hops/0', { timeout: 2500 }))).toContain('RESPONSE_TIMEOUT');
		expect(server.requests.length).toBeLessThan(22);
	});
});

describe('an execution that is cancelled', () => {
	it.each<[string, () => Promise<Step>]>([
		['keys', async () => await Promise.resolve(withKeysOf('/drip?never=keys', 3600))],
		['an issuer', async () => await Promise.resolve(withIssuer('/drip/never', 3600))],
		['JSON', async () => await Promise.resolve(request('/drip'))],
		['a file', async () => await Promise.resolve(request('/drip?type=image/png'))],
		['a redirect', async () => await Promise.resolve(request('/drip-redirect'))],
		[
			'an access token',
			async () => getAccessToken(await createExchange(client, `${server.url}/drip`)),
		],
	])('closes the connection to %s that drips', async (_what, step) => {
		await stopOnceRequested(await step());
	});
});

describe('a few bytes that unpack to many', () => {
	type Case = [what: string, code: string, step: () => Promise<Step>];
	const ours = CODING_NAMES.flatMap((coding): Case[] => [
		[
			`as an access token (${coding})`,
			'EXCHANGE_BAD_RESPONSE',
			async () => ({
				...getAccessToken(await createExchange(client, `${server.url}/bomb/${coding}`)),
				...continuing,
			}),
		],
		[
			`as keys (${coding})`,
			'JWKS_UNREACHABLE',
			async () => await Promise.resolve(withKeysOf(`/bomb/${coding}`, 60)),
		],
		[
			`as an issuer's metadata (${coding})`,
			'DISCOVERY_FAILED',
			async () => await Promise.resolve(withIssuer(`/bomb/${coding}`, 60)),
		],
	]);
	const answers = CODING_NAMES.flatMap((coding): Case[] => [
		[
			`as JSON (${coding})`,
			'RESPONSE_TOO_LARGE',
			async () => await Promise.resolve(request(`/bomb/${coding}`)),
		],
		[
			`as text (${coding})`,
			'RESPONSE_TOO_LARGE',
			async () => await Promise.resolve(request(`/bomb/${coding}?type=text/plain`)),
		],
	]);

	it.each([...ours, ...answers])(
		'%s are refused, and n8n does not grow by them',
		async (_what, code, step) => {
			await run(request('/warm-up'));
			const built = await step();
			let output = '';
			const growth = await growthDuring(async () => (output = await run(built)));
			expect(output).toContain(code);
			expect(growth).toBeLessThan(MOST_GROWTH);
			for (const { closed } of server.requests.slice(1)) await closed;
		},
	);
});

describe('JSON within JSON', () => {
	it.each<[string, () => Step, string]>([
		['deeper, from an API', () => request('/deep/400000'), 'JSON_TOO_LARGE'],
		['deeper, as text', () => request('/deep/20000', format('text')), '[[[['],
		['deeper, from a key server', () => withKeysOf('/deep/400000'), 'JWKS_INVALID'],
	])('%s', async (_what, step, says) => {
		expect(await run(step())).toContain(says);
	});
	it('as deep as n8n can store it is put out', async () => {
		const step = request('/deep/1000');
		const { runData } = await client.runWorkflow(workflow([{}], step));
		// The outermost list becomes the items.
		expect(JSON.stringify(outputItems(runData, step.name))).toContain('['.repeat(999));
	});
});
