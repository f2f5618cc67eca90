import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { outputItems } from '../../playground/client';
import { startDemoApi, type DemoApi } from '../../playground/demo-api/server';
import { startEchoServer, type EchoServer } from './support/echoServer';
import { n8nSession } from './support/n8nSession';
import { jwtHttpRequest, jwtSign, stockHttpRequest, workflow } from './support/workflows';

const { client } = n8nSession();
const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** Data that would add or change claims if it were put into JSON as text. */
const ATTACKS = [
	'x", "admin": true, "y": "',
	'x\\", "admin": true, \\"y',
	'\\',
	'"}',
	'{{ $json.other }}',
	'={{ "admin" }}',
	'{"admin": true}',
	'line\nbreak\u2028and\u0000nul',
	'{publicKeyFingerprint',
	'__proto__',
];
const items = ATTACKS.map((user) => ({ user, other: 'admin' }));

let api: DemoApi;
let echo: EchoServer;

beforeAll(async () => {
	api = await startDemoApi({ audience: 'demo-api', keys: [{ publicKey }] });
	echo = await startEchoServer();
});

afterAll(async () => {
	await api.stop();
	await echo.stop();
});

/** A credential that signs, with the given fields. */
async function signing(data: Record<string, unknown> = {}) {
	return await client.createCredential({
		name: `Injection ${randomUUID()}`,
		type: 'jwtSignApi',
		data: {
			algorithm: 'ES256',
			privateKey: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
			payload: '{ "aud": "demo-api", "role": "guest" }',
			...data,
		},
	});
}

describe("data of an item stays the value of its own claim, and never becomes another claim's", () => {
	it("in the credential's payload, through all three nodes", async () => {
		const credential = await client.createCredential({
			name: `Injection ${randomUUID()}`,
			type: 'jwtSignApi',
			data: {
				algorithm: 'ES256',
				privateKey: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
				payload: '{ "sub": "={{ $json.user }}", "aud": "demo-api" }',
				useAdvanced: true,
				headerParameters: '{ "who": "={{ $json.user }}" }',
			},
		});
		const signed = await client.runWorkflow(
			workflow(items, jwtSign(credential, { options: { includeDecoded: true } })),
		);
		for (const [index, { json }] of outputItems(signed.runData, 'JWT Sign').entries()) {
			const { header, payload } = json.decoded;
			expect(payload).toEqual({
				sub: ATTACKS[index],
				aud: 'demo-api',
				iat: expect.any(Number),
				exp: expect.any(Number),
			});
			expect(header).toEqual({ alg: 'ES256', typ: 'JWT', who: ATTACKS[index] });
		}
		for (const step of [
			stockHttpRequest(credential, api.url),
			jwtHttpRequest(credential, api.url),
		]) {
			api.requests.length = 0;
			const run = await client.runWorkflow(workflow(items, step));
			expect(run.error?.message).toBeUndefined();
			const subjects = api.requests.map(({ payload }) => String(payload?.sub));
			expect(subjects.sort()).toEqual([...ATTACKS].sort());
			for (const { payload } of api.requests) {
				expect(Object.keys(payload ?? {}).sort()).toEqual(['aud', 'exp', 'iat', 'sub']);
			}
		}
	});

	it("in a node's claim fields", async () => {
		const credential = await client.createCredential({
			name: `Injection ${randomUUID()}`,
			type: 'jwtSignApi',
			data: {
				algorithm: 'ES256',
				privateKey: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
				payload: '{ "aud": "demo-api", "role": "guest" }',
			},
		});
		api.requests.length = 0;
		await client.runWorkflow(
			workflow(
				items,
				jwtHttpRequest(credential, api.url, { claims: { subject: '={{ $json.user }}' } }),
			),
		);
		expect(api.requests.map(({ payload }) => String(payload?.sub)).sort()).toEqual(
			[...ATTACKS].sort(),
		);
		for (const { payload } of api.requests) expect(payload?.role).toBe('guest');
	});

	it("in a node's JSON fields, each value computed by itself", async () => {
		const credential = await signing();
		const signed = await client.runWorkflow(
			workflow(
				items,
				jwtSign(credential, {
					specifyClaims: 'json',
					claimsJson: '{ "sub": "={{ $json.user }}", "deep": [{ "user": "={{ $json.user }}" }] }',
					options: { includeDecoded: true, headerParameters: '{ "who": "={{ $json.user }}" }' },
				}),
			),
		);
		for (const [index, { json }] of outputItems(signed.runData, 'JWT Sign').entries()) {
			const { header, payload } = json.decoded;
			expect(payload).toEqual({
				aud: 'demo-api',
				role: 'guest',
				sub: ATTACKS[index],
				deep: [{ user: ATTACKS[index] }],
				iat: expect.any(Number),
				exp: expect.any(Number),
			});
			expect(header).toEqual({ alg: 'ES256', typ: 'JWT', who: ATTACKS[index] });
		}

		const sent = await client.runWorkflow(
			workflow(
				items,
				jwtHttpRequest(credential, `${echo.url}/anything`, {
					method: 'POST',
					sendQuery: true,
					specifyQuery: 'json',
					jsonQuery: '{ "user": "={{ $json.user }}" }',
					sendHeaders: true,
					specifyHeaders: 'json',
					jsonHeaders: '{ "x-other": "={{ $json.other }}" }',
					sendBody: true,
					specifyBody: 'json',
					jsonBody: '{ "user": "={{ $json.user }}", "kept": [{ "{}": 1 }] }',
				}),
			),
		);
		const echoed = outputItems(sent.runData, 'JWT HTTP Request').map(({ json }) => json);
		for (const [index, attack] of ATTACKS.entries()) {
			const { body, url, headers } = echoed[index] ?? {};
			const sentBody = Buffer.from(String(body), 'latin1').toString('utf8');
			expect(JSON.parse(sentBody)).toEqual({ user: attack, kept: [{ '{}': 1 }] });
			const { searchParams } = new URL(String(url), echo.url);
			expect([...searchParams]).toEqual([['user', attack]]);
			expect(headers).toMatchObject({ 'x-other': 'admin' });
		}
	});
});

