import { spawn, type ChildProcess } from 'node:child_process';
import { generateKeyPairSync, randomBytes, randomUUID, type KeyObject } from 'node:crypto';
import path from 'node:path';
import readline from 'node:readline';
import { outputItems, type CredentialRef } from '../../playground/client';
import { SENDER_NAMES, SENDERS } from './support/exchangeFixtures';
import { n8nSession } from './support/n8nSession';
import { servePair, type Arrived } from './support/tokenServer';
import { gitHub, google, salesforce } from './support/vendors';
import { workflow } from './support/workflows';

const { client } = n8nSession();

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const ed = generateKeyPairSync('ed25519');

const pem = (key: KeyObject) => String(key.export({ type: 'pkcs8', format: 'pem' }));

async function exchanging(data: Record<string, unknown>): Promise<CredentialRef> {
	return await client.createCredential({
		name: `Service ${randomUUID()}`,
		type: 'jwtExchangeApi',
		data,
	});
}

describe('oidc-provider, a certified OpenID provider', () => {
	/** A client whose assertions may have no audience but the issuer. */
	const ISSUER_ONLY = 'client-issuer-only';
	const secret = randomBytes(32).toString('base64url');
	let child: ChildProcess;
	let url: string;

	const client_ = (client_id: string, more: Record<string, unknown>) => ({
		client_id,
		grant_types: ['client_credentials', 'urn:ietf:params:oauth:grant-type:jwt-bearer'],
		redirect_uris: [],
		response_types: [],
		scope: 'orders:read',
		...more,
	});
	const withKey = (alg: string, publicKey: KeyObject, id = `client-${alg}`) =>
		client_(id, {
			token_endpoint_auth_method: 'private_key_jwt',
			token_endpoint_auth_signing_alg: alg,
			jwks: { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'key-1', use: 'sig', alg }] },
		});

	beforeAll(async () => {
		const clients = [
			withKey('RS256', rsa.publicKey),
			withKey('PS256', rsa.publicKey),
			withKey('ES256', ec.publicKey),
			withKey('EdDSA', ed.publicKey),
			withKey('ES256', ec.publicKey, ISSUER_ONLY),
			client_('client-HS256', {
				token_endpoint_auth_method: 'client_secret_jwt',
				token_endpoint_auth_signing_alg: 'HS256',
				client_secret: secret,
			}),
		];
		const script = path.join(__dirname, 'support', 'oidcProvider.js');
		const started = spawn(
			process.execPath,
			[script, JSON.stringify({ clients, scopes: ['orders:read'], issuerOnly: [ISSUER_ONLY] })],
			{ stdio: ['ignore', 'pipe', 'ignore'] },
		);
		child = started;
		const [line] = await new Promise<string[]>((resolve) => {
			readline.createInterface({ input: started.stdout }).once('line', (text) => resolve([text]));
		});
		({ url } = JSON.parse(line ?? '{}') as { url: string });
	});

	afterAll(() => {
		child.kill();
	});

	const keys: Record<string, Record<string, unknown>> = {
		RS256: { privateKey: pem(rsa.privateKey) },
		PS256: { privateKey: pem(rsa.privateKey) },
		ES256: { privateKey: pem(ec.privateKey) },
		EdDSA: { privateKey: pem(ed.privateKey) },
		HS256: { secret },
	};
	const settings = (algorithm: string) => ({
		grant: 'clientCredentials',
		tokenUrl: `${url}/token`,
		clientId: `client-${algorithm}`,
		algorithm,
		...(algorithm === 'HS256' ? {} : { keyId: 'key-1' }),
		scope: 'orders:read',
		...keys[algorithm],
	});

	it.each(['RS256', 'PS256', 'ES256', 'EdDSA', 'HS256'])(
		'gives a token for client credentials with a JWT signed by %s',
		async (algorithm) => {
			const credential = await exchanging(settings(algorithm));
			for (const node of SENDER_NAMES) {
				const step = SENDERS[node](credential, `${url}/api`);
				const { runData } = await client.runWorkflow(workflow([{}], step));
				expect(outputItems(runData, node).map(({ json }) => json)).toEqual([
					{ client: `client-${algorithm}`, scope: 'orders:read', subject: null },
				]);
			}
		},
	);

	it('gives a token for a JWT bearer grant with a client assertion beside it', async () => {
		const credential = await exchanging({
			...settings('ES256'),
			grant: 'jwtBearer',
			payload: '{ "sub": "={{ $json.user }}" }',
			useAdvanced: true,
			clientAssertion: true,
		});
		const step = SENDERS['HTTP Request'](credential, `${url}/api`);
		const { runData } = await client.runWorkflow(workflow([{ user: 'a' }, { user: 'b' }], step));
		expect(outputItems(runData, 'HTTP Request').map(({ json }) => json.subject)).toEqual([
			'a',
			'b',
		]);
	});

	it('takes its issuer, found by discovery, as the audience, and no other', async () => {
		const data = { ...settings('ES256'), clientId: ISSUER_ONLY, useAdvanced: true };
		const byDiscovery = await exchanging({ ...data, assertionAudience: 'issuer' });
		for (const node of SENDER_NAMES) {
			const step = SENDERS[node](byDiscovery, `${url}/api`);
			const { runData } = await client.runWorkflow(workflow([{}], step));
			expect(outputItems(runData, node).map(({ json }) => json.client)).toEqual([ISSUER_ONLY]);
		}
		const elsewhere = { ...settings('ES256'), payload: '{ "aud": "https://other.example.com" }' };
		for (const refused of [data, elsewhere]) {
			const { status, message } = await client.testCredential(await exchanging(refused));
			expect({ status, message }).toEqual({
				status: 'Error',
				message: expect.stringContaining('invalid_client'),
			});
		}
		const refusals = (await (await fetch(`${url}/refusals`)).json()) as string[];
		expect(refusals.slice(-2)).toEqual([
			'audience (aud) must be the issuer identifier alone',
			'audience (aud) must equal the endpoint url, issuer identifier or token endpoint url',
		]);
	});

	it('refuses a jti it has seen: by default every assertion has a new one', async () => {
		const fresh = await exchanging(settings('ES256'));
		const repeated = await exchanging({
			...settings('ES256'),
			payload: `{ "jti": "${randomUUID()}" }`,
		});
		const outcomes = [];
		for (const credential of [fresh, fresh, repeated, repeated]) {
			outcomes.push((await client.testCredential(credential)).status);
		}
		expect(outcomes).toEqual(['OK', 'OK', 'OK', 'Error']);
	});
});

