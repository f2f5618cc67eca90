import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { outputItems, type CredentialRef, type WorkflowRun } from '../../playground/client';
import { startDemoApi, type DemoApi } from '../../playground/demo-api/server';
import { n8nSession } from './support/n8nSession';
import { startServer } from './support/tokenServer';
import {
	jwtHttpRequest,
	jwtSign,
	stockHttpRequest,
	workflow,
	type Step,
} from './support/workflows';

const { client, readLog, readDatabase } = n8nSession();
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const privatePem = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));

/** What must never come out again: the key's body and a secret nobody else has. */
const secretCanary = `canary-${randomBytes(24).toString('hex')}`;
const keyCanary = privatePem.split('\n')[5] ?? '';

let api: DemoApi;
const runs: WorkflowRun[] = [];

beforeAll(async () => {
	expect(keyCanary).toHaveLength(64);
	api = await startDemoApi({ audience: 'demo-api', keys: [{ publicKey }] });
});

afterAll(async () => {
	await api.stop();
});

beforeEach(() => {
	api.requests.length = 0;
});

async function signing(data: Record<string, unknown>): Promise<CredentialRef> {
	return await client.createCredential({
		name: `Failing ${randomUUID()}`,
		type: 'jwtSignApi',
		data: {
			algorithm: 'RS256',
			privateKey: privatePem,
			payload: '{ "sub": "x", "aud": "demo-api" }',
			...data,
		},
	});
}

async function run(items: Array<Record<string, unknown>>, step: Step): Promise<WorkflowRun> {
	const result = await client.runWorkflow(workflow(items, step));
	runs.push(result);
	return result;
}

/** The steps that use a signing credential: all three nodes. */
function allNodes(credential: CredentialRef): Array<[string, Step]> {
	return [
		['JWT Sign', jwtSign(credential)],
		['JWT HTTP Request', jwtHttpRequest(credential, api.url)],
		['HTTP Request', stockHttpRequest(credential, api.url)],
	];
}

