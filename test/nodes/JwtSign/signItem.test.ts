import { createPublicKey, generateKeyPairSync, verify, type KeyObject } from 'node:crypto';
import { Readable } from 'node:stream';
import { signItem } from '../../../nodes/JwtSign/signItem';
import { JwtSign } from '../../../nodes/JwtSign/JwtSign.node';
import { exchangeData } from '../../core/support/exchangeCases';
import { standIn, type StandIn } from '../support/standIn';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const SECRET = 'a secret of thirty-two characters';
const jwtSignApi = { algorithm: 'HS256', secret: SECRET, payload: '{ "iss": "me", "sub": "all" }' };

// The one who announced an exchange is given seconds, which nobody waits for here.
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async () => await new Promise(() => {}),
}));

/** Runs the node as {@link run} does; what came out, and what was said beside it. */
async function runWithHints(forms: Array<Record<string, unknown>>, given: StandIn = {}) {
	const parameters = forms.map((form) => ({
		operation: 'sign',
		specifyClaims: 'keypair',
		...form,
	}));
	const { context, hints } = standIn({ credentials: { jwtSignApi }, ...given, parameters });
	const [items = []] = await new JwtSign().execute.call(context);
	return { items, hints };
}

/** Runs the node; each object is the form of an item, with claims by fields unless it says more. */
async function run(forms: Array<Record<string, unknown>>, given: StandIn = {}) {
	return (await runWithHints(forms, given)).items;
}

const decode = (part = ''): unknown => JSON.parse(Buffer.from(part, 'base64url').toString());
const claimsOf = (token: unknown) => decode(String(token).split('.')[1]) as Record<string, unknown>;

