import { createPublicKey, generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto';
import { outputItems, type CredentialRef, type WorkflowRun } from '../../playground/client';
import { part, signByHand } from '../core/support/tokens';
import { exampleWorkflow } from './support/examples';
import { startKeyServer, type KeyServer } from './support/keyServer';
import { n8nSession } from './support/n8nSession';
import { startOidcIssuer, type OidcIssuer } from './support/startOidcIssuer';
import { jwtSign, jwtVerify, workflow } from './support/workflows';

const { client } = n8nSession();
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const publicPem = String(publicKey.export({ type: 'spki', format: 'pem' }));
const seconds = () => Math.floor(Date.now() / 1000);

const token = (claims: object = {}, key: KeyObject = privateKey, header: object = {}) =>
	signByHand(
		{ alg: 'RS256', ...header },
		{ sub: 'alice', aud: 'demo-api', exp: seconds() + 300, ...claims },
		key,
		'RS256',
	);

let credential: CredentialRef;

beforeAll(async () => {
	credential = await client.createCredential({
		name: `Verify ${randomUUID()}`,
		type: 'jwtSignApi',
		data: {
			algorithm: 'RS256',
			privateKey: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
			payload: '{ "iss": "n8n", "sub": "={{ $json.user }}", "aud": "demo-api" }',
		},
	});
});

const valid = (run: WorkflowRun) =>
	outputItems(run.runData, 'JWT Verify', 0).map(({ json }) => json);
const invalid = (run: WorkflowRun) =>
	outputItems(run.runData, 'JWT Verify', 1).map(({ json }) => json);

const pasted = { keySource: 'publicKey', publicKey: publicPem };

describe('a guarded webhook', () => {
	let address: string;

	beforeAll(async () => {
		const path = `guarded-${randomUUID()}`;
		const guard = exampleWorkflow('guard-a-webhook.json', [credential], { 'jwt-guarded': path });
		const { id } = await client.createWorkflow(guard);
		await client.activateWorkflow(String(id));
		address = `${client.url}/webhook/${path}`;
	});

	it('lets a good token through', async () => {
		const response = await fetch(address, { headers: { authorization: `Bearer ${token()}` } });
		expect(response.status).toBe(200);
		expect(await response.json()).toEqual({ hello: 'alice', expiresInSeconds: expect.any(Number) });
	});

	const expired = 1_700_000_000;
	it.each([
		[
			'an expired token',
			token({ exp: expired }),
			'TOKEN_EXPIRED',
			'expired at 2023-11-14T22:13:20.000Z',
		],
		[
			'a foreign token',
			token({}, foreign),
			'SIGNATURE_INVALID',
			'signature of the token does not verify',
		],
		['a token for somebody else', token({ aud: 'x' }), 'AUDIENCE_MISMATCH', 'for another audience'],
		['a broken token', token().replace('.', ''), 'TOKEN_MALFORMED', 'not a JWT'],
		['something else', 'what is this', 'TOKEN_MALFORMED', 'not a JWT'],
	])('answers 401 and the reason to %s', async (_name, sent, reason, words) => {
		const response = await fetch(address, { headers: { authorization: `Bearer ${sent}` } });
		expect(response.status).toBe(401);
		expect(response.headers.get('www-authenticate')).toMatch(
			/^Bearer error="invalid_token", error_description="[^"]+"$/,
		);
		expect(response.headers.get('www-authenticate')).toContain(words);
		expect(await response.json()).toMatchObject({ reason });
	});

	it('asks for a token where there is none', async () => {
		const response = await fetch(address);
		expect(response.status).toBe(401);
		expect(response.headers.get('www-authenticate')).toBe('Bearer');
	});
});

