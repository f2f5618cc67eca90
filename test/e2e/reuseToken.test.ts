import { generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto';
import { outputItems } from '../../playground/client';
import { SENDER_NAMES, SENDERS } from './support/exchangeFixtures';
import { n8nSession } from './support/n8nSession';
import { startServer, type TestServer } from './support/tokenServer';
import { jwtSign, workflow } from './support/workflows';

const { client } = n8nSession();

const KEYS: Array<[string, KeyObject]> = [
	['ES256', generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey],
	['PS256', generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey],
];

let api: TestServer;

beforeAll(async () => {
	api = await startServer(() => ({ body: {} }));
});

afterAll(async () => {
	await api.stop();
});

beforeEach(() => {
	api.requests.length = 0;
});

async function reusing(algorithm: string, key: KeyObject, data: Record<string, unknown> = {}) {
	return await client.createCredential({
		name: `Reuse ${randomUUID()}`,
		type: 'jwtSignApi',
		data: {
			algorithm,
			privateKey: String(key.export({ type: 'pkcs8', format: 'pem' })),
			payload: JSON.stringify({ iss: randomUUID() }),
			useAdvanced: true,
			reuseUntilExpiry: true,
			...data,
		},
	});
}

describe.each(KEYS)('Reuse Token with %s', (algorithm, key) => {
	it.each(SENDER_NAMES)('makes one token for 40 items of %s', async (node) => {
		const credential = await reusing(algorithm, key);
		const items = Array.from({ length: 40 }, (_, index) => ({ index }));
		const options = node === 'HTTP Request' ? {} : { options: { concurrency: 40 } };
		const step = SENDERS[node](credential, api.url, options);
		expect((await client.runWorkflow(workflow(items, step))).status).toBe('success');
		const tokens = api.requests.map(({ headers }) => headers.authorization);
		expect(tokens).toHaveLength(40);
		expect(new Set(tokens).size).toBe(1);
	});

	it('makes one for each subject among the items', async () => {
		const credential = await reusing(algorithm, key, {
			payload: `{ "iss": "${randomUUID()}", "sub": "={{ $json.user }}" }`,
		});
		const items = Array.from({ length: 40 }, (_, index) => ({ user: `user-${index % 4}` }));
		const step = SENDERS['HTTP Request'](credential, api.url);
		expect((await client.runWorkflow(workflow(items, step))).status).toBe('success');
		expect(new Set(api.requests.map(({ headers }) => headers.authorization)).size).toBe(4);
	});
});

it('40 items with a wrong passphrase all say so', async () => {
	const [, [, key]] = KEYS as [unknown, [string, KeyObject]];
	const encrypted = key.export({
		type: 'pkcs8',
		format: 'pem',
		cipher: 'aes-256-cbc',
		passphrase: 'right',
	});
	const credential = await reusing('PS256', key, {
		privateKey: String(encrypted),
		keyPassphrase: 'wrong',
	});
	const items = Array.from({ length: 40 }, (_, index) => ({ index }));
	for (const step of [
		...SENDER_NAMES.map((name) => SENDERS[name](credential, api.url)),
		jwtSign(credential),
	]) {
		const failing = { ...step, onError: 'continueRegularOutput' as const };
		const { runData } = await client.runWorkflow(workflow(items, failing));
		const texts = outputItems(runData, step.name).map(({ json }) => JSON.stringify(json));
		expect(texts).toHaveLength(40);
		for (const text of texts) expect(text).toContain('[KEY_PASSPHRASE]');
	}
	expect(api.requests).toEqual([]);
});