describe('Sign', () => {
	it("puts a token with the credential's claims and the item's beside the fields of the input", async () => {
		const input = [{ json: { id: 1 } }, { json: { id: 2 } }];
		const items = await run([{ claims: { subject: 'ann' } }, {}], { input });
		expect(items.map(({ json, pairedItem }) => [json.id, pairedItem])).toEqual([
			[1, { item: 0 }],
			[2, { item: 1 }],
		]);
		expect(items.map(({ json }) => claimsOf(json.token))).toMatchObject([
			{ iss: 'me', sub: 'ann' },
			{ iss: 'me', sub: 'all' },
		]);
	});

	it('names the field as said, and leaves the input out where that is said', async () => {
		const form = { outputField: 'jwt', options: { includeInputFields: false } };
		const [item] = await run([form], { input: [{ json: { id: 1 } }] });
		expect(Object.keys(item?.json ?? {})).toEqual(['jwt']);
	});

	it('shows the token in readable form where that is asked for', async () => {
		const headerParameters = '{ "typ": "at+jwt" }';
		const claims = { expiresIn: '1h' };
		const options = { includeDecoded: true, headerParameters };
		const [item] = await run([{ claims, options }]);
		const { token, decoded } = item?.json ?? {};
		const payload = claimsOf(token);
		expect(decoded).toEqual({
			header: { alg: 'HS256', typ: 'at+jwt' },
			payload,
			expiresAt: new Date(Number(payload.exp) * 1000).toISOString(),
		});
		expect(Number(payload.exp) - Number(payload.iat)).toBe(3600);
	});

	it('shows the metadata of the credential where that is asked for, as an object', async () => {
		const data = { ...jwtSignApi, useAdvanced: true, metadata: '{ "kind": "test" }' };
		const credentials = { jwtSignApi: data };
		const [item] = await run([{ options: { includeMetadata: true } }], { credentials });
		expect(item?.json.metadata).toEqual({ kind: 'test' });
		const [without] = await run([{}], { credentials });
		expect(without?.json).not.toHaveProperty('metadata');
	});

	it.each([
		['FIELD_INVALID', 'Put Output in Field', { outputField: ' ' }],
		['FIELD_INVALID', 'Include Decoded Token', { options: { includeDecoded: 'maybe' } }],
		['HEADER_PARAMETERS_INVALID', 'Header', { options: { headerParameters: '[1]' } }],
		['CLAIM_INVALID', 'Specify Claims', { specifyClaims: 'other' }],
		['DURATION_INVALID', 'Expires In', { claims: { expiresIn: 'soon' } }],
		['FIELD_INVALID', 'cannot be run', { operation: '__CUSTOM_API_CALL__' }],
	])('%s is thrown for an item that is wrong (%s), and names it', async (code, message, form) => {
		const error: unknown = await run([form]).catch((thrown: unknown) => thrown);
		expect(error).toMatchObject({
			message: expect.stringContaining(message) as string,
			description: expect.stringContaining(`[${code}]`) as string,
			context: { itemIndex: 0 },
		});
	});

	it('goes on with the other items where the person chose that', async () => {
		const forms = [{}, { claims: { expiresIn: 'soon' } }, {}];
		const items = await run(forms, { continues: true });
		expect(items.map(({ json }) => Object.keys(json))).toEqual([['token'], ['error'], ['token']]);
		expect(items[1]).toMatchObject({
			json: { error: expect.stringContaining('[DURATION_INVALID]') as string },
			pairedItem: { item: 1 },
		});
	});

	it('has an error for each item where the operation cannot be read', async () => {
		const operation = '={{ $json.operation }}';
		const { context } = standIn({ parameters: [{}, {}], typed: { operation }, continues: true });
		const { getNodeParameter } = context;
		context.getNodeParameter = ((name: string, ...rest: [number, unknown, object]) => {
			if (name === 'operation' && !('rawExpressions' in rest[2])) throw new Error('Not found');
			return getNodeParameter(name, ...rest) as unknown;
		}) as typeof getNodeParameter;
		const [items = []] = await new JwtSign().execute.call(context);
		expect(items.map(({ json }) => json)).toEqual([{ error: 'Not found' }, { error: 'Not found' }]);
	});

	it('refuses a credential that has expired', async () => {
		const expired = {
			...jwtSignApi,
			useAdvanced: true,
			credentialExpiresAt: '2020-01-01T00:00:00Z',
		};
		await expect(run([{}], { credentials: { jwtSignApi: expired } })).rejects.toMatchObject({
			description: expect.stringContaining('[CREDENTIAL_EXPIRED]') as string,
		});
	});

	it('never quotes the secret', async () => {
		const credentials = { jwtSignApi: { ...jwtSignApi, algorithm: 'RS256', privateKey: SECRET } };
		const error: unknown = await run([{}], { credentials }).catch((thrown: unknown) => thrown);
		expect(error).toBeInstanceOf(Error);
		const { message, description } = error as { message: string; description: string };
		expect(`${message} ${description}`).not.toContain(SECRET);
	});
});

describe('Get Public JWKS', () => {
	it('puts out the public half of the key, and no more', async () => {
		const { privateKey } = exchangeData();
		const credentials = { jwtSignApi: { algorithm: 'EdDSA', privateKey, keyId: 'k1' } };
		const [jwks] = await run([{ operation: 'getPublicJwks' }], { credentials });
		const keys = jwks?.json.keys as Array<Record<string, unknown>>;
		expect(keys).toMatchObject([{ kty: 'OKP', crv: 'Ed25519' }]);
		expect(keys[0]).not.toHaveProperty('d');

		const [signed] = await run([{}], {
			credentials: { jwtSignApi: { ...credentials.jwtSignApi, payload: '{ "iss": "me" }' } },
		});
		const [header, payload, signature = ''] = String(signed?.json.token).split('.');
		const key = createPublicKey({ key: keys[0] as never, format: 'jwk' });
		const bytes = Buffer.from(`${header}.${payload}`);
		expect(verify(null, bytes, key, Buffer.from(signature, 'base64url'))).toBe(true);
	});
});