describe('an expression that would be signed or sent as it stands is refused, with the form that works', () => {
	const MARKED = '"sub": "={{ $json.user }}"';

	/** Runs two items, and returns what the first error says. */
	async function refusal(...steps: Parameters<typeof workflow>[1][]) {
		api.requests.length = 0;
		const { error } = await client.runWorkflow(
			workflow([{ user: 'alice' }, { user: 'x","admin":"true' }], ...steps),
		);
		expect(api.requests).toEqual([]);
		return `${String(error?.message)} ${String(error?.description)}`;
	}

	it.each([
		['payload', '{ "aud": "demo-api", "sub": "{{ $json.user }}" }'],
		['payload', '{ "aud": "demo-api", "a": { "b": [{ "sub": "user {{ $json.user }}" }] } }'],
		['headerParameters', '{ "sub": "{{ $json.user }}" }'],
		['additionalHeaders', '{ "sub": "{{ $json.user }}" }'],
		['payload', '={ "aud": "demo-api", "sub": "={{ $json.user }}" }'],
	])('in %s of a credential: %s', async (field, text) => {
		const credential = await signing({ useAdvanced: true, [field]: text });
		for (const step of [
			stockHttpRequest(credential, api.url),
			jwtHttpRequest(credential, api.url),
			jwtSign(credential),
		]) {
			const said = await refusal(step);
			expect(said).toContain('EXPRESSION_UNRESOLVED');
			expect(said).toContain(MARKED);
		}
		const tested = await client.testCredential(credential);
		// A field that is an expression as a whole has no value without an item.
		if (!text.startsWith('=')) expect(tested).toMatchObject({ status: 'Error' });
	});

	it('in Key ID', async () => {
		const credential = await signing({ keyId: '{{ $json.user }}' });
		expect(await refusal(stockHttpRequest(credential, api.url))).toContain('={{ $json.keyId }}');
	});

	it.each<[string, Record<string, unknown>]>([
		['Claims (JSON)', { specifyClaims: 'json', claimsJson: '{ "sub": "{{ $json.user }}" }' }],
		['Claims (JSON)', { specifyClaims: 'json', claimsJson: '={ "sub": "={{ $json.user }}" }' }],
		['Header Parameters', { options: { headerParameters: '{ "sub": "{{ $json.user }}" }' } }],
	])('in %s of JWT Sign: %j', async (label, parameters) => {
		const said = await refusal(jwtSign(await signing(), parameters));
		expect(said).toContain(label);
		expect(said).toContain(MARKED);
	});

	it('in the claim fields of a node', async () => {
		const said = await refusal(
			jwtHttpRequest(await signing(), api.url, { claims: { subject: '{{ $json.user }}' } }),
		);
		expect(said).toContain('Switch Subject to Expression');
	});
});