describe('a person who made a mistake reads what is wrong', () => {
	it.each<[string, Record<string, unknown>, RegExp, string]>([
		[
			'a public key in place of the private one',
			{ privateKey: String(publicKey.export({ type: 'spki', format: 'pem' })) },
			/public key/i,
			'KEY_IS_PUBLIC',
		],
		['an RSA key for ES256', { algorithm: 'ES256' }, /RSA key/i, 'KEY_WRONG_TYPE'],
		['a cut-off key', { privateKey: privatePem.slice(0, 400) }, /cut off/i, 'KEY_TRUNCATED'],
		['an empty payload', { payload: '{}' }, /payload/i, 'PAYLOAD_EMPTY'],
		['an untouched payload', { payload: undefined }, /payload/i, 'PAYLOAD_EMPTY'],
		['broken JSON in the payload', { payload: '{ "sub": "x"' }, /payload/i, 'JSON_MALFORMED'],
		['a list as payload', { payload: '["x"]' }, /payload/i, 'PAYLOAD_NOT_OBJECT'],
		[
			'a short secret',
			{ algorithm: 'HS512', secret: secretCanary.slice(0, 20) },
			/secret/i,
			'KEY_TOO_SHORT',
		],
		[
			'an expired credential',
			{ useAdvanced: true, credentialExpiresAt: '2020-01-01T00:00:00Z' },
			/expired on 2020-01-01/,
			'CREDENTIAL_EXPIRED',
		],
	])('%s', async (_what, data, words, code) => {
		const credential = await signing(data);
		for (const [name, step] of allNodes(credential)) {
			const { status, error, rawText } = await run([{}], step);
			expect({ name, status }).toEqual({ name, status: 'error' });
			const shown = `${error?.message} ${error?.description}`;
			expect(shown).toMatch(words);
			expect(rawText).toContain(`[${code}]`);
		}
		expect(api.requests).toEqual([]);
	});

	it('a host that cannot be reached', async () => {
		const server = createServer().listen(0, '127.0.0.1');
		await new Promise((resolve) => server.once('listening', resolve));
		const { port } = server.address() as { port: number };
		await new Promise((resolve) => server.close(resolve));
		const credential = await signing({});
		const { error } = await run([{}], jwtHttpRequest(credential, `http://127.0.0.1:${port}/`));
		expect(error?.message).toMatch(/refused/i);
	});

	it('a 401: the status and the reason the API gives', async () => {
		const credential = await signing({ payload: '{ "sub": "x", "aud": "somebody-else" }' });
		const { error } = await run([{}], jwtHttpRequest(credential, api.url));
		expect(error?.message).toBe('The API answered 401 Unauthorized');
		// WWW-Authenticate gives the same reason, which is not repeated.
		expect(error?.description).toMatch(
			/^aud is "somebody-else", expected "demo-api" · Bearer error="invalid_token" · The API may know another .* first.* · The token that was sent has the claims sub, aud, iat [(].*[)], exp [(].*Z[)][.]$/,
		);
		expect(error?.httpCode).toBe('401');
		expect(api.requests).toHaveLength(1);
	});

	it('a 401 that gives its reason in WWW-Authenticate only', async () => {
		const challenge = 'Bearer error="invalid_token", error_description="The token expired"';
		const server = await startServer(() => ({
			status: 401,
			headers: { 'www-authenticate': challenge },
			body: { message: 'Unauthorized' },
		}));
		const step = jwtHttpRequest(await signing({}), server.url);
		const { error } = await run([{}], step).finally(server.stop);
		expect(error?.description).toMatch(
			/^The token expired · Bearer error="invalid_token" · The API may know another .* · The token that was sent has the claims/,
		);
	});

	it('what to do about a refused token of somebody else, and about too many requests', async () => {
		const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
		const credential = await client.createCredential({
			name: `Refused ${randomUUID()}`,
			type: 'jwtTokenApi',
			data: { token: `${part({ alg: 'RS256' })}.${part({ exp: 4102444800 })}.c2lnbmF0dXJl` },
		});
		for (const [status, advice] of [
			[401, 'Get a new token from its issuer.'],
			[429, 'Space the requests out with Batching or Retry'],
		] as const) {
			const server = await startServer(() => ({ status }));
			const step = jwtHttpRequest(credential, server.url);
			const { error } = await run([{}], step).finally(server.stop);
			expect(error?.description).toContain(advice);
		}
	});

	it('a 401 behind a redirect that the token does not follow', async () => {
		const stranger = await startServer(() => ({ status: 401 }));
		const server = await startServer(() => ({ status: 302, headers: { location: stranger.url } }));
		const step = jwtHttpRequest(await signing({}), server.url);
		const stop = async () => await Promise.all([server.stop(), stranger.stop()]);
		const { error } = await run([{}], step).finally(stop);
		expect(stranger.requests.map(({ headers }) => headers.authorization)).toEqual([undefined]);
		expect(error?.description).toMatch(
			/redirected to another address, which gets no token\. Enter that address/,
		);
	});

	it('a URL without a scheme', async () => {
		const { error } = await run([{}], jwtHttpRequest(await signing({}), 'api.example.com/x'));
		expect(error?.message).toContain('https://');
	});
});

describe('a domain that is not allowed', () => {
	it.each(['JWT HTTP Request', 'HTTP Request'])('%s sends no request at all', async (name) => {
		for (const restriction of [
			{ allowedHttpRequestDomains: 'domains', allowedDomains: 'api.example.com, *.example.org' },
			{ allowedHttpRequestDomains: 'domains', allowedDomains: '' },
			{ allowedHttpRequestDomains: 'none' },
		]) {
			const credential = await signing(restriction);
			const step = allNodes(credential).find(([candidate]) => candidate === name)?.[1];
			const { status, error } = await run([{}], step as Step);
			expect(status).toBe('error');
			expect(`${error?.message} ${error?.description}`).toMatch(/domain|prevent use/i);
		}
		expect(api.requests).toEqual([]);
	});

	it('is let through once it is listed', async () => {
		const credential = await signing({
			allowedHttpRequestDomains: 'domains',
			allowedDomains: '127.0.0.1',
		});
		for (const [, step] of allNodes(credential).slice(1)) {
			expect((await run([{}], step)).status).toBe('success');
		}
		expect(api.requests.map(({ authenticated }) => authenticated)).toEqual([true, true]);
	});
});