describe('a credential in which n8n has made two keys', () => {
	afterEach(() => jest.useRealTimers());

	const made = ({ privateKey }: { privateKey: KeyObject }, day: string) => {
		const der = privateKey.export({ format: 'der', type: 'pkcs8' });
		return `n8n-key-1.${Date.parse(day)}.${der.toString('base64url')}`;
	};
	const KEYS = { one: generateKeyPairSync('ed25519'), two: generateKeyPairSync('ed25519') };
	const fields = (newestKeyFrom: string) => ({
		algorithm: 'EdDSA',
		keySource: 'generate',
		payload: '{ "iss": "me" }',
		newestKey: '2',
		newestKeyFrom,
		publishOldKeyFor: '3650d',
		generatedPrivateKey: made(KEYS.one, '2026-01-01'),
		generatedPrivateKey2: made(KEYS.two, '2026-02-01'),
	});
	const xOf = ({ publicKey }: { publicKey: KeyObject }) => publicKey.export({ format: 'jwk' }).x;

	it.each<[string, string, 'one' | 'two', 'one' | 'two']>([
		['until the date', '2999-01-01', 'one', 'two'],
		['from the date on', '2026-03-01', 'two', 'one'],
	])('%s signs with the right one and publishes both', async (_when, from, now, other) => {
		const jwtSignApi = fields(from);
		const output = async (form: Record<string, unknown>) =>
			(await run([form], { credentials: { jwtSignApi } }))[0]?.json ?? {};
		const { keys } = await output({ operation: 'getPublicJwks' });
		expect(keys).toMatchObject([{ x: xOf(KEYS[now]) }, { x: xOf(KEYS[other]) }]);
		const [{ kid }] = keys as [{ kid: string }];
		const { token } = await output({});
		expect(decode(String(token).split('.')[0])).toMatchObject({ kid });
		const publicKey = async (more: object) =>
			(await output({ operation: 'getPublicKey', ...more })).jwk;
		expect(await publicKey({ options: { whichKey: 'inUse' } })).toMatchObject({
			x: xOf(KEYS[now]),
		});
		expect(await publicKey({})).toMatchObject({ x: xOf(KEYS.two) });
		expect(await output({ operation: 'inspectCredential' })).toMatchObject({ keyId: kid });
	});

	it('goes on to the newest key in the middle of a run', async () => {
		const from = '2026-03-01T00:00:00Z';
		const { context } = standIn({
			credentials: { jwtSignApi: { ...fields(from), sameForEveryItem: true } },
			parameters: [{ operation: 'sign', specifyClaims: 'keypair' }],
		});
		const kidAt = async (time: number) => {
			jest.useFakeTimers({ now: time, doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });
			const { json } = await signItem(context, 0);
			return (decode(String(json.token).split('.')[0]) as { kid: string }).kid;
		};
		const before = await kidAt(Date.parse(from) - 1);
		expect(await kidAt(Date.parse(from))).not.toBe(before);
		expect(await kidAt(Date.parse(from) - 1)).toBe(before);
	});
});

describe('Inspect Credential', () => {
	it('tells of the credential by its name in n8n, without its secrets', async () => {
		const node = { credentials: { jwtSignApi: { id: '1', name: 'My API' } } };
		const data = { ...jwtSignApi, useAdvanced: ['expiry'], credentialExpiresAt: '2020-01-01' };
		const form = { operation: 'inspectCredential', inspected: 'jwtSignApi' };
		const [item] = await run([form], { credentials: { jwtSignApi: data }, node });
		expect(item?.json).toMatchObject({
			credential: 'My API',
			credentialType: 'jwtSignApi',
			algorithm: 'HS256',
			expiresFirst: 'credentialExpiresAt',
		});
		expect(item?.json.daysLeft).toBeLessThan(0);
		expect(JSON.stringify(item)).not.toContain(SECRET);
	});

	it('says where in the form a field stands that cannot be read', async () => {
		const data = { ...jwtSignApi, useAdvanced: ['expiry'], credentialExpiresAt: 'soon' };
		const form = { operation: 'inspectCredential' };
		const error: unknown = await run([form], { credentials: { jwtSignApi: data } }).catch(
			(thrown: unknown) => thrown,
		);
		expect(String((error as Error).message)).toContain(
			'Credential Expires At (in the credential: Advanced Options > Expiry and Metadata)',
		);
	});
});