describe('published keys', () => {
	it('let another workflow verify, and hold nothing private', async () => {
		const path = `jwks-${randomUUID()}`;
		const publish = exampleWorkflow('publish-jwks.json', [credential], { 'jwks.json': path });
		const { id } = await client.createWorkflow(publish);
		await client.activateWorkflow(String(id));
		const address = `${client.url}/webhook/${path}`;

		const set = (await (await fetch(address)).json()) as { keys: Array<Record<string, string>> };
		const { n, e } = publicKey.export({ format: 'jwk' });
		expect(set).toEqual({
			keys: [
				{ kty: 'RSA', n, e, kid: expect.stringMatching(/^[\w-]{43}$/), use: 'sig', alg: 'RS256' },
			],
		});

		const run = await client.runWorkflow(
			exampleWorkflow('verify-with-jwks.json', [credential], {
				'http://127.0.0.1:5678/webhook/jwks.json': address,
			}),
		);
		expect(run.status).toBe('success');
		expect(valid(run)).toEqual([
			expect.objectContaining({
				valid: true,
				user: 'alice',
				payload: expect.objectContaining({ sub: 'alice', aud: 'demo-api' }),
				keyId: set.keys[0]?.kid,
				thumbprint: set.keys[0]?.kid,
			}),
		]);
		expect(invalid(run)).toEqual([]);
	});

	it('are not to be had of a shared secret', async () => {
		const secret = await client.createCredential({
			name: `Secret ${randomUUID()}`,
			type: 'jwtSignApi',
			data: {
				algorithm: 'HS256',
				privateKey: '',
				secret: 'a secret that is long enough for SHA-256',
				payload: '{ "sub": "x" }',
			},
		});
		const run = await client.runWorkflow(
			workflow([{}], jwtSign(secret, { operation: 'getPublicJwks' })),
		);
		expect(run.status).toBe('error');
		expect(run.rawText).toContain('A shared secret was found; it has no public key.');
	});
});

describe('tokens of an OpenID Connect issuer', () => {
	let oidc: OidcIssuer;
	beforeAll(async () => {
		oidc = await startOidcIssuer();
	});
	afterAll(async () => {
		await oidc.stop();
	});

	it('are verified by its name alone', async () => {
		const items = [{ jwt: await oidc.accessToken('orders:read') }, { jwt: token() }];
		const parameters = { keySource: 'issuer', issuerUrl: oidc.issuer, audience: [oidc.audience] };
		const checks = { typ: 'at+jwt', requiredScopes: 'orders:read' };
		const run = await client.runWorkflow(workflow(items, jwtVerify({ ...parameters, checks })));
		expect(run.status).toBe('success');
		expect(valid(run)).toEqual([
			expect.objectContaining({
				header: expect.objectContaining({ typ: 'at+jwt', kid: 'issuer-key-0' }),
				payload: expect.objectContaining({ iss: oidc.issuer, aud: oidc.audience }),
				keyId: 'issuer-key-0',
			}),
		]);
		expect(invalid(run)).toEqual([expect.objectContaining({ reason: 'SIGNATURE_INVALID' })]);

		const write = { ...checks, requiredScopes: 'orders:write' };
		const narrow = workflow(items, jwtVerify({ ...parameters, checks: write }));
		expect(invalid(await client.runWorkflow(narrow))[0]).toMatchObject({ reason: 'SCOPE_MISSING' });
	});

	it('need an audience, since it signs for others too', async () => {
		const items = [{ jwt: await oidc.accessToken('orders:read') }];
		const parameters = { keySource: 'issuer', issuerUrl: oidc.issuer };
		const run = await client.runWorkflow(workflow(items, jwtVerify(parameters)));
		expect(run.status).toBe('error');
		expect(run.rawText).toContain('[AUDIENCE_REQUIRED]');
		const any = { ...parameters, options: { anyAudience: true } };
		expect(valid(await client.runWorkflow(workflow(items, jwtVerify(any))))).toHaveLength(1);
	});

	it('are not verified under another name for the same server', async () => {
		const parameters = { keySource: 'issuer', issuerUrl: `${oidc.issuer}/`, audience: ['x'] };
		const run = await client.runWorkflow(workflow([{ jwt: token() }], jwtVerify(parameters)));
		expect(run.status).toBe('error');
		expect(run.rawText).toContain('[DISCOVERY_FAILED]');
	});
});

