import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { outputItems } from '../../playground/client';
import { startDemoApi, type DemoApi } from '../../playground/demo-api/server';
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

beforeAll(async () => {
	api = await startDemoApi({ audience: 'demo-api', keys: [{ publicKey }] });
});

afterAll(async () => {
	await api.stop();
});

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
});