describe('n8n as an issuer', () => {
	const issuer = 'https://n8n.example.com/webhook/oidc';
	const KEYS = { now: generateKeyPairSync('ed25519'), next: generateKeyPairSync('ed25519') };
	const pem = (key: KeyObject, type: 'pkcs8' | 'spki') =>
		String(key.export({ format: 'pem', type }));
	const data = (more = {}) => ({
		jwtSignApi: {
			algorithm: 'EdDSA',
			privateKey: pem(KEYS.now.privateKey, 'pkcs8'),
			payload: JSON.stringify({ iss: issuer }),
			...more,
		},
	});
	const additionalPublicKeys = {
		keys: [{ publicKey: pem(KEYS.next.publicKey, 'spki'), keyId: '', algorithm: '' }],
	};
	const keyIds = async (form: object) => {
		const [item] = await run([{ operation: 'getPublicJwks', ...form }], { credentials: data() });
		return (item?.json.keys as Array<{ kid: string }>).map(({ kid }) => kid);
	};

	it('signs with the Key ID that it publishes, where credential or node say so', async () => {
		const [published] = await keyIds({});
		const kidOf = async (more: object, options: object = {}) => {
			const [item] = await run([{ options }], { credentials: data(more) });
			return (decode(String(item?.json.token).split('.')[0]) as { kid?: string }).kid;
		};
		expect(await kidOf({})).toBeUndefined();
		expect(await kidOf({ keyIdFromKey: true })).toBe(published);
		expect(await kidOf({}, { keyIdFromKey: true })).toBe(published);
		expect(await kidOf({ keyIdFromKey: true }, { keyIdFromKey: false })).toBeUndefined();
	});

	it('publishes the next key beside the one in use, also as an object of an expression', async () => {
		const [now, next, ...others] = await keyIds({ additionalPublicKeys });
		expect(others).toEqual([]);
		expect(new Set([now, next]).size).toBe(2);
		const asJwk = { keys: [{ publicKey: KEYS.next.publicKey.export({ format: 'jwk' }) }] };
		expect(await keyIds({ additionalPublicKeys: asJwk })).toEqual([now, next]);
	});

	it('describes itself with the issuer of the payload and the algorithms of all keys', async () => {
		const rsaKey = { publicKey: pem(rsa.publicKey, 'spki'), algorithm: 'PS256' };
		const form = { operation: 'getDiscoveryDocument', additionalPublicKeys: { keys: [rsaKey] } };
		const [item] = await run([form], { credentials: data() });
		expect(item?.json).toEqual({
			issuer,
			jwks_uri: `${issuer}/.well-known/jwks.json`,
			response_types_supported: ['id_token'],
			subject_types_supported: ['public'],
			id_token_signing_alg_values_supported: ['EdDSA', 'PS256'],
		});
	});

	it.each([
		['FIELD_INVALID', 'row 1 of Additional Public Keys', { algorithm: 'XX' }],
		['KEY_IS_PRIVATE', 'row 1 of Additional Public Keys', { publicKey: 'private' }],
	])('refuses %s and says in which row', async (code, words, row) => {
		const publicKey =
			'publicKey' in row ? pem(KEYS.next.privateKey, 'pkcs8') : pem(KEYS.next.publicKey, 'spki');
		const keys = [{ ...row, publicKey }];
		const form = { operation: 'getPublicJwks', additionalPublicKeys: { keys } };
		await expect(run([form], { credentials: data() })).rejects.toMatchObject({
			message: expect.stringContaining(words) as string,
			description: expect.stringContaining(`[${code}]`) as string,
		});
	});
});