describe('keys behind an address', () => {
	const jwk = (key: KeyObject, kid: string) => ({
		...createPublicKey(key).export({ format: 'jwk' }),
		kid,
	});
	let server: KeyServer;

	beforeEach(async () => {
		server = await startKeyServer([jwk(privateKey, 'old')]);
	});
	afterEach(async () => {
		await server.stop();
	});

	const verify = async (
		items: Array<{ jwt: string }>,
		extra: object = {},
		options: object = {},
	) => {
		const keys = { keySource: 'jwksUrl', jwksUrl: server.url, audience: ['demo-api'], options };
		return await client.runWorkflow(workflow(items, jwtVerify(keys, extra)));
	};

	it('are fetched once, and once more when they were rotated', async () => {
		const old = { jwt: token({}, privateKey, { kid: 'old' }) };
		expect(valid(await verify(Array.from({ length: 50 }, () => old)))).toHaveLength(50);
		expect(valid(await verify([old]))).toHaveLength(1);
		expect(server.asked).toBe(1);

		server.keys = [jwk(foreign, 'new')];
		const rotated = await verify([{ jwt: token({}, foreign, { kid: 'new' }) }]);
		expect(valid(rotated)).toEqual([expect.objectContaining({ keyId: 'new' })]);
		expect(invalid(await verify([old]))).toEqual([
			expect.objectContaining({ reason: 'KEY_NOT_FOUND' }),
		]);
		expect(server.asked).toBe(2);
	});

	it('are fetched for keys that are changed twice within the cool-down', async () => {
		await verify([{ jwt: token({}, privateKey, { kid: 'old' }) }]);
		for (const [key, kid] of [
			[foreign, 'second'],
			[privateKey, 'third'],
		] as const) {
			server.keys = [jwk(key, kid)];
			const run = await verify([{ jwt: token({}, key, { kid }) }]);
			expect(valid(run)).toEqual([expect.objectContaining({ keyId: kid })]);
		}
		expect(server.asked).toBe(3);
	});

	it('are fetched once for 200 tokens with unknown kids', async () => {
		const items = Array.from({ length: 200 }, (_, index) => ({
			jwt: token({}, foreign, { kid: `unknown-${index}` }),
		}));
		const run = await verify(items, {}, { coolDown: 3600 });
		expect(invalid(run).map(({ reason }) => reason)).toEqual(items.map(() => 'KEY_NOT_FOUND'));
		// The first fetch is for the keys themselves.
		expect(server.asked).toBe(2);
	});

	it.each([
		['<!DOCTYPE html>', 'JWKS_INVALID', ['a web page (HTML)']],
		['-----BEGIN PUBLIC KEY-----', 'JWKS_INVALID', ['PEM text']],
		[403, 'JWKS_UNREACHABLE', ['answered 403', 'may pass']],
		[429, 'JWKS_UNREACHABLE', ['answered 429', 'may pass']],
	])('that are none are named: %s', async (published, code, words) => {
		server.keys = published;
		const { rawText } = await verify([{ jwt: token() }]);
		expect(rawText).toContain(`[${code}]`);
		for (const word of words) expect(rawText).toContain(word);
	});

	it('are found by kid in a set of any size, behind a byte order mark', async () => {
		const set = Array.from({ length: 150 }, (_, index) => jwk(foreign, `other-${index}`));
		server.keys = `\uFEFF${JSON.stringify({ keys: [...set, jwk(privateKey, 'mine')] })}`;
		const run = await verify([{ jwt: token({}, privateKey, { kid: 'mine' }) }]);
		expect(valid(run)).toEqual([expect.objectContaining({ keyId: 'mine' })]);
	});

	it('that cannot be had are an error, whatever the workflow does with errors', async () => {
		server.keys = 503;
		const items = [{ jwt: token() }];
		const stopped = await verify(items);
		expect(stopped.status).toBe('error');
		expect(stopped.rawText).toContain('[JWKS_UNREACHABLE]');

		const continued = await verify(items, { onError: 'continueRegularOutput' });
		expect(valid(continued)).toEqual([]);
		expect(invalid(continued)).toEqual([
			expect.objectContaining({ error: expect.stringContaining('[JWKS_UNREACHABLE]') }),
		]);

		const routed = await verify(items, { onError: 'continueErrorOutput' });
		expect([valid(routed), invalid(routed)]).toEqual([[], []]);
		expect(outputItems(routed.runData, 'JWT Verify', 2)).toHaveLength(1);
	});
});

