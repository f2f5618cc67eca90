import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { outputItems, type CredentialRef } from '../../playground/client';
import { n8nSession } from './support/n8nSession';
import { startTroubleServer, type TroubleServer } from './support/troubleServer';
import { jwtHttpRequest, jwtSign, jwtVerify, workflow, type Step } from './support/workflows';

type Item = Record<string, unknown>;

const { client } = n8nSession();
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

let server: TroubleServer;
let credential: CredentialRef;

beforeAll(async () => {
	server = await startTroubleServer();
	credential = await client.createCredential({
		name: `Odd fields ${randomUUID()}`,
		type: 'jwtSignApi',
		data: {
			algorithm: 'ES256',
			privateKey: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
			payload: '{ "sub": "user-1" }',
		},
	});
});

afterAll(async () => {
	await server.stop();
});

/** What comes out for each item, errors included. */
async function run(items: Item[], step: Step, output = 0): Promise<Item[]> {
	const onError = 'continueRegularOutput';
	const { runData } = await client.runWorkflow(workflow(items, { ...step, onError }));
	const out = outputItems(runData, step.name, output) as Array<{ json: Item }>;
	return out.map(({ json }) => json);
}

const coded = (code: string, label: string) => ({
	error: expect.stringMatching(new RegExp(`${label}[^]*\\[${code}\\]`)) as string,
});

it('a POST is sent once, in whatever capitals an expression writes its method', async () => {
	server.arrived.length = 0;
	const items = ['post', 'Post', 'patch', ' POST '].map((method) => ({ method }));
	const retry = { maxTries: 3, waitBetweenTries: 1 };
	const output = await run(
		items,
		jwtHttpRequest(credential, `${server.url}/status/503`, {
			method: '={{ $json.method }}',
			options: { retry: { retry }, concurrency: 1 },
		}),
	);
	expect(output.map(({ error }) => error)).toEqual(
		items.map(() => expect.stringContaining('The API answered 503') as string),
	);
	const methods = server.arrived.map((text) => text.split(' ', 1)[0]);
	expect(methods).toEqual(['POST', 'POST', 'PATCH', 'POST']);
});

it('a timeout is one that timers keep to, or an error that says so', async () => {
	const good = [2 ** 31 - 1, 5000.5, '60000'];
	const bad = [2 ** 31, 1e13, 0, -1, '', null, { a: 1 }];
	const items = [...good, ...bad].map((timeout) => ({ timeout }));
	const options = { timeout: '={{ $json.timeout }}' };
	const output = await run(items, jwtHttpRequest(credential, `${server.url}/ok`, { options }));
	expect(output).toEqual([
		...good.map(() => ({ ok: true })),
		...bad.map(() => coded('DURATION_INVALID', 'Timeout')),
	]);
});

it('an interval that no timer keeps to fails every item, and nothing is sent', async () => {
	server.arrived.length = 0;
	const batch = { batchSize: 1, batchInterval: 2 ** 31 };
	const step = jwtHttpRequest(credential, `${server.url}/ok`, { options: { batching: { batch } } });
	const failure = coded('DURATION_INVALID', 'Batch Interval');
	expect(await run([{}, {}], step)).toEqual([failure, failure]);
	expect(server.arrived).toEqual([]);
});

describe('values of another kind are errors of their items, and the others go on', () => {
	const odd: unknown[] = [{ a: 1 }, [1], true, null];
	const items = [{ odd: 'name' }, ...odd.map((value) => ({ odd: value })), { odd: 'name' }];

	it('JWT HTTP Request', async () => {
		const body = { sendBody: true, contentType: 'json', method: 'POST' };
		const never = { neverError: '={{ $json.odd === "name" ? true : [$json.odd] }}' };
		const neverError = { options: { response: { response: never } } };
		for (const [label, parameters] of [
			['Method', { method: '={{ $json.odd === "name" ? "get" : $json.odd }}' }],
			[
				'Name',
				{ ...body, bodyParameters: { parameters: [{ name: '={{ $json.odd }}', value: 'x' }] } },
			],
			['Proxy', { options: { proxy: '={{ $json.odd === "name" ? "" : $json.odd }}' } }],
			['Never Error', neverError],
		] as const) {
			const output = await run(items, jwtHttpRequest(credential, `${server.url}/ok`, parameters));
			const failure = coded('FIELD_INVALID', label);
			expect(output).toEqual([{ ok: true }, ...odd.map(() => failure), { ok: true }]);
		}
	});

	it('JWT Sign', async () => {
		const output = await run(items, jwtSign(credential, { outputField: '={{ $json.odd }}' }));
		const failure = coded('FIELD_INVALID', 'Put Output in Field');
		expect(output.slice(1, -1)).toEqual(odd.map(() => failure));
		expect([output[0], output.at(-1)]).toEqual(
			[0, 1].map(() => ({ odd: 'name', name: expect.stringMatching(/^eyJ/) as string })),
		);
	});

	it('JWT Verify', async () => {
		const parameters = {
			keySource: 'secret',
			secret: randomBytes(32).toString('hex'),
			keyEncoding: '={{ $json.odd === "name" ? "utf8" : $json.odd }}',
		};
		const encodings = [...items, { odd: 'HEX' }];
		const invalid = await run(encodings, jwtVerify(parameters), 1);
		const errors = invalid.filter(({ error }) => error !== undefined);
		expect(errors).toEqual([...odd, 'HEX'].map(() => coded('FIELD_INVALID', 'Secret Encoding')));
		expect(invalid.length - errors.length).toBe(2);
	});
});

it('a public key that an expression delivers as an object is a JWK', async () => {
	const [signed] = await run([{}], jwtSign(credential));
	const key = publicKey.export({ format: 'jwk' });
	const items = [key, { keys: [key] }, { a: 1 }].map((value) => ({
		jwt: signed?.token,
		key: value,
	}));
	const parameters = { keySource: 'publicKey', publicKey: '={{ $json.key }}', audience: [] };
	const valid = await run(items.slice(0, 2), jwtVerify(parameters));
	expect(valid.map((item) => item.valid)).toEqual([true, true]);
	const failed = await run(items.slice(2), jwtVerify(parameters), 1);
	expect(failed).toEqual([coded('KEY_JSON_UNKNOWN', '')]);
});