describe('services with ways of their own', () => {
	const pair = servePair();

	async function send(
		credential: CredentialRef,
		url = `${pair.api.url}/x`,
		count = 2,
	): Promise<Arrived[]> {
		const items = Array.from({ length: count }, () => ({}));
		for (const node of SENDER_NAMES) {
			const { status, error } = await client.runWorkflow(
				workflow(items, SENDERS[node](credential, url)),
			);
			expect(error?.message).toBe(undefined);
			expect(status).toBe('success');
		}
		return pair.api.requests;
	}

	it('GitHub: the JWT as Bearer, an installation token with a date of expiry', async () => {
		pair.token.answer = gitHub(rsa.publicKey, 'Iv1.abc');
		const credential = await exchanging({
			grant: 'custom',
			tokenUrl: `${pair.token.url}/app/installations/42/access_tokens`,
			algorithm: 'RS256',
			privateKey: String(rsa.privateKey.export({ type: 'pkcs1', format: 'pem' })),
			payload: '{ "iss": "Iv1.abc" }',
			expiresIn: '10m',
			bodyParameters: '{ "repositories": ["hello"] }',
			responseField: 'token',
			expiryField: 'expires_at',
			useAdvanced: true,
			backdateIat: 60,
		});
		const sent = await send(credential);
		expect(sent).toHaveLength(4);
		expect(sent[0]?.headers.authorization).toMatch(/^Bearer ghs_/);
		expect(pair.token.requests.map(({ body }) => body)).toEqual(['{"repositories":["hello"]}']);
	});

	it('GitHub: an app JWT of 20 minutes is refused, with its words and what to do', async () => {
		pair.token.answer = gitHub(rsa.publicKey, 'Iv1.abc');
		const credential = await exchanging({
			grant: 'custom',
			tokenUrl: `${pair.token.url}/app/installations/42/access_tokens`,
			privateKey: pem(rsa.privateKey),
			payload: '{ "iss": "Iv1.abc" }',
			expiresIn: '20m',
			responseField: 'token',
		});
		const { message } = await client.testCredential(credential);
		expect(message).toMatch(/too far in the future.*docs\.github\.com.*Expires In/s);
	});

	it('Google: scope in the assertion, aud = Token URL, key file as downloaded', async () => {
		pair.token.answer = google(rsa.publicKey, () => `${pair.token.url}/token`);
		const account = {
			type: 'service_account',
			private_key_id: 'abc123',
			private_key: pem(rsa.privateKey),
			client_email: 'bot@project.iam.gserviceaccount.com',
			token_uri: `${pair.token.url}/token`,
		};
		const data = {
			tokenUrl: `${pair.token.url}/token`,
			privateKey: JSON.stringify(account),
			payload: JSON.stringify({ iss: account.client_email, scope: 'https://example.com/auth/x' }),
		};
		const sent = await send(await exchanging(data));
		expect(sent).toHaveLength(4);
		expect(sent[0]?.headers.authorization).toMatch(/^Bearer ya29\./);
		expect(pair.token.requests).toHaveLength(1);

		const forIap = await exchanging({
			...data,
			payload: JSON.stringify({
				iss: account.client_email,
				target_audience: 'https://iap.example',
			}),
			useAdvanced: true,
			responseField: 'id_token',
		});
		await send(forIap);
		expect(pair.api.requests[4]?.headers.authorization).toMatch(/^Bearer eyJ/);
		expect(pair.token.requests).toHaveLength(2);
	});

	it('Salesforce: no expiry, and relative URLs on the instance in JWT HTTP Request', async () => {
		pair.token.answer = salesforce(rsa.publicKey, () => `${pair.api.url}/`);
		const data = {
			tokenUrl: `${pair.token.url}/services/oauth2/token`,
			privateKey: pem(rsa.privateKey),
			payload: JSON.stringify({
				iss: 'consumer-key',
				sub: 'approved@example.com',
				aud: 'https://login.salesforce.com',
			}),
			expiresIn: '3m',
			useAdvanced: true,
			fallbackLifetime: '30m',
			baseUrlField: 'instance_url',
		};
		const credential = await exchanging(data);
		const step = SENDERS['JWT HTTP Request'](credential, '/services/data/v60.0/limits');
		const { status } = await client.runWorkflow(workflow([{}, {}], step));
		expect(status).toBe('success');
		expect(pair.api.requests.map(({ path: asked }) => asked)).toEqual([
			'/services/data/v60.0/limits',
			'/services/data/v60.0/limits',
		]);
		expect(pair.token.requests).toHaveLength(1);

		const stranger = await exchanging({
			...data,
			payload: data.payload.replace('approved@', 'stranger@'),
		});
		expect((await client.testCredential(stranger)).message).toMatch(
			/approved this consumer.*pre-authorized/s,
		);
	});
});