describe('what leaves the node', () => {
	it('is the verdict beside the fields of the item, which cannot pass for it', async () => {
		const items = [
			{ jwt: token({ iat: seconds() - 5 }), order: 1 },
			{ jwt: token({}, foreign), order: 2, valid: true, payload: { sub: 'admin' } },
		];
		const run = await client.runWorkflow(workflow(items, jwtVerify(pasted)));
		expect(valid(run)).toEqual([
			{
				...items[0],
				valid: true,
				header: { alg: 'RS256' },
				payload: expect.objectContaining({ sub: 'alice' }),
				keyId: null,
				thumbprint: expect.stringMatching(/^[\w-]{43}$/),
				issuedAt: expect.stringMatching(/^20\d\d-.*Z$/),
				notBefore: null,
				expiresAt: expect.stringMatching(/^20\d\d-.*Z$/),
				expiresInSeconds: expect.any(Number),
			},
		]);
		expect(invalid(run)).toEqual([
			{
				jwt: items[1]?.jwt,
				order: 2,
				valid: false,
				reason: 'SIGNATURE_INVALID',
				message: 'The signature of the token does not verify.',
				hint: expect.stringMatching(/^Check that the key or the secret is the one/),
				header: { alg: 'RS256' },
				statusCode: 401,
				wwwAuthenticate:
					'Bearer error="invalid_token", error_description="The signature of the token does not verify."',
			},
		]);
		expect(outputItems(run.runData, 'JWT Verify', 1)[0]?.pairedItem).toEqual({ item: 1 });
	});

	it('tells how to answer a token without the scope, and what is for whom', async () => {
		const scoped = { ...pasted, checks: { requiredScopes: 'orders:write' } };
		const narrow = await client.runWorkflow(workflow([{ jwt: token() }], jwtVerify(scoped)));
		expect(invalid(narrow)).toEqual([
			expect.objectContaining({
				reason: 'SCOPE_MISSING',
				statusCode: 403,
				wwwAuthenticate: 'Bearer error="insufficient_scope", scope="orders:write"',
			}),
		]);
		const other = { ...pasted, audience: ['other-api'] };
		const run = await client.runWorkflow(workflow([{ jwt: token() }], jwtVerify(other)));
		expect(invalid(run)[0]).toMatchObject({
			message: 'The token is for "demo-api", wanted is "other-api".',
			wwwAuthenticate: expect.stringMatching(/description="The token is for another audience"$/),
		});
	});

	it('holds long numbers digit by digit, and is found under names with dots', async () => {
		const claims =
			`{"aud":"demo-api","exp":${seconds() + 300},"uid":123456789012345677,` +
			'"https://hasura.io/jwt/claims":{"x-hasura-default-role":"user"}}';
		const jwt = signByHand({ alg: 'RS256' }, claims, privateKey, 'RS256');
		const requiring = async (name: string, value: string) =>
			await client.runWorkflow(
				workflow(
					[{ jwt: `Authorization: Bearer ${jwt}\n` }],
					jwtVerify({
						...pasted,
						checks: { requiredClaims: { claim: [{ name, condition: 'equals', value }] } },
					}),
				),
			);
		const rounded = await requiring('uid', '123456789012345680');
		expect(invalid(rounded)).toEqual([expect.objectContaining({ reason: 'CLAIM_MISMATCH' })]);
		const role = '["https://hasura.io/jwt/claims"].x-hasura-default-role';
		for (const run of [
			await requiring('uid', '123456789012345677'),
			await requiring(role, 'user'),
		]) {
			expect(valid(run)).toEqual([
				expect.objectContaining({
					payload: expect.objectContaining({ uid: '123456789012345677' }),
				}),
			]);
		}
	});

	it('forgives five seconds of another clock', async () => {
		const items = [
			{ jwt: token({ iat: seconds() + 4 }) },
			{ jwt: token({ iat: seconds() + 600 }) },
		];
		const run = await client.runWorkflow(workflow(items, jwtVerify(pasted)));
		expect(valid(run)).toHaveLength(1);
		expect(invalid(run)).toEqual([expect.objectContaining({ reason: 'ISSUED_IN_FUTURE' })]);
	});

	it('can be an error instead', async () => {
		const parameters = { ...pasted, options: { onInvalid: 'throw' } };
		const run = await client.runWorkflow(
			workflow([{ jwt: token({ exp: 1 }) }], jwtVerify(parameters)),
		);
		expect(run.status).toBe('error');
		expect(run.rawText).toContain('[TOKEN_EXPIRED]');
	});

	it('is nothing through Valid for a check that an expression left empty', async () => {
		const parameters = { ...pasted, checks: { subject: '={{ $json.missing }}' } };
		const run = await client.runWorkflow(
			workflow([{ jwt: token() }], jwtVerify(parameters, { onError: 'continueRegularOutput' })),
		);
		expect(valid(run)).toEqual([]);
		expect(invalid(run)[0]?.error).toContain('[CHECK_EMPTY]');
	});

	it('is an error where n8n would put an empty item through Valid', async () => {
		const run = await client.runWorkflow(
			workflow([{ jwt: token({}, foreign) }], jwtVerify(pasted, { alwaysOutputData: true })),
		);
		expect(run.status).toBe('error');
		expect(run.rawText).toContain("'Always Output Data' is on");
	});
});

