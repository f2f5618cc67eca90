import { generateKeyPairSync } from 'node:crypto';
import type {
	ICredentialDataDecryptedObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
} from 'n8n-workflow';
import { JwtExchangeApi } from '../../credentials/JwtExchangeApi.credentials';
import { readProof } from '../core/support/proofs';
import { startWebhookServer, type WebhookServer } from '../nodes/support/webhookServer';
import { GLEWLWYD, newClient, startGlewlwyd, type Glewlwyd } from './support/glewlwyd';
import { newKey } from './support/keys';
import { httpRequest } from './support/sending';
import { describeWith } from './support/software';

const API = 'https://orders.example.com';
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const issuerKey = {
	...privateKey.export({ format: 'jwk' }),
	...{ alg: 'ES256', kid: 'issuer', use: 'sig' },
};

describeWith('Glewlwyd with a mandatory nonce in every DPoP proof', GLEWLWYD, () => {
	const clientKey = newKey('ES256');
	const exchanging = new JwtExchangeApi();
	const client = newClient('bound', ['orders'], {
		token_endpoint_auth_method: ['private_key_jwt'],
		pubkey: clientKey.publicPem,
	});
	let issuer: Glewlwyd;
	let webhook: WebhookServer;
	/** What the token endpoint was asked. */
	let asked: IHttpRequestOptions[];

	beforeAll(async () => {
		issuer = await startGlewlwyd({
			keys: [issuerKey],
			clients: [client],
			parameters: {
				'request-parameter-allow': true,
				'client-pubkey-parameter': 'pubkey',
				'request-maximum-exp': 3600,
				'resource-allowed': true,
				'resource-scope': { orders: [API] },
				'oauth-dpop-allowed': true,
				'oauth-dpop-iat-duration': 60,
				'oauth-dpop-nonce-mandatory': true,
				'oauth-dpop-nonce-counter': 3,
			},
		});
	});

	afterAll(async () => await issuer.stop());

	beforeEach(async () => {
		webhook = await startWebhookServer({
			keySource: 'issuer',
			issuerUrl: issuer.issuer,
			audience: [API],
			httpMethod: 'POST',
			checks: { dpop: { proof: { maximumProofAge: 60 } } },
		});
		webhook.httpRequest = async (options) => await httpRequest(options as IHttpRequestOptions);
		asked = [];
	});

	afterEach(async () => await webhook.stop());

	/** A credential in use: gives a request with token and proof, in the order of n8n. */
	function credential() {
		const data: ICredentialDataDecryptedObject = {
			...clientKey.fields,
			grant: 'clientCredentials',
			tokenUrl: issuer.tokenUrl,
			clientId: 'bound',
			scope: 'orders',
			payload: '{}',
			useAdvanced: true,
			useDpop: true,
			resource: API,
			accessToken: '',
			tokenState: '',
		};
		const helper: IHttpRequestHelper = {
			helpers: {
				httpRequest: async (options: IHttpRequestOptions) => {
					asked.push(options);
					return await httpRequest(options);
				},
			},
		};
		return async (): Promise<Record<string, string>> => {
			const request = { url: `${webhook.url}/webhook/orders`, method: 'POST' as const };
			const sent = await exchanging.authenticate(data, request).catch(async () => {
				Object.assign(data, await exchanging.preAuthentication.call(helper, data));
				return await exchanging.authenticate(data, request);
			});
			return sent.headers as Record<string, string>;
		};
	}

	const call = async (headers: Record<string, string>) =>
		await fetch(webhook.url, { method: 'POST', headers });

	it('binds a token to the key of the proof, and a JWT Webhook takes each proof once', async () => {
		const headersOf = credential();
		const first = await headersOf();
		// The first request had no nonce, and was made again with the one that it got.
		expect(asked.map(({ headers }) => readProof(headers?.DPoP).claims.nonce)).toEqual([
			undefined,
			expect.any(String),
		]);
		expect((await call(first)).status).toBe(200);
		const { jkt } = readProof(first.DPoP);
		expect(webhook.runs[0]?.[0]?.[0]?.json).toMatchObject({
			jwtPayload: { client_id: 'bound', cnf: { jkt } },
		});
		expect((await call(await headersOf())).status).toBe(200);
		const again = await call(first);
		expect(again.status).toBe(401);
		expect(again.headers.get('www-authenticate')).toContain('error="invalid_dpop_proof"');
		expect(asked).toHaveLength(2);
	});
});