describe('when one item of three fails', () => {
	const items = [
		{ user: 'alice', payload: '{ "sub": "alice", "aud": "demo-api" }' },
		{ user: 'bob', payload: '{ "sub": ' },
		{ user: 'carol', payload: '{ "sub": "carol", "aud": "demo-api" }' },
	];

	it.each(['JWT Sign', 'JWT HTTP Request', 'HTTP Request'])(
		'%s goes on under Continue On Fail',
		async (name) => {
			const credential = await signing({ payload: '={{ $json.payload }}' });
			const step = allNodes(credential).find(([candidate]) => candidate === name)?.[1] as Step;
			const result = await run(items, { ...step, onError: 'continueRegularOutput' });
			expect(result.status).toBe('success');
			const output = outputItems(result.runData, name);
			expect(output.map(({ pairedItem }) => pairedItem?.item)).toEqual([0, 1, 2]);
			const failed = output.map(({ json }) => JSON.stringify(json).includes('[JSON_MALFORMED]'));
			expect(failed).toEqual([false, true, false]);
		},
	);

	it.each(['JWT Sign', 'JWT HTTP Request'])(
		'%s sends it to the error output, with the fields it came with',
		async (name) => {
			const credential = await signing({ payload: '={{ $json.payload }}' });
			const step = allNodes(credential).find(([candidate]) => candidate === name)?.[1] as Step;
			const { runData } = await run(items, { ...step, onError: 'continueErrorOutput' });
			expect(outputItems(runData, name, 0)).toHaveLength(2);
			const [failed, ...others] = outputItems(runData, name, 1);
			expect(others).toEqual([]);
			expect(failed?.json).toMatchObject({
				user: 'bob',
				error: expect.stringContaining('[JSON_MALFORMED]'),
			});
		},
	);
});

describe('Test Connection', () => {
	it.each<[string, Record<string, unknown>]>([
		['a good key', {}],
		['a payload with item expressions', { payload: '{ "sub": "={{ $json.user }}" }' }],
		['a payload that is one expression', { payload: '={{ $json.claims }}' }],
		[
			'a payload whose exp comes from the item',
			{ payload: '{ "sub": "x", "exp": "={{ $json.until }}" }' },
		],
		['a key ID that comes from the item', { keyId: '={{ $json.kid }}' }],
	])('is green for %s', async (_what, data) => {
		expect(await client.testCredential(await signing(data))).toMatchObject({ status: 'OK' });
	});

	it.each<[string, Record<string, unknown>, string]>([
		['a wrong key', { algorithm: 'ES256' }, '[KEY_WRONG_TYPE]'],
		['broken JSON', { payload: '{' }, '[JSON_MALFORMED]'],
		['an untouched payload', { payload: undefined }, '[PAYLOAD_EMPTY]'],
		['an empty payload', { payload: '{}' }, '[PAYLOAD_EMPTY]'],
		['a bad lifetime', { expiresIn: 'soon' }, '[DURATION_INVALID]'],
		['a bad header name', { useAdvanced: true, headerName: 'X Token' }, '[HEADER_NAME_INVALID]'],
	])('is red for %s, with code and hint', async (_what, data, code) => {
		const { status, message } = await client.testCredential(await signing(data));
		expect({ status, message }).toEqual({
			status: 'Error',
			message: expect.stringContaining(code),
		});
	});

	it('is red for an expired token', async () => {
		const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
		const token = `${part({ alg: 'HS256' })}.${part({ exp: 1700000000 })}.c2lnbmF0dXJl`;
		const credential = await client.createCredential({
			name: `Expired ${randomUUID()}`,
			type: 'jwtTokenApi',
			data: { token },
		});
		expect(await client.testCredential(credential)).toMatchObject({
			status: 'Error',
			message: expect.stringContaining('[TOKEN_EXPIRED]'),
		});
	});
});

describe('no key or secret comes out again', () => {
	it('neither in an execution, nor in the log, nor in clear in the database', async () => {
		expect(runs.length).toBeGreaterThan(30);
		const secret = secretCanary.slice(0, 20);
		for (const { rawText } of runs) {
			expect(rawText).not.toContain(keyCanary);
			expect(rawText).not.toContain(secret);
		}
		for (const text of [readLog(), readDatabase().toString('latin1')]) {
			expect(text.length).toBeGreaterThan(1000);
			expect(text).not.toContain(keyCanary);
			expect(text).not.toContain(secret);
		}
	});

	it('nor a signed token in the data of a failed execution', async () => {
		const credential = await signing({ payload: '{ "sub": "x", "aud": "somebody-else" }' });
		for (const [, step] of allNodes(credential).slice(1)) {
			api.requests.length = 0;
			const { status, rawText } = await run([{}], step);
			expect(status).toBe('error');
			const sent = api.requests.map(({ token }) => token);
			expect(sent.length).toBeGreaterThan(0);
			for (const token of sent) expect(rawText).not.toContain(token);
			for (const token of sent) expect(readDatabase().toString('latin1')).not.toContain(token);
			for (const token of sent) expect(readLog()).not.toContain(token);
		}
	});
});
