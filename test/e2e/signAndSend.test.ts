import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { outputItems, type CredentialRef } from '../../playground/client';
import { startDemoApi, type DemoApi } from '../../playground/demo-api/server';
import { n8nSession } from './support/n8nSession';
import { jwtHttpRequest, jwtSign, stockHttpRequest, workflow } from './support/workflows';

const { client } = n8nSession();
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const USERS = [{ user: 'alice' }, { user: 'bob' }, { user: 'carol' }];

let api: DemoApi;
let credential: CredentialRef;

beforeAll(async () => {
	api = await startDemoApi({ audience: 'demo-api', keys: [{ publicKey }] });
	credential = await client.createCredential({
		name: `Sign ${randomUUID()}`,
		type: 'jwtSignApi',
		data: {
			algorithm: 'RS256',
			// As a one-line password field hands a PEM on: newlines turned to blanks.
			privateKey: String(privateKey.export({ type: 'pkcs1', format: 'pem' })).replace(/\n/g, ' '),
			payload: '{ "iss": "n8n", "sub": "={{ $json.user }}", "aud": "demo-api" }',
		},
	});
});

afterAll(async () => {
	await api.stop();
});

beforeEach(() => {
	api.requests.length = 0;
});

/** What arrived at the API, by subject. */
function arrived() {
	return api.requests.map(({ payload, authenticated, url, method }) => ({
		subject: payload?.sub,
		lifetime: Number(payload?.exp) - Number(payload?.iat),
		authenticated,
		method,
		url,
	}));
}

describe('a signing credential in the real n8n', () => {
	it('signs for each item in the stock HTTP Request node', async () => {
		const run = await client.runWorkflow(
			workflow(USERS, stockHttpRequest(credential, `=${api.url}/orders?user={{ $json.user }}`)),
		);
		expect(run.status).toBe('success');
		expect(outputItems(run.runData, 'HTTP Request').map(({ json }) => json.subject)).toEqual([
			'alice',
			'bob',
			'carol',
		]);
		expect(arrived().sort((a, b) => String(a.url).localeCompare(String(b.url)))).toEqual(
			['alice', 'bob', 'carol'].map((subject) => ({
				subject,
				lifetime: 3600,
				authenticated: true,
				method: 'GET',
				url: `/orders?user=${subject}`,
			})),
		);
	});

	it('signs for each item in JWT HTTP Request, with claims of the item on top', async () => {
		const run = await client.runWorkflow(
			workflow(
				USERS,
				jwtHttpRequest(credential, `${api.url}/orders`, {
					method: 'POST',
					sendBody: true,
					specifyBody: 'json',
					jsonBody: '={{ JSON.stringify({ by: $json.user, text: "Grüße" }) }}',
					claims: { expiresIn: '10m', customClaims: { claim: [{ name: 'role', value: 'x' }] } },
				}),
			),
		);
		expect(run.status).toBe('success');
		const items = outputItems(run.runData, 'JWT HTTP Request');
		expect(items.map(({ json }) => json.subject)).toEqual(['alice', 'bob', 'carol']);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
		expect(
			arrived().every(({ lifetime, authenticated }) => lifetime === 600 && authenticated),
		).toBe(true);
		expect(api.requests.map(({ payload }) => payload?.role)).toEqual(['x', 'x', 'x']);
		const bodies = api.requests.map(({ body }) => JSON.parse(String(body)) as unknown);
		expect(bodies).toContainEqual({ by: 'alice', text: 'Grüße' });
	});

	it('signs several hundred items in one run of JWT Sign, each with its own subject', async () => {
		const items = Array.from({ length: 300 }, (_, index) => ({ user: `user-${index}` }));
		const run = await client.runWorkflow(
			workflow(items, jwtSign(credential, { options: { includeDecoded: true } })),
		);
		expect(run.error).toBeUndefined();
		const output = outputItems(run.runData, 'JWT Sign');
		expect(output.map(({ json }) => json.decoded.payload.sub)).toEqual(
			items.map(({ user }) => user),
		);
		expect(output.map(({ pairedItem }) => pairedItem.item)).toEqual(items.map((_, index) => index));
		expect(new Set(output.map(({ json }) => json.token)).size).toBe(300);
	});

	it('writes the claims of the form under their real names', async () => {
		const run = await client.runWorkflow(
			workflow(
				[{}],
				jwtSign(credential, {
					claims: {
						issuer: 'i',
						subject: 's',
						audience: ['a', 'b'],
						expiresIn: '90s',
						notBefore: '2026-01-01T00:00:00Z',
						jwtId: 'j',
					},
					options: { includeDecoded: true, headerParameters: '{ "typ": "at+jwt" }' },
				}),
			),
		);
		const [item] = outputItems(run.runData, 'JWT Sign');
		const { header, payload } = item?.json.decoded ?? {};
		expect(payload).toEqual({
			iss: 'i',
			sub: 's',
			aud: ['a', 'b'],
			nbf: 1767225600,
			jti: 'j',
			iat: expect.any(Number),
			exp: payload.iat + 90,
		});
		expect(header).toEqual({ alg: 'RS256', typ: 'at+jwt' });
	});

	it('can put the token into a query parameter', async () => {
		const query = await client.createCredential({
			name: `Query ${randomUUID()}`,
			type: 'jwtSignApi',
			data: {
				algorithm: 'RS256',
				privateKey: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
				payload: '{ "sub": "x", "aud": "demo-api" }',
				useAdvanced: true,
				placement: 'query',
				queryParameter: 'jwt',
			},
		});
		const run = await client.runWorkflow(
			workflow(
				[{}],
				jwtHttpRequest(query, `${api.url}/a?b=1`, {
					options: { response: { response: { neverError: true } } },
				}),
				stockHttpRequest(query, `${api.url}/a?b=1`, {
					options: { response: { response: { neverError: true } } },
				}),
			),
		);
		expect(run.status).toBe('success');
		const urls = api.requests.map(({ url }) => url);
		expect(urls).toHaveLength(2);
		for (const url of urls) expect(url).toMatch(/^\/a\?b=1&jwt=[\w-]+\.[\w-]+\.[\w-]+$/);
	});
});