describe('Get Access Token', () => {
	/** Gets a token by a token endpoint that answers this. */
	async function get(answer: object, form: Record<string, unknown> = {}, data = {}) {
		const requests: string[] = [];
		const payload = JSON.stringify({ iss: JSON.stringify([answer, data]) });
		const items = await run([{ operation: 'getAccessToken', ...form }], {
			input: [{ json: { id: 1 } }],
			credentials: { jwtExchangeApi: exchangeData({ payload, ...data }) },
			httpRequest: ({ url }) => {
				requests.push(url);
				const body = Readable.from([Buffer.from(JSON.stringify(answer))]);
				return { statusCode: 200, headers: {}, body };
			},
		});
		return { json: items[0]?.json ?? {}, requests };
	}

	it('puts out the token, its type and its end', async () => {
		const before = Date.now();
		const { json, requests } = await get({
			access_token: 'at',
			token_type: 'Bearer',
			expires_in: 60,
		});
		expect(json).toEqual({
			id: 1,
			accessToken: 'at',
			tokenType: 'Bearer',
			expiresAt: expect.any(String) as string,
		});
		expect(Date.parse(String(json.expiresAt))).toBeGreaterThanOrEqual(before + 60_000 - 1000);
		expect(requests).toHaveLength(1);
	});

	it('says null for no type, and the base URL where there is one', async () => {
		const answer = { access_token: 'at2', expires_in: 60, instance_url: 'https://my.api.test' };
		const data = { useAdvanced: true, baseUrlField: 'instance_url' };
		const form = { outputField: 'token', options: { includeInputFields: false } };
		expect((await get(answer, form, data)).json).toEqual({
			token: 'at2',
			tokenType: null,
			expiresAt: expect.any(String) as string,
			baseUrl: 'https://my.api.test',
		});
	});

	it('puts out none that is bound to a key, since nobody could use it', async () => {
		const answer = { access_token: 'bound', token_type: 'DPoP' };
		const dpop = { useAdvanced: ['proof'], useDpop: true };
		await expect(get(answer, {}, dpop)).rejects.toMatchObject({
			message: expect.stringMatching(
				/bound by Use DPoP \(in the credential: Advanced Options > [^)]+\) to a key/,
			) as string,
			description: expect.stringContaining('[EXCHANGE_SETTINGS_INVALID]') as string,
		});
	});

	it('says once that a token endpoint is asked without encryption', async () => {
		const form = { operation: 'getAccessToken' };
		const plain = {
			tokenUrl: 'http://keycloak:8080/token',
			useAdvanced: true,
			allowPlainHttp: true,
		};
		const { items, hints } = await runWithHints([form, form], {
			credentials: { jwtExchangeApi: exchangeData(plain) },
			httpRequest: () => ({
				statusCode: 200,
				headers: {},
				body: Readable.from([Buffer.from('{"access_token":"inside"}')]),
			}),
		});
		expect(items.map(({ json }) => json.accessToken)).toEqual(['inside', 'inside']);
		expect(hints).toEqual([expect.stringContaining('keycloak:8080 is asked without encryption')]);
	});

	it('names the kind of token that a token exchange issued', async () => {
		const issued = 'urn:ietf:params:oauth:token-type:id_token';
		const answer = { access_token: 'at3', token_type: 'N_A', issued_token_type: issued };
		expect((await get(answer, undefined, { grant: 'tokenExchange' })).json).toMatchObject({
			accessToken: 'at3',
			tokenType: 'N_A',
			issuedTokenType: issued,
		});
	});

	it('puts out what the credential keeps of the answer, for each item, where that is asked for', async () => {
		const answer = { access_token: 'at4', account: { id: 7, key: 'k' }, scope: 'x' };
		const data = { useAdvanced: true, answerFields: 'account, scope, region' };
		const form = { options: { includeAnswer: true } };
		const first = await get(answer, form, data);
		expect(first.json.answer).toEqual({ id: 7, key: 'k', scope: 'x', region: null });
		// The second is the one that is kept.
		const again = await get(answer, form, data);
		expect(again).toMatchObject({ requests: [], json: { answer: first.json.answer } });
		expect((await get(answer, {}, data)).json).not.toHaveProperty('answer');
		await expect(get(answer, form, { scope: 'y' })).rejects.toMatchObject({
			message: expect.stringContaining('its Answer Fields is empty') as string,
			description: expect.stringContaining('[EXCHANGE_SETTINGS_INVALID]') as string,
		});
	});

	it('uses the one it has for all items', async () => {
		const answer = { access_token: 'shared', expires_in: 3600 };
		expect((await get(answer)).requests).toHaveLength(1);
		expect(await get(answer)).toMatchObject({ json: { accessToken: 'shared' }, requests: [] });
	});
});
