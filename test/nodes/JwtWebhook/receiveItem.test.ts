import { createHash, generateKeyPairSync, randomUUID } from 'node:crypto';
import { getEventListeners, once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { IDataObject } from 'n8n-workflow';
import { newProofKey } from '../../../core/keys/proofKey';
import { signProof } from '../../../core/sign/dpopProof';
import { der, issue } from '../../core/support/certificateChains';
import { jktOf } from '../../core/support/proofs';
import { signByHand } from '../../core/support/tokens';
import { startWebhookServer, type WebhookServer } from '../support/webhookServer';

const SECRET = 'a secret of thirty-two characters';
const FUTURE = 4_102_444_800;
const token = (claims: object = { sub: 'ann', exp: FUTURE }, secret = SECRET) =>
	signByHand({ alg: 'HS256' }, claims, secret, 'HS256');

const FORM = { keySource: 'secret', secret: SECRET, httpMethod: 'POST' };

let server: WebhookServer;
beforeEach(async () => {
	server = await startWebhookServer(FORM);
});
afterEach(async () => {
	await server.stop();
});

const call = async (jwt?: string, init: RequestInit = {}, path = '') =>
	await fetch(server.url + path, {
		method: 'POST',
		...init,
		headers: { ...(jwt !== undefined && { authorization: `Bearer ${jwt}` }), ...init.headers },
	});

const json = (body: unknown): RequestInit => ({
	body: JSON.stringify(body),
	headers: { 'content-type': 'application/json' },
});

const item = (run = 0, output = 0) => server.runs[run]?.[output]?.[0];

describe('a call with a good token', () => {
	it('runs the workflow with the call and what was verified, without the token', async () => {
		const jwt = token();
		const response = await call(jwt, json({ order: 7 }), '/?page=2');
		expect(response.status).toBe(200);
		expect(await response.text()).not.toContain(jwt.split('.')[2]);
		expect(item()).toEqual({
			json: {
				headers: expect.not.objectContaining({ authorization: expect.anything() }),
				params: {},
				query: { page: '2' },
				body: { order: 7 },
				webhookUrl: `${server.url}/webhook/orders`,
				executionMode: 'production',
				jwtPayload: { sub: 'ann', exp: FUTURE },
				jwt: {
					valid: true,
					header: { alg: 'HS256' },
					keyId: null,
					thumbprint: null,
					issuedAt: null,
					notBefore: null,
					expiresAt: '2100-01-01T00:00:00.000Z',
					expiresInSeconds: expect.any(Number),
				},
			},
		});
	});

	it('keeps the token where that is said', async () => {
		const jwt = token();
		server.parameters = { ...FORM, options: { keepToken: true } };
		await call(jwt);
		expect(item()?.json.headers).toMatchObject({ authorization: `Bearer ${jwt}` });
	});

	it.each([
		['a header', { jwtLocation: 'header', headerName: 'Cf-Access-Jwt-Assertion' }],
		['a cookie', { jwtLocation: 'cookie', cookieName: 'CF_Authorization' }],
		['the address', { jwtLocation: 'query', queryParameter: 'jwt' }],
		['a body field', { jwtLocation: 'bodyField', bodyField: 'event.signedPayload' }],
		['the whole body', { jwtLocation: 'body' }],
	])('may have it in %s, where that was chosen, and nowhere else', async (_what, form) => {
		const jwt = token();
		server.parameters = { ...FORM, ...form };
		const everywhere = async (sent: string) =>
			await call(
				undefined,
				{
					body:
						form.jwtLocation === 'body' ? sent : JSON.stringify({ event: { signedPayload: sent } }),
					headers: {
						'content-type': form.jwtLocation === 'body' ? 'application/jwt' : 'application/json',
						'cf-access-jwt-assertion': sent,
						cookie: `theme=dark; CF_Authorization=${sent}`,
					},
				},
				`/?jwt=${sent}`,
			);
		expect((await everywhere(jwt)).status).toBe(200);
		// Whatever else holds it, such as a second place of Cloudflare's, does not show it.
		expect(JSON.stringify(server.runs)).not.toContain(jwt.split('.')[2]);
		expect(JSON.stringify(server.runs)).toContain('theme=dark');
		expect((await call(jwt)).status).toBe(401);
	});

	it('has an output for each method', async () => {
		server.parameters = { ...FORM, multipleMethods: true, httpMethod: ['GET', 'POST'] };
		await call(token());
		expect(server.runs[0]?.map((items) => items.length)).toEqual([0, 1]);
	});

	it('hands a body that is no text on as a file, and the raw body where it is wanted', async () => {
		const body = Buffer.from([1, 2, 3]);
		await call(token(), { body, headers: { 'content-type': 'image/png' } });
		expect(item()?.binary).toEqual({ data: { data: 'AQID', mimeType: 'image/png' } });
		server.parameters = { ...FORM, options: { rawBody: true, binaryPropertyName: 'raw' } };
		await call(token(), json({ a: 1 }));
		expect(item(1)?.binary?.raw).toMatchObject({
			data: Buffer.from('{"a":1}').toString('base64'),
		});
		expect(item(1)?.json.body).toEqual({ a: 1 });
	});

	it('is verified with a credential, like JWT Verify', async () => {
		server.parameters = { ...FORM, keySource: 'credential' };
		server.credentials = { jwtSignApi: { algorithm: 'HS256', secret: SECRET, payload: '{}' } };
		expect((await call(token())).status).toBe(200);
		expect((await call(token({}, 'x'.repeat(32)))).status).toBe(401);
	});
});

describe('a call without one', () => {
	it('is asked for a token, with no error code, as with another scheme', async () => {
		const cases: Array<Record<string, string>> = [
			{},
			{ authorization: 'Basic YTpi' },
			{ authorization: 'Bearer ' },
		];
		for (const headers of cases) {
			const response = await call(undefined, { headers });
			expect(response.status).toBe(401);
			expect(response.headers.get('www-authenticate')).toBe('Bearer');
			expect(response.headers.get('cache-control')).toBe('no-store');
			expect(await response.json()).toEqual({ message: expect.any(String) });
		}
		expect(server.runs).toEqual([]);
	});

	it.each<[string, object, (one: string, other: string) => [string, string[]]]>([
		[
			'two headers',
			{},
			(one, other) => ['/', ['Authorization', `Bearer ${one}`, 'authorization', `Bearer ${other}`]],
		],
		[
			'a header beside another scheme',
			{},
			(one) => ['/', ['Authorization', `Bearer ${one}`, 'Authorization', 'Basic YTpi']],
		],
		[
			'a cookie',
			{ jwtLocation: 'cookie', cookieName: 'jwt' },
			(one, other) => ['/', ['Cookie', `jwt=${one}; jwt=${other}`]],
		],
		[
			'the query',
			{ jwtLocation: 'query', queryParameter: 'jwt' },
			(one, other) => [`/?jwt=${one}&jwt=${other}`, []],
		],
	])(
		'is a bad request with two of them, of which readers may take either: %s',
		async (_name, place, send) => {
			server.parameters = { ...FORM, ...place };
			const [path, headers] = send(token(), token());
			const sent = request(server.url, {
				method: 'POST',
				path,
				headers: ['Host', 'x', ...headers],
			});
			sent.end();
			const [response] = (await once(sent, 'response')) as [IncomingMessage];
			expect(response.statusCode).toBe(400);
			expect(response.headers['www-authenticate']).toBe(
				'Bearer error="invalid_request", error_description="There is more than one token"',
			);
			expect(JSON.parse(await text(response))).toEqual({
				error: 'invalid_request',
				error_description: 'There is more than one token',
				reason: 'TOKEN_REPEATED',
			});
			expect(server.runs).toEqual([]);
		},
	);

	it.each<[string, object, object, string]>([
		['wanted audience', { audience: ['our-secret-api'] }, { aud: 'x' }, 'AUDIENCE_MISMATCH'],
		['wanted subject', { checks: { subject: 'our-boss' } }, {}, 'SUBJECT_MISMATCH'],
		['wanted issuer', { checks: { issuer: ['https://our-issuer'] } }, {}, 'ISSUER_MISMATCH'],
		['maximum age', { checks: { maximumAge: '677s' } }, { iat: 1 }, 'TOKEN_TOO_OLD'],
		['maximum size', { options: { maximumSize: 3 } }, { x: 'x'.repeat(4000) }, 'TOKEN_TOO_LARGE'],
		[
			'required claim',
			{ checks: { requiredClaims: { claim: [{ name: 'our-role', value: 'our-admin' }] } } },
			{},
			'CLAIM_MISSING',
		],
	])('tells the sender nothing of the %s', async (_what, form, claims, reason) => {
		server.parameters = { ...FORM, ...form };
		const response = await call(token({ exp: FUTURE, ...claims }));
		const text = await response.text();
		expect(JSON.parse(text)).toMatchObject({ error: 'invalid_token', reason });
		const told = `${text} ${response.headers.get('www-authenticate')}`;
		expect(told).not.toMatch(/our-|677|3072|3,072/);
	});

	it('is not told how long the secret is', async () => {
		const response = await call(signByHand({ alg: 'HS512' }, { sub: 'x' }, SECRET, 'HS512'));
		expect(response.status).toBe(401);
		const heard = `${response.headers.get('www-authenticate') ?? ''} ${await response.text()}`;
		expect(heard).toContain('The algorithm of the token is not allowed');
		expect(heard).not.toMatch(/\d\d bytes/);
	});

	it('is told the scopes it lacks, RFC 6750 §3.1', async () => {
		server.parameters = { ...FORM, checks: { requiredScopes: 'orders:write' } };
		const response = await call(token());
		expect(response.status).toBe(403);
		expect(response.headers.get('www-authenticate')).toBe(
			'Bearer error="insufficient_scope", scope="orders:write"',
		);
		expect(await response.json()).toEqual({ error: 'insufficient_scope', reason: 'SCOPE_MISSING' });
	});

	it('runs the workflow a few times a minute where that is wanted, and counts the others', async () => {
		server.parameters = { ...FORM, options: { refusedPerMinute: 2 } };
		const bad = token({ exp: 1 });
		for (let n = 0; n < 5; n += 1) expect((await call(bad)).status).toBe(401);
		await call(token());
		expect(server.runs.map((outputs) => outputs.map((items) => items.length))).toEqual([
			[0, 1],
			[0, 1],
			[1, 0],
		]);
		expect(item(0, 1)?.json).toEqual({
			refused: true,
			reason: 'TOKEN_EXPIRED',
			message: expect.stringContaining('expired at 1970') as string,
			statusCode: 401,
			address: '127.0.0.1',
			method: 'POST',
			othersRefused: 0,
			refusedAt: expect.any(String) as string,
		});
		expect(JSON.stringify(server.runs.slice(0, 2))).not.toContain(bad.split('.')[1]);
	});
});

describe('a sender', () => {
	it.each([
		['127.0.0.1', 200],
		['10.0.0.0/8, 127.0.0.0/8', 200],
		['::ffff:127.0.0.1', 200],
		['10.0.0.0/8', 403],
	])('is let in by an allow-list of %s: %d', async (ipAllowlist, status) => {
		server.parameters = { ...FORM, options: { ipAllowlist } };
		// A sender may claim any address.
		const headers = { 'x-forwarded-for': '10.0.0.1' };
		expect((await call(token(), { headers })).status).toBe(status);
	});

	it('on a page of another origin is refused, not only hidden from the page', async () => {
		server.parameters = {
			...FORM,
			options: { allowedOrigins: 'https://a.example, https://b.example' },
		};
		const from = async (origin: string) => await call(token(), { headers: { origin } });
		expect((await from('https://b.example')).status).toBe(200);
		const refused = await from('https://evil.example');
		expect(refused.status).toBe(403);
		expect(await refused.json()).toMatchObject({ reason: 'ORIGIN_NOT_ALLOWED' });
		expect((await call(token())).status).toBe(200);
	});
});

describe('a mistake in the form', () => {
	const broken = { ...FORM, checks: { subject: '' } };

	it('fails one execution a minute in production, and says nothing to the sender', async () => {
		server.parameters = broken;
		for (let n = 0; n < 3; n += 1) expect((await call(token())).status).toBe(500);
		expect(server.errors).toHaveLength(1);
		expect(server.errors[0]).toMatchObject({
			description: expect.stringContaining('[CHECK_EMPTY]') as string,
		});
		expect(server.runs).toEqual([]);
	});

	it('is shown for every call of the test URL', async () => {
		server.parameters = broken;
		server.mode = 'manual';
		for (let n = 0; n < 3; n += 1) await call(token());
		expect(server.errors).toHaveLength(3);
	});

	it.each([
		[{ options: { ipAllowlist: '10.0.0.1, nonsense' } }, 'nonsense'],
		[{ options: { ipAllowlist: '' } }, 'IP(s) Allowlist is empty'],
		[{ options: { allowedOrigins: '' } }, 'Allowed Origins (CORS) is empty'],
		[{ jwtLocation: 'header', headerName: '' }, 'Header Name'],
		[{ jwtLocation: 'elsewhere' }, 'Token In'],
		[{ httpMethod: [] }, 'HTTP Method'],
		[{ options: { refusedPerMinute: -1 } }, 'Run for Refused Calls'],
	])('is named by its field: %j', async (form, words) => {
		server.parameters = { ...FORM, ...form };
		server.mode = 'manual';
		await call(token());
		expect(server.errors[0]?.message).toContain(words);
	});
});

describe('the hash of the body', () => {
	const hashOf = (body: string, encoding: 'hex' | 'base64' | 'base64url' = 'hex') =>
		createHash('sha256').update(body).digest(encoding);
	const bound = (hash: object) => ({ ...FORM, checks: { bodyHash: { hash } } });

	it.each(['hex', 'base64', 'base64url'] as const)(
		'has to stand in the claim, as %s',
		async (encoding) => {
			server.parameters = bound({ claim: 'h', hashFunction: 'sha256', encoding });
			// Blanks and the order of members are part of the bytes.
			const body = '{ "b": 1,  "a": 2 }';
			const jwt = token({ exp: FUTURE, h: hashOf(body, encoding) });
			const sent = { headers: { 'content-type': 'application/json' } };
			expect((await call(jwt, { ...sent, body })).status).toBe(200);
			const other = await call(jwt, { ...sent, body: '{ "b": 1, "a": 2 }' });
			expect(await other.json()).toMatchObject({ reason: 'BODY_HASH_MISMATCH' });
			const without = await call(token(), { ...sent, body });
			expect(await without.json()).toMatchObject({ reason: 'CLAIM_MISSING' });
		},
	);
});

describe('a token that has to be proved (DPoP)', () => {
	const dpop = { ...FORM, checks: { dpop: { proof: { maximumProofAge: 60 } } } };

	/** A bound token, and proofs for a call with it. */
	async function bound() {
		const proofKey = await newProofKey('ES256');
		const jwt = token({ sub: 'ann', exp: FUTURE, cnf: { jkt: jktOf(proofKey) } });
		const prove = async (path = '/webhook/orders', method = 'POST', key = proofKey) =>
			await signProof(key, {
				...{ method, accessToken: jwt, now: new Date() },
				url: new URL(server.url + path),
			});
		const send = async (proof: string | undefined, scheme = 'DPoP') =>
			await fetch(`${server.url}/?page=2`, {
				method: 'POST',
				headers: { authorization: `${scheme} ${jwt}`, ...(proof !== undefined && { dpop: proof }) },
			});
		return { jwt, prove, send };
	}

	beforeEach(() => {
		server.parameters = dpop;
	});

	it('runs the workflow with a proof for this very call, once', async () => {
		const { jwt, prove, send } = await bound();
		const proof = await prove();
		expect((await send(proof)).status).toBe(200);
		expect(item()?.json.jwtPayload).toMatchObject({ sub: 'ann' });
		expect(JSON.stringify(item())).not.toContain(jwt);
		const again = await send(proof);
		expect(again.status).toBe(401);
		expect(again.headers.get('www-authenticate')).toBe(
			'DPoP error="invalid_dpop_proof", error_description="The DPoP proof was used before.", algs="ES256 ES384 ES512 EdDSA PS256 RS256"',
		);
		expect(await again.json()).toMatchObject({ error: 'invalid_dpop_proof' });
		expect(server.runs).toHaveLength(1);
	});

	it('hears what is wrong with the proof, and runs nothing', async () => {
		const { prove, send } = await bound();
		const proofs = [
			undefined,
			await prove('/webhook/other'),
			await prove('/webhook/orders', 'GET'),
			await prove('/webhook/orders', 'POST', await newProofKey('ES256')),
		];
		for (const proof of proofs) {
			const refused = await send(proof);
			expect(refused.status).toBe(401);
			expect(refused.headers.get('www-authenticate')).toContain('error="invalid_dpop_proof"');
		}
		expect(server.runs).toEqual([]);
	});

	it('is none where it comes as a Bearer token', async () => {
		const { prove, send } = await bound();
		const refused = await send(await prove(), 'Bearer');
		expect(refused.status).toBe(401);
		expect(refused.headers.get('www-authenticate')).toMatch(/^DPoP algs=/);
		expect(server.runs).toEqual([]);
	});

	it('is refused with two proofs', async () => {
		const { jwt, prove } = await bound();
		const dpopHeaders = [await prove(), await prove()];
		const status = await new Promise<number | undefined>((resolve) => {
			const headers = { authorization: `DPoP ${jwt}`, dpop: dpopHeaders };
			request(server.url, { method: 'POST', headers }, (answer) => {
				answer.resume();
				resolve(answer.statusCode);
			}).end();
		});
		expect(status).toBe(400);
		expect(server.runs).toEqual([]);
	});
});

describe('a token that is bound to a client certificate', () => {
	const certificate = issue();
	const x5t = createHash('sha256').update(Buffer.from(der(certificate), 'base64'));
	const jwt = token({ exp: FUTURE, cnf: { 'x5t#S256': x5t.digest('base64url') } });

	it('is taken with the certificate that the proxy hands on, and with no other', async () => {
		server.parameters = { ...FORM, checks: { boundCertificate: { certificate: {} } } };
		const send = async (header: Record<string, string>, sent = jwt) =>
			(await call(sent, { headers: header })).status;
		expect(await send({ 'x-client-cert': encodeURIComponent(certificate.certificate) })).toBe(200);
		expect(await send({ 'x-client-cert': der(issue()) })).toBe(401);
		expect(await send({})).toBe(401);
		expect(await send({ 'x-client-cert': der(certificate) }, token())).toBe(401);
		const other = { certificateHeader: 'Client-Cert' };
		server.parameters = { ...FORM, checks: { boundCertificate: { certificate: other } } };
		expect(await send({ 'client-cert': `:${der(certificate)}:` })).toBe(200);
		expect(server.errors).toEqual([]);
	});
});

describe('an issuer', () => {
	const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'ES256' };
	const signed = (iss: string) =>
		signByHand({ alg: 'ES256', kid: 'one' }, { iss, aud: 'api', exp: FUTURE }, privateKey, 'ES256');
	const stream = (value: unknown) => ({
		statusCode: 200,
		headers: {},
		body: Readable.from([Buffer.from(JSON.stringify(value))]),
	});
	/** Each test has an issuer of its own, since what is fetched is kept. */
	const form = () => {
		const issuerUrl = `https://${randomUUID()}.example`;
		return { issuerUrl, audience: ['api'], httpMethod: 'POST' };
	};

	it.each([
		[{ jwtLocation: 'header', headerName: 'x-token' }, []],
		[{ jwtLocation: 'query', queryParameter: 'jwt' }, []],
		[{ jwtLocation: 'query', queryParameter: 'access_token' }, ['query']],
		[{ jwtLocation: 'bodyField', bodyField: 'access_token' }, ['body']],
	])('names the ways of RFC 6750 only that a token may come: %j', async (place, ways) => {
		server.parameters = { ...form(), ...place, options: { publishMetadata: true } };
		const metadata = await fetch(`${server.url}/webhook/id/.well-known/oauth-protected-resource`);
		expect(await metadata.json()).toMatchObject({ bearer_methods_supported: ways });
	});

	it('is found by its name, and named to clients in turn, RFC 9728', async () => {
		const given = form();
		server.parameters = {
			...given,
			checks: { requiredScopes: 'a b' },
			options: { publishMetadata: true },
		};
		server.httpRequest = ({ url }) =>
			stream(
				url.includes('well-known')
					? { issuer: given.issuerUrl, jwks_uri: `${given.issuerUrl}/keys` }
					: { keys: [jwk] },
			);
		const response = await call(signed(given.issuerUrl));
		expect(response.status).toBe(403);
		const metadata = `${server.url}/webhook/id/.well-known/oauth-protected-resource`;
		expect(response.headers.get('www-authenticate')).toBe(
			`Bearer error="insufficient_scope", scope="a b", resource_metadata="${metadata}"`,
		);
		expect((await call()).headers.get('www-authenticate')).toBe(
			`Bearer resource_metadata="${metadata}"`,
		);
		const document = await fetch(metadata);
		expect((await document.json()) as IDataObject).toEqual({
			resource: `${server.url}/webhook/orders`,
			authorization_servers: [given.issuerUrl],
			bearer_methods_supported: ['header'],
			scopes_supported: ['a', 'b'],
		});
	});

	it('is named to clients with all others that are accepted, each tenant by its own name', async () => {
		server.parameters = {
			...form(),
			issuerUrl: 'https://login.example/{tid}/v2.0',
			checks: {
				tenants: ['one', 'two'],
				furtherIssuers: ['https://other.example/.well-known/openid-configuration'],
				requiredScopes: ['a', 'b'],
			},
		};
		const metadata = async () =>
			await fetch(`${server.url}/webhook/id/.well-known/oauth-protected-resource`);
		expect(await (await metadata()).json()).toMatchObject({
			authorization_servers: [
				'https://login.example/one/v2.0',
				'https://login.example/two/v2.0',
				'https://other.example',
			],
			scopes_supported: ['a', 'b'],
		});
		server.parameters = { ...server.parameters, checks: {} };
		expect((await metadata()).status).toBe(500);
	});

	it.each<[string, () => unknown]>([
		['cannot be reached', () => Promise.reject(new Error('connect ECONNREFUSED'))],
		['is broken', () => ({ ...stream({}), statusCode: 500 })],
		['hangs', async () => await new Promise(() => undefined)],
	])('that %s is no fault of the sender: 503, Retry-After, no run', async (_what, answer) => {
		server.parameters = { ...form(), options: { timeout: 1 } };
		server.httpRequest = answer;
		const response = await call(signed('https://x.example'));
		expect(response.status).toBe(503);
		expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
		expect(response.headers.get('www-authenticate')).toBeNull();
		const text = await response.text();
		expect(text).not.toContain('.example');
		expect(server.runs).toEqual([]);
		expect(server.errors).toEqual([]);
		expect(server.log.join()).toContain('refused a call');

		// Who has the editor open is told what to do.
		server.mode = 'manual';
		const tried = await (await call(signed('https://x.example'))).text();
		expect(tried).toMatch(/\.example|within 1 seconds/);

		// Whoever calls on and on does not fill the log.
		expect(server.warnings).toHaveLength(1);
	});

	it('is waited for no longer than the call takes: nothing of a call stays until the timeout', async () => {
		const deadlines = jest.spyOn(AbortSignal, 'timeout');
		server.parameters = { ...FORM, options: { timeout: 86_400 } };
		await call(token());
		await call(token({}, 'x'.repeat(32)));
		const signals = deadlines.mock.results.map(({ value }) => value as AbortSignal);
		deadlines.mockRestore();
		expect(signals).toHaveLength(2);
		expect(signals.map((signal) => getEventListeners(signal, 'abort'))).toEqual([[], []]);
	});
});