describe('Decode', () => {
	it('says what a token says, and that nothing was verified', async () => {
		const items = [
			{ jwt: `Bearer ${token({ exp: 1_700_000_000 }, foreign)}` },
			{ jwt: `${part({ alg: 'dir', enc: 'A256GCM' })}..aaaa.bbbb.cccc` },
			{ jwt: `${part({ alg: 'RS256', cty: 'JWT' })}.${part(token())}.c2ln` },
			{ jwt: `${part({ alg: 'none' })}.${part({ sub: 'x' })}.` },
		];
		const run = await client.runWorkflow(workflow(items, jwtVerify({ operation: 'decode' })));
		const decoded = valid(run).map((json) => json.decoded);
		expect(decoded).toHaveLength(4);
		for (const { verified, notice } of decoded) {
			expect(verified).toBe(false);
			expect(notice).toMatch(/^Nothing was verified/);
		}
		expect(decoded[0]).toMatchObject({
			kind: 'signed',
			payload: { sub: 'alice' },
			expiresAt: '2023-11-14T22:13:20.000Z',
		});
		expect(decoded[1]).toMatchObject({ kind: 'encrypted', header: { enc: 'A256GCM' } });
		expect(decoded[2]).toMatchObject({ kind: 'nested', nested: { kind: 'signed' } });
		expect(decoded[3]).toMatchObject({ kind: 'unsigned', payload: { sub: 'x' } });
		expect(run.raw.data.resultData.runData['JWT Verify'][0].data.main).toHaveLength(1);
	});
});