describe('a token credential in the real n8n', () => {
	const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

	it('sends the token in the stock node and in ours, without its pasted "Bearer"', async () => {
		const token = `${part({ alg: 'RS256' })}.${part({ sub: 'someone' })}.c2lnbmF0dXJl`;
		const stored = await client.createCredential({
			name: `Token ${randomUUID()}`,
			type: 'jwtTokenApi',
			data: { token: ` Bearer ${token}\n`, headerName: 'X-Token', headerPrefix: 'JWT' },
		});
		const neverError = { options: { response: { response: { neverError: true } } } };
		await client.runWorkflow(
			workflow(
				[{}],
				stockHttpRequest(stored, api.url, neverError),
				jwtHttpRequest(stored, api.url, neverError),
			),
		);
		expect(api.requests.map(({ headers }) => headers['x-token'])).toEqual([
			`JWT ${token}`,
			`JWT ${token}`,
		]);
	});

	it('refuses an expired token before anything is sent', async () => {
		const stored = await client.createCredential({
			name: `Expired ${randomUUID()}`,
			type: 'jwtTokenApi',
			data: { token: `${part({ alg: 'RS256' })}.${part({ exp: 1700000000 })}.c2lnbmF0dXJl` },
		});
		for (const step of [stockHttpRequest(stored, api.url), jwtHttpRequest(stored, api.url)]) {
			const run = await client.runWorkflow(workflow([{}], step));
			expect(run.status).toBe('error');
			expect(run.rawText).toContain('The token expired at 2023-11-14T22:13:20.000Z.');
			expect(run.rawText).toContain('[TOKEN_EXPIRED]');
		}
		expect(api.requests).toEqual([]);
	});
});
