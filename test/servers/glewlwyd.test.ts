import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { IHttpRequestOptions } from 'n8n-workflow';
import { startWebhookServer, type WebhookServer } from '../nodes/support/webhookServer';
import {
	GLEWLWYD,
	newClient,
	startGlewlwyd,
	type Glewlwyd,
	type IssuerKey,
} from './support/glewlwyd';
import { httpRequest } from './support/sending';
import { describeWith } from './support/software';

const ORDERS = 'https://orders.example.com';
const INVOICES = 'https://invoices.example.com';

const jwk = (key: KeyObject, alg: string): IssuerKey => ({
	...key.export({ format: 'jwk' }),
	...{ alg, kid: `key-${alg}`, use: 'sig' },
});

const rsa = () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const ec = (namedCurve: string) => generateKeyPairSync('ec', { namedCurve }).privateKey;

/** All that this Glewlwyd says it signs with. */
const keys = [
	...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'].map((alg) => jwk(rsa(), alg)),
	jwk(ec('P-256'), 'ES256'),
	jwk(ec('P-384'), 'ES384'),
	jwk(ec('P-521'), 'ES512'),
	jwk(generateKeyPairSync('ed25519').privateKey, 'EdDSA'),
];

describeWith('Glewlwyd as an issuer, of which a JWT Webhook knows the name alone', GLEWLWYD, () => {
	const writer = newClient('writer', ['orders']);
	const reader = newClient('reader', ['catalogue']);
	let issuer: Glewlwyd;
	let webhook: WebhookServer;
	let asked: string[];

	beforeAll(async () => {
		issuer = await startGlewlwyd({
			keys,
			clients: [writer, reader],
			parameters: {
				'resource-allowed': true,
				'resource-scope': { orders: [ORDERS, INVOICES], catalogue: [ORDERS] },
			},
		});
	});

	afterAll(async () => await issuer.stop());

	beforeEach(async () => {
		webhook = await startWebhookServer({
			keySource: 'issuer',
			issuerUrl: issuer.issuer,
			audience: [ORDERS],
			checks: { requiredScopes: 'orders', type: 'at+jwt' },
		});
		asked = [];
		webhook.httpRequest = async (options) => {
			asked.push(options.url);
			return await httpRequest(options as IHttpRequestOptions);
		};
	});

	afterEach(async () => await webhook.stop());

	const call = async (token: string) => {
		const response = await fetch(webhook.url, { headers: { authorization: `Bearer ${token}` } });
		const challenge = response.headers.get('www-authenticate') ?? '';
		return { status: response.status, challenge, body: await response.text() };
	};

	const tokenOf = async (client = writer, resource = ORDERS) =>
		await issuer.accessToken(client, { resource });

	it.each(keys)('is taken at its word for $alg', async (key) => {
		await issuer.changeKeys([key, ...keys.filter((other) => other !== key)]);
		const { status, body } = await call(await tokenOf());
		expect({ status, body }).toMatchObject({ status: 200 });
		expect(webhook.runs[0]?.[0]?.[0]?.json).toMatchObject({
			jwtPayload: { iss: issuer.issuer, client_id: 'writer', aud: ORDERS, scope: 'orders' },
			jwt: { keyId: key.kid, header: { alg: key.alg, typ: 'at+jwt' } },
		});
		await issuer.changeKeys(keys);
	});

	it('has tokens refused that are for others, that may do less and that were changed', async () => {
		const token = await tokenOf();
		expect(await call(token)).toMatchObject({ status: 200 });
		expect(await call(await tokenOf(writer, INVOICES))).toMatchObject({
			status: 401,
			challenge: expect.stringContaining('another audience'),
		});
		expect(await call(await tokenOf(reader))).toMatchObject({
			status: 403,
			challenge: 'Bearer error="insufficient_scope", scope="orders"',
		});
		const [header, payload, signature = ''] = token.split('.');
		const changed = [header, payload, signature.split('').reverse().join('')].join('.');
		expect(await call(changed)).toMatchObject({ status: 401 });
		expect(webhook.runs).toHaveLength(1);
	});

	it('may change its keys while calls come in', async () => {
		const [first, second, third] = ['one', 'two', 'three'].map((kid) => ({
			...jwk(ec('P-256'), 'ES256'),
			kid,
		})) as [IssuerKey, IssuerKey, IssuerKey];
		await issuer.changeKeys([first]);
		const tokens = [await tokenOf()];
		expect(await call(tokens[0] ?? '')).toMatchObject({ status: 200 });
		const fetched = asked.length;
		for (const pair of [
			[second, first],
			[third, second],
		]) {
			const during = Promise.all(tokens.slice(-1).map(call));
			await issuer.changeKeys(pair);
			tokens.push(await tokenOf());
			// Tokens of the key before and of the new one, side by side.
			const calls = Array.from({ length: 20 }, (_, n) => tokens.at(-1 - (n % 2)) ?? '');
			const answers = [...(await during), ...(await Promise.all(calls.map(call)))];
			expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
		}
		// One look for each change, however many calls were waiting for it.
		expect(asked).toHaveLength(fetched + 2);
		expect(await call(tokens[0] ?? '')).toMatchObject({ status: 401 });
		await issuer.changeKeys(keys);
	});
});
