import type { CredentialData } from '../../../core/settings/credentialFields';
import { verify } from 'node:crypto';
import { decodeToken } from '../../../core/jws/decode';

import {
	assertTokenUrl,
	buildTokenRequest,
	plainTokenHost,
} from '../../../core/exchange/tokenRequest';
import { issue } from '../support/certificateChains';
import { pem } from '../support/keyFixtures';
import { expectCode } from '../support/expectCode';
import { assertionPublicKey, exchangeSettings, TOKEN_URL } from '../support/exchangeCases';

const NOW = new Date('2026-03-01T12:00:00.900Z');
const SECONDS = Math.floor(NOW.getTime() / 1000);

async function requestOf(data: CredentialData) {
	const request = await buildTokenRequest(exchangeSettings(data), NOW);
	return { ...request, form: Object.fromEntries(new URLSearchParams(request.body)) };
}

/** Header and claims of an assertion with a good signature. */
function read(assertion: string | undefined) {
	const [header, payload, signature] = (assertion ?? '').split('.');
	const input = Buffer.from(`${header}.${payload}`);
	expect(verify(null, input, assertionPublicKey, Buffer.from(signature ?? '', 'base64url'))).toBe(
		true,
	);
	return decodeToken(assertion ?? '');
}

describe('the JWT bearer grant (RFC 7523 §2.1)', () => {
	it('sends the assertion as the grant, with the defaults the RFC wants', async () => {
		const { method, url, headers, form } = await requestOf({});
		expect({ method, url, headers }).toEqual({
			method: 'POST',
			url: TOKEN_URL,
			headers: {
				accept: 'application/json',
				'content-type': 'application/x-www-form-urlencoded',
			},
		});
		const { assertion, ...others } = form;
		expect(others).toEqual({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer' });
		expect(read(assertion).payload).toEqual({
			iss: 'me',
			sub: 'you',
			aud: TOKEN_URL,
			iat: SECONDS,
			exp: SECONDS + 300,
			jti: expect.stringMatching(/^[\da-f-]{36}$/),
		});
	});

	it('leaves the payload the last word, and fills only what it leaves empty', async () => {
		const { form } = await requestOf({
			payload: '{ "iss": "", "sub": "s", "scope": "", "aud": "account.docusign.com" }',
			clientId: 'client-1',
		});
		expect(read(form.assertion).payload).toMatchObject({
			iss: 'client-1',
			sub: 's',
			aud: 'account.docusign.com',
		});
		expect(read(form.assertion).payload).not.toHaveProperty('scope');
		expect(form.client_id).toBe('client-1');
	});

	it('sends client ID and secret beside it (Box), scope and resource, and what is added', async () => {
		const { form } = await requestOf({
			clientId: 'client-1',
			scope: 'a b',
			useAdvanced: true,
			clientSecret: 's3cret',
			resource: 'https://api.example.com',
			bodyParameters: '{ "audience": "x", "scope": "c", "client_id": null, "list": [1, 2] }',
		});
		const { assertion, grant_type, ...others } = form;
		expect([assertion, grant_type].every(Boolean)).toBe(true);
		expect(others).toEqual({
			client_secret: 's3cret',
			resource: 'https://api.example.com',
			audience: 'x',
			scope: 'c',
			list: '2',
		});
	});

	it('can carry a second assertion that authenticates the client', async () => {
		const { form } = await requestOf({
			clientId: 'client-1',
			useAdvanced: true,
			clientAssertion: true,
		});
		expect(read(form.assertion).payload).toMatchObject({ iss: 'me', sub: 'you' });
		const client = read(form.client_assertion).payload;
		expect(client).toMatchObject({ iss: 'client-1', sub: 'client-1', aud: TOKEN_URL });
		expect(client.jti).not.toBe(read(form.assertion).payload.jti);
		await expect(requestOf({ useAdvanced: true, clientAssertion: true })).rejects.toMatchObject({
			code: 'EXCHANGE_SETTINGS_INVALID',
		});
	});

	it('can be sent as JSON', async () => {
		const { body, headers } = await requestOf({
			useAdvanced: true,
			bodyFormat: 'json',
			bodyParameters: '{ "deep": { "a": 1 } }',
			exchangeHeaders: '{ "X-Api-Key": "k" }',
		});
		expect(JSON.parse(body ?? '')).toMatchObject({ deep: { a: 1 } });
		expect(headers).toMatchObject({ 'content-type': 'application/json', 'X-Api-Key': 'k' });
	});

	it('writes an object in a form as JSON', async () => {
		const { form } = await requestOf({
			useAdvanced: true,
			bodyParameters: '{ "deep": { "a": 1 }, "yes": true }',
		});
		expect(form).toMatchObject({ deep: '{"a":1}', yes: 'true' });
	});

	it.each([
		['bodyParameters', '{', 'JSON_MALFORMED', /^The Additional Body Parameters /],
		['bodyParameters', '[1]', 'JSON_MALFORMED', /^The Additional Body Parameters is a list/],
		['exchangeHeaders', '{', 'JSON_MALFORMED', /^The Exchange Headers /],
		['exchangeHeaders', '[1]', 'ADDITIONAL_HEADERS_INVALID', /^The Exchange Headers is a list/],
		['exchangeHeaders', '{"X-A":[1]}', 'ADDITIONAL_HEADERS_INVALID', /X-A in Exchange Headers/],
	])('is refused for what is no object of its own: %s %s', async (field, text, code, message) => {
		await expect(requestOf({ useAdvanced: true, [field]: text })).rejects.toMatchObject({
			code,
			message: expect.stringMatching(message),
		});
	});

	it('does not use advanced fields while the switch is off', async () => {
		const { form } = await requestOf({ clientSecret: 's', resource: 'r', addJti: false });
		expect(Object.keys(form)).toEqual(['grant_type', 'assertion']);
		expect(read(form.assertion).payload).toHaveProperty('jti');
	});
});

describe('Body Format', () => {
	const FORM = 'application/x-www-form-urlencoded';
	const JSON_TYPE = 'application/json';

	it.each([
		['jwtBearer', undefined, FORM],
		['jwtBearer', 'automatic', FORM],
		['jwtBearer', 'form', FORM],
		['jwtBearer', 'json', JSON_TYPE],
		['clientCredentials', undefined, FORM],
		['clientCredentials', 'automatic', FORM],
		['clientCredentials', 'json', JSON_TYPE],
		['tokenExchange', undefined, FORM],
		['tokenExchange', 'json', JSON_TYPE],
		['custom', undefined, JSON_TYPE],
		['custom', 'automatic', JSON_TYPE],
		['custom', 'form', FORM],
		['custom', 'json', JSON_TYPE],
	])('%s with %s: %s', async (grant, bodyFormat, contentType) => {
		const { body, headers } = await requestOf({
			grant,
			clientId: 'client-1',
			useAdvanced: true,
			...(bodyFormat && { bodyFormat }),
			bodyParameters: '{ "repositories": ["one"] }',
		});
		expect(headers['content-type']?.split(';')[0]).toBe(contentType);
		const sent =
			contentType === FORM
				? new URLSearchParams(body).getAll('repositories')
				: (JSON.parse(body ?? '') as { repositories: unknown }).repositories;
		expect(sent).toEqual(['one']);
	});
});

describe('client credentials with a JWT (RFC 7523 §2.2)', () => {
	it('sends iss = sub = client ID', async () => {
		const { form } = await requestOf({
			grant: 'clientCredentials',
			clientId: 'client-1',
			payload: '{ "iss": "", "sub": "", "scope": "", "aud": "" }',
			scope: 'okta.users.read',
		});
		const { client_assertion, ...others } = form;
		expect(others).toEqual({
			grant_type: 'client_credentials',
			client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
			client_id: 'client-1',
			scope: 'okta.users.read',
		});
		expect(read(client_assertion).payload).toMatchObject({
			iss: 'client-1',
			sub: 'client-1',
			aud: TOKEN_URL,
		});
	});

	it('asks for the client ID when nobody gives one', async () => {
		await expect(requestOf({ grant: 'clientCredentials', payload: '{}' })).rejects.toMatchObject({
			code: 'EXCHANGE_SETTINGS_INVALID',
			message: 'The Client ID is empty.',
		});
	});
});

describe('a token exchange (RFC 8693)', () => {
	it('sends the JWT as subject token, with the claims of the payload only', async () => {
		const { form } = await requestOf({ grant: 'tokenExchange', clientId: 'client-1' });
		expect(read(form.subject_token).payload).toEqual({
			iss: 'me',
			sub: 'you',
			iat: SECONDS,
			exp: SECONDS + 300,
			jti: expect.any(String),
		});
		expect(form).toMatchObject({ client_id: 'client-1' });
	});

	it('can authenticate the client with a second JWT', async () => {
		const { form } = await requestOf({
			grant: 'tokenExchange',
			clientId: 'client-1',
			useAdvanced: true,
			clientAssertion: true,
		});
		expect(read(form.client_assertion).payload).toMatchObject({ sub: 'client-1', aud: TOKEN_URL });
		expect(read(form.subject_token).payload.sub).toBe('you');
	});
});

describe('a custom exchange', () => {
	it('sends the JWT as Bearer token, with the claims of the payload only', async () => {
		const { headers, body, method } = await requestOf({ grant: 'custom', payload: '{ "iss": 7 }' });
		const token = String(headers.authorization).replace('Bearer ', '');
		expect(Object.keys(read(token).payload)).toEqual(['iss', 'iat', 'exp', 'jti']);
		expect({ body, method }).toEqual({ body: undefined, method: 'POST' });
	});

	it('sends what is added as JSON, or in the query of a GET', async () => {
		const bodyParameters = '{ "repositories": ["a", "b"] }';
		const data = { grant: 'custom', bodyParameters };
		expect((await requestOf(data)).body).toBe('{"repositories":["a","b"]}');
		const get = await requestOf({ ...data, exchangeMethod: 'GET', tokenUrl: `${TOKEN_URL}?x=1#f` });
		expect(get).toMatchObject({ url: `${TOKEN_URL}?x=1&repositories=a&repositories=b` });
		expect(get.body).toBe(undefined);
		const bare = await requestOf({ ...data, exchangeMethod: 'GET' });
		expect(bare.url).toBe(`${TOKEN_URL}?repositories=a&repositories=b`);
	});
});

describe('a client certificate (RFC 8705)', () => {
	const { certificate, key } = issue();
	const tls = { tlsCertificate: certificate, tlsPrivateKey: pem(key, 'pkcs8') };
	const agentOptions = { cert: certificate, key: pem(key, 'pkcs8') };

	it.each(['jwtBearer', 'clientCredentials', 'tokenExchange', 'custom'])(
		'goes along with the grant %s',
		async (grant) => {
			const data = { grant, clientId: 'c', useAdvanced: ['proof'], ...tls };
			expect(await requestOf(data)).toMatchObject({ agentOptions });
			expect(await requestOf({ ...data, useAdvanced: [] })).not.toHaveProperty('agentOptions');
		},
	);

	it('authenticates the client alone where its assertion is taken out (tls_client_auth)', async () => {
		const bodyParameters = '{ "client_assertion": null, "client_assertion_type": null }';
		const data = { grant: 'clientCredentials', clientId: 'c', useAdvanced: true, bodyParameters };
		const { form, ...request } = await requestOf({ ...data, ...tls });
		expect(form).toEqual({ grant_type: 'client_credentials', client_id: 'c' });
		expect(request).toMatchObject({ agentOptions });
	});
});

/** Body members or form parameters, headers and address of a request that holds the assertion there. */
const tokensOf = (text: string | undefined) =>
	(text ?? '').match(/eyJ[\w-]+\.[\w-]+\.[\w-]+/g) ?? [];

describe('the placeholder {assertion}', () => {
	it('is the JWT at any depth of a JSON body, which then carries no Bearer token (Yandex, Tableau)', async () => {
		const { body, headers } = await requestOf({
			grant: 'custom',
			bodyParameters: '{"credentials":{"jwt":"{assertion}","site":{"contentUrl":""}}}',
		});
		const [token] = tokensOf(body);
		expect(read(token).payload).toMatchObject({ iss: 'me' });
		expect(JSON.parse(body ?? '')).toEqual({
			credentials: { jwt: token, site: { contentUrl: '' } },
		});
		expect(headers).not.toHaveProperty('authorization');
	});

	it('is the JWT in a header and in the query, one and the same', async () => {
		const { url, headers } = await requestOf({
			grant: 'custom',
			exchangeMethod: 'GET',
			tokenUrl: `${TOKEN_URL}?jwt={assertion}&x=1`,
			useAdvanced: true,
			exchangeHeaders: '{ "X-Token": "JWT {assertion}" }',
		});
		const [token] = tokensOf(url);
		expect(read(token).payload).toMatchObject({ iss: 'me' });
		expect(url).toBe(`${TOKEN_URL}?jwt=${token}&x=1`);
		expect(headers).toEqual({ accept: 'application/json', 'X-Token': `JWT ${token}` });
	});

	it('goes into a form under any name; null takes the usual one out', async () => {
		const bodyParameters = '{ "jwt": "{assertion}", "assertion": null, "grant_type": null }';
		const { form } = await requestOf({ useAdvanced: true, bodyParameters });
		expect(Object.keys(form)).toEqual(['jwt']);
		const copied = await requestOf({ useAdvanced: true, bodyParameters: '{ "x": "{assertion}" }' });
		expect(copied.form.x).toBe(copied.form.assertion);
	});

	it('can be the client secret (Apple Ads): the client then authenticates in no other way', async () => {
		const { form } = await requestOf({
			grant: 'clientCredentials',
			clientId: 'SEARCHADS.1',
			scope: 'searchadsorg',
			useAdvanced: true,
			bodyParameters: '{ "client_secret": "{assertion}" }',
		});
		const { client_secret, ...others } = form;
		expect(read(client_secret).payload).toMatchObject({ iss: 'me' });
		expect(others).toEqual({
			grant_type: 'client_credentials',
			client_id: 'SEARCHADS.1',
			scope: 'searchadsorg',
		});
	});

	it('in the query of the Token URL is not part of "aud"', async () => {
		const { url } = await requestOf({ tokenUrl: `${TOKEN_URL}?jwt={assertion}` });
		expect(read(tokensOf(url)[0]).payload.aud).toBe(TOKEN_URL);
	});

	it.each(['https://auth.example.com/{assertion}', 'https://auth.example.com/t#{assertion}'])(
		'is refused in another place of the Token URL: %s',
		(tokenUrl) => {
			const settings = exchangeSettings({ tokenUrl });
			const error = expectCode('EXCHANGE_SETTINGS_INVALID', () => assertTokenUrl(settings));
			expect(error.message).toContain('{assertion}');
			expect(error.hint).toContain('Write it after a question mark');
		},
	);
});

describe('the Token URL', () => {
	it.each([
		'https://auth.example.com/token',
		'http://localhost:8080/token',
		'http://127.0.0.1/token',
		'http://[::1]:3000/token',
	])('%s is fine', (tokenUrl) => {
		expect(() => assertTokenUrl(exchangeSettings({ tokenUrl }))).not.toThrow();
	});

	it.each([
		['', 'EXCHANGE_SETTINGS_INVALID', 'The Token URL is empty.'],
		['auth.example.com/token', 'URL_INVALID', 'The Token URL is not a whole http(s) address.'],
		['ftp://auth.example.com/', 'URL_INVALID', 'The Token URL is not a whole http(s) address.'],
		[
			'https:auth.example.com/?next=https://',
			'URL_INVALID',
			'The Token URL is not a whole http(s) address.',
		],
	] as const)('%p is refused, with an example of one', (tokenUrl, code, message) => {
		const error = expectCode(code, () => assertTokenUrl(exchangeSettings({ tokenUrl })));
		expect(error.message).toBe(message);
		expect(error.hint).toContain('such as https://auth.example.com/oauth/token');
	});

	it.each(['u:p@', 'u@', ':p@'])('with %s is refused: n8n would send it', (user) => {
		const tokenUrl = `https://${user}auth.example.com/token`;
		const error = expectCode('URL_INVALID', () => assertTokenUrl(exchangeSettings({ tokenUrl })));
		expect(error.message).toBe('The Token URL has a user name or password in it.');
	});

	it.each(['auth.example.com', '127.0.0.1.example.com', 'localhost.example.com', '10.0.0.1'])(
		'at %s is refused without encryption',
		(host) => {
			const settings = exchangeSettings({ tokenUrl: `http://${host}/token` });
			const error = expectCode('TOKEN_URL_INSECURE', () => assertTokenUrl(settings));
			expect(error.message).toBe(
				`The Token URL would send the assertion to ${host} without encryption (http).`,
			);
		},
	);

	it.each(['http://keycloak:8080/token', 'http://10.0.0.1/token', 'http://[fd00::1]/token'])(
		'%s is asked without encryption only where that is allowed',
		(tokenUrl) => {
			const allowed = { tokenUrl, useAdvanced: true, allowPlainHttp: true };
			expect(() => assertTokenUrl(exchangeSettings(allowed))).not.toThrow();
			expect(plainTokenHost(exchangeSettings(allowed))).toBe(new URL(tokenUrl).host);
			// Hidden by the switch, and off by default.
			for (const data of [{ ...allowed, useAdvanced: false }, { tokenUrl }]) {
				const error = expectCode('TOKEN_URL_INSECURE', () =>
					assertTokenUrl(exchangeSettings(data)),
				);
				expect(error.hint).toContain('turn on Allow Plain HTTP in Own Network');
				expect(plainTokenHost(exchangeSettings(data))).toBeUndefined();
			}
		},
	);

	it.each(['http://auth.example.com/token', 'http://8.8.8.8/token', 'http://keycloak./token'])(
		'%s is not asked without encryption even there',
		(tokenUrl) => {
			const allowed = { tokenUrl, useAdvanced: true, allowPlainHttp: true };
			const error = expectCode('TOKEN_URL_INSECURE', () =>
				assertTokenUrl(exchangeSettings(allowed)),
			);
			expect(error.hint).not.toContain('Allow Plain HTTP');
		},
	);

	it.each([
		'https://auth.example.com/.well-known/openid-configuration',
		'https://auth.example.com/.well-known/oauth-authorization-server/tenant',
		'https://auth.example.com/t/.well-known/jwks.json',
	])('is not %s, to which no assertion is sent', (tokenUrl) => {
		const error = expectCode('URL_INVALID', () => assertTokenUrl(exchangeSettings({ tokenUrl })));
		expect(error.message).toContain('the address of published metadata or keys');
		expect(error.hint).toContain('"token_endpoint"');
	});

	it('has to be on the list of domains, and is named if it is not', () => {
		const restricted = { allowedHttpRequestDomains: 'domains', allowedDomains: 'api.example.com' };
		const error = expectCode('DOMAIN_NOT_ALLOWED', () =>
			assertTokenUrl(exchangeSettings(restricted)),
		);
		expect(`${error.message} ${error.hint}`).toMatch(/auth\.example\.com.*Add auth\.example\.com/);
		const listed = { ...restricted, allowedDomains: 'api.example.com, auth.example.com' };
		expect(() => assertTokenUrl(exchangeSettings(listed))).not.toThrow();
	});
});
