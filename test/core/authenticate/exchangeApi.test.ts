import { randomUUID } from 'node:crypto';
import { storedFields } from '../../../core/exchange/storedToken';
import {
	authenticateWithAccessToken,
	noteApiNonce,
	preAuthenticate,
	refusedByApi,
	TEST_MARK,
} from '../../../core/authenticate/exchangeApi';
import { exchangeFingerprint } from '../../../core/exchange/fingerprint';
import { readExchangeSettings } from '../../../core/settings/readExchange';
import { keyRequest } from '../../../core/authenticate/keyRequest';
import { SETTLING_TIME, writeKeptKey } from '../../../core/keys/keptKey';
import { exchangeData, granted, network, TOKEN_URL, type Reply } from '../support/exchangeCases';
import { legacyHelper, newHelper, type Row } from '../support/n8nHelpers';
import { newProofKey } from '../../../core/keys/proofKey';
import { sentTokens } from '../../../core/request/sentTokens';
import { secretValues } from '../../../core/settings/secretFields';
import { readProof } from '../support/proofs';
import { issue } from '../support/certificateChains';
import { ec, pem } from '../support/keyFixtures';

const HELPERS = { 'new helper': newHelper, 'legacy helper': legacyHelper };
const NAMES = ['new helper', 'legacy helper'] as const;

/** A credential of which this process knows nothing yet. */
function freshRow(data = {}): Row {
	const payload = JSON.stringify({ sub: randomUUID() });
	return { data: exchangeData({ payload, ...data }), writes: 0 };
}

/** Puts a token into the row, as another process would have. */
function store(row: Row, token: string, expiresInSeconds: number): void {
	const now = Date.now();
	const fingerprint = exchangeFingerprint(readExchangeSettings(row.data));
	const [obtainedAt, expiresAt] = [now - 3600_000, now + expiresInSeconds * 1000];
	Object.assign(
		row.data,
		storedFields({
			token,
			tokenType: 'Bearer',
			issuedTokenType: '',
			obtainedAt,
			expiresAt,
			baseUrl: '',
			fingerprint,
		}),
	);
}

/** An API that keeps what it was sent, and answers with these statuses in turn. */
function api(...statuses: number[]) {
	const sent: string[] = [];
	const send = (authorization: string): number => {
		sent.push(authorization);
		return statuses[Math.min(sent.length, statuses.length) - 1] ?? 200;
	};
	return { sent, send };
}

describe.each(NAMES)('%s', (name) => {
	const helper = HELPERS[name];

	it('exchanges once for many requests at once, and has n8n write the row once', async () => {
		const row = freshRow();
		const endpoint = network(granted('at-1'));
		const { sent, send } = api();
		await Promise.all(Array.from({ length: 50 }, async () => await helper(row, endpoint, send)));
		expect(new Set(sent)).toEqual(new Set(['Bearer at-1']));
		expect(sent).toHaveLength(50);
		expect({ exchanges: endpoint.requests.length, writes: row.writes }).toEqual({
			exchanges: 1,
			writes: 1,
		});
	});

	it('replaces an expired stored token before the request, again once for all', async () => {
		const row = freshRow();
		store(row, 'at-old', -5);
		const endpoint = network(granted('at-new'));
		const { sent, send } = api();
		await Promise.all(Array.from({ length: 50 }, async () => await helper(row, endpoint, send)));
		expect(new Set(sent)).toEqual(new Set(['Bearer at-new']));
		expect({ exchanges: endpoint.requests.length, writes: row.writes }).toEqual({
			exchanges: 1,
			writes: 1,
		});
	});

	it("uses another process's token, but not one made from something else", async () => {
		const row = freshRow();
		store(row, 'at-stored', 3000);
		const endpoint = network(granted('at-new'));
		const { sent, send } = api();
		await helper(row, endpoint, send);
		row.data.scope = 'more';
		await helper(row, endpoint, send);
		expect(sent).toEqual(['Bearer at-stored', 'Bearer at-new']);
	});

	it.each<[string, Reply, string, number]>([
		['refuses', { statusCode: 400 }, 'EXCHANGE_REJECTED', 1],
		[
			'asks to wait',
			{ statusCode: 429, headers: { 'retry-after': '60' } },
			'EXCHANGE_RATE_LIMITED',
			1,
		],
		['is broken', { statusCode: 503 }, 'EXCHANGE_SERVER_ERROR', 3],
		['redirects', { statusCode: 302 }, 'EXCHANGE_REDIRECTED', 1],
		['has no token', { body: { id_token: 'x' } }, 'EXCHANGE_TOKEN_MISSING', 1],
		['does not answer', Object.assign(new Error(), { code: 'ETIMEDOUT' }), 'EXCHANGE_TIMEOUT', 1],
	])(
		'tells everyone, then and later, that the endpoint %s, and asks it no more',
		async (_what, reply, code, requests) => {
			const row = freshRow();
			const endpoint = network(reply);
			const { sent, send } = api();
			const item = async () => await helper(row, endpoint, send);
			const outcomes = await Promise.allSettled(Array.from({ length: 20 }, item));
			for (let index = 0; index < 20; index += 1) {
				outcomes.push(...(await Promise.allSettled([item()])));
			}
			expect(outcomes).toHaveLength(40);
			for (const outcome of outcomes) expect(outcome).toMatchObject({ reason: { code } });
			expect({ sent, requests: endpoint.requests.length }).toEqual({ sent: [], requests });
		},
	);

	it('asks nobody for a token when the API is not allowed', async () => {
		const restricted = {
			allowedHttpRequestDomains: 'domains',
			allowedDomains: 'auth.example.com',
		};
		const endpoint = network(granted());
		const { send } = api();
		await expect(helper(freshRow(restricted), endpoint, send)).rejects.toMatchObject({
			code: 'DOMAIN_NOT_ALLOWED',
		});
		expect(endpoint.requests).toEqual([]);
	});

	it.each([404, 500])('sends nothing twice after a %d', async (status) => {
		const row = freshRow();
		const endpoint = network(granted('at-1'), granted('at-2'));
		const { sent, send } = api(status);
		await expect(helper(row, endpoint, send)).rejects.toThrow(String(status));
		expect({ sent, exchanges: endpoint.requests.length }).toEqual({
			sent: ['Bearer at-1'],
			exchanges: 1,
		});
	});
});

describe('a token the API refuses', () => {
	it('is replaced within the request by the new helper, at most once a minute', async () => {
		const row = freshRow();
		const endpoint = network(granted('at-1'), granted('at-2'), granted('at-3'));
		await newHelper(row, endpoint, api().send);
		const once = api(401, 200);
		expect(await newHelper(row, endpoint, once.send)).toBe(200);
		expect(once.sent).toEqual(['Bearer at-1', 'Bearer at-2']);

		const always = api(401);
		await expect(newHelper(row, endpoint, always.send)).rejects.toThrow('401');
		expect(endpoint.requests).toHaveLength(2);
		expect(row.data.accessToken).toBe('at-2');
	});

	it('is replaced and stored once, however many requests it was refused to', async () => {
		const row = freshRow();
		const endpoint = network(granted('at-1'), granted('at-2'), granted('at-3'));
		await newHelper(row, endpoint, api().send);
		const send = (authorization: string) => (authorization === 'Bearer at-1' ? 401 : 200);
		const item = async () => await newHelper(row, endpoint, send);
		const outcomes = await Promise.all(Array.from({ length: 20 }, item));
		expect(new Set(outcomes)).toEqual(new Set([200]));
		// One write for each of the two tokens.
		expect({ exchanges: endpoint.requests.length, writes: row.writes }).toEqual({
			exchanges: 2,
			writes: 2,
		});
	});

	it('is replaced for the next request by the legacy helper', async () => {
		const row = freshRow();
		const endpoint = network(granted('at-1'), granted('at-2'), granted('at-3'));
		await legacyHelper(row, endpoint, api().send);
		const { sent, send } = api(401, 401, 200);
		for (const expected of ['401', '401', undefined]) {
			const result = legacyHelper(row, endpoint, send);
			if (expected) await expect(result).rejects.toThrow(expected);
			else expect(await result).toBe(200);
		}
		// The third follows within the minute: what replaced the first is kept.
		expect(sent).toEqual(['Bearer at-1', 'Bearer at-2', 'Bearer at-2']);
		expect(endpoint.requests).toHaveLength(2);
	});

	it('is reported by a sender that judges statuses itself', async () => {
		const row = freshRow();
		const endpoint = network(granted('at-1'), granted('at-2'));
		await newHelper(row, endpoint, api().send);
		const data = { ...row.data };
		expect(refusedByApi(data)).toBe(false);
		await authenticateWithAccessToken(data, { url: 'https://api.example.com/' }, endpoint.sleep);
		expect(refusedByApi(data)).toBe(true);
		const { sent, send } = api();
		await newHelper(row, endpoint, send);
		expect(sent).toEqual(['Bearer at-2']);

		// Another one within the minute is of no use: the API refuses whatever it gets.
		const next = { ...row.data };
		await authenticateWithAccessToken(next, { url: 'https://api.example.com/' }, endpoint.sleep);
		expect(refusedByApi(next)).toBe(false);
	});
});

const testUrl = 'https://api.example.com/me';
const tested = { useAdvanced: true, testUrl };

describe('a request that there is no token for', () => {
	it('is refused as one that n8n has to renew the token for, and says so where it does not', async () => {
		const request = { url: 'https://api.example.com/' };
		const call = authenticateWithAccessToken(freshRow().data, request, network().sleep);
		await expect(call).rejects.toMatchObject({
			code: 'EXCHANGE_NOT_RENEWED',
			message: 'The access token was not renewed before the request.',
			response: { status: 401 },
		});
	});

	it('has the one that was fetched for it, even if that is over when it arrives', async () => {
		const row = freshRow(tested);
		const endpoint = network(granted('at-1', { expires_in: 1 }));
		const { data } = row;
		const request = { url: 'https://api.example.com/' };
		const authenticate = async () =>
			await authenticateWithAccessToken(data, request, endpoint.sleep);
		await expect(authenticate()).rejects.toMatchObject({ code: 'EXCHANGE_NOT_RENEWED' });
		await preAuthenticate(data, endpoint);
		const later = Date.now() + 60_000;
		const clock = jest.spyOn(Date, 'now').mockReturnValue(later);
		const sent = await authenticate().finally(() => {
			clock.mockRestore();
		});
		expect(sent).toMatchObject({ headers: { authorization: 'Bearer at-1' } });
	});

	it('reads no Test URL, which is for tests alone', async () => {
		const row = freshRow(tested);
		const endpoint = network(granted('at-1'));
		await newHelper(row, endpoint, api().send);
		expect(endpoint.requests.map(({ url }) => url)).toEqual([TOKEN_URL]);
	});
});

describe('Test Connection', () => {
	/** What n8n sends to test a credential. */
	const marked = { url: TOKEN_URL, [TEST_MARK]: true };
	const authenticated = async (row: Row, endpoint: ReturnType<typeof network>) =>
		await authenticateWithAccessToken(row.data, marked, endpoint.sleep);
	const isAsked = async (row: Row, endpoint: ReturnType<typeof network>) => {
		await expect(authenticated(row, endpoint)).rejects.toMatchObject({
			code: 'EXCHANGE_NOT_RENEWED',
		});
	};

	it('exchanges even if there is a token, has n8n store the new one, and is not sent its mark', async () => {
		const row = freshRow();
		const endpoint = network(granted('at-1'), granted('at-2'));
		await newHelper(row, endpoint, api().send);
		row.data = { ...row.data };
		await isAsked(row, endpoint);
		expect(await preAuthenticate(row.data, endpoint)).toMatchObject({ accessToken: 'at-2' });
		expect(await authenticated(row, endpoint)).toEqual({ url: TOKEN_URL });
		expect(endpoint.requests).toHaveLength(2);
	});

	it('reads the Test URL with the new token, where one is entered', async () => {
		const row = freshRow(tested);
		const endpoint = network(granted('at-1'), { statusCode: 204 });
		await isAsked(row, endpoint);
		await preAuthenticate(row.data, endpoint);
		expect(await authenticated(row, endpoint)).toEqual({ url: TOKEN_URL });
		const [, { url, headers } = {}] = endpoint.requests;
		expect({ url, headers }).toMatchObject({
			url: testUrl,
			headers: { authorization: 'Bearer at-1' },
		});
		expect(endpoint.requests).toHaveLength(2);
	});

	it('is possible where the credential may be used in no request: Token URL is asked all the same', async () => {
		const row = freshRow({ allowedHttpRequestDomains: 'none' });
		const endpoint = network(granted('at-1'));
		await isAsked(row, endpoint);
		await preAuthenticate(row.data, endpoint);
		expect(await authenticated(row, endpoint)).toEqual({ url: TOKEN_URL });
	});

	it('fails where the API does not take the token', async () => {
		const row = freshRow(tested);
		const endpoint = network(granted('at-1'), { statusCode: 403 });
		await isAsked(row, endpoint);
		await expect(preAuthenticate(row.data, endpoint)).rejects.toMatchObject({
			code: 'TEST_URL_FAILED',
		});
	});

	it('exchanges once and stores once when two are made at the same time', async () => {
		const row = freshRow();
		const endpoint = network(granted('at-1'), granted('at-2'));
		const rows = [row, { ...row, data: { ...row.data } }];
		for (const one of rows) await isAsked(one, endpoint);
		const outcomes = await Promise.all(
			rows.map(async ({ data }) => await preAuthenticate(data, endpoint)),
		);
		expect(outcomes).toEqual([expect.objectContaining({ accessToken: 'at-1' }), {}]);
		expect(endpoint.requests).toHaveLength(1);
	});

	describe('of n8n 1.x, which has a token fetched before it asks', () => {
		const fetchFirst = async (row: Row, endpoint: ReturnType<typeof network>) => {
			expect(await preAuthenticate(row.data, endpoint, { store: false })).toEqual({});
		};

		it('is content with that one, where there is no Test URL', async () => {
			const row = freshRow();
			const endpoint = network(granted('at-1'));
			await fetchFirst(row, endpoint);
			expect(await authenticated(row, endpoint)).toEqual({ url: TOKEN_URL });
			expect(endpoint.requests).toHaveLength(1);
		});

		it('exchanges again to read the Test URL, and stores nothing', async () => {
			const row = freshRow(tested);
			const endpoint = network(granted('at-1'), granted('at-2'), { statusCode: 200 });
			await fetchFirst(row, endpoint);
			await isAsked(row, endpoint);
			expect(await preAuthenticate(row.data, endpoint, { store: false })).toEqual({});
			expect(await authenticated(row, endpoint)).toEqual({ url: TOKEN_URL });
			expect(endpoint.requests.map(({ url }) => url)).toEqual([TOKEN_URL, TOKEN_URL, testUrl]);
		});

		it('leaves the Test URL alone for any other request', async () => {
			const row = freshRow(tested);
			const endpoint = network(granted('at-1'));
			await fetchFirst(row, endpoint);
			const request = { url: 'https://api.example.com/' };
			const sent = await authenticateWithAccessToken(row.data, request, endpoint.sleep);
			expect(sent).toMatchObject({ headers: { authorization: 'Bearer at-1' } });
			expect(endpoint.requests).toHaveLength(1);
		});
	});
});

describe('a token that is bound to a key (DPoP)', () => {
	const dpop = { useAdvanced: ['proof'], useDpop: true };
	const bound = granted('at-1', { token_type: 'DPoP' });

	/** Authenticates a request as n8n does, and reads its proof. */
	const authenticated = async (row: Row, endpoint: ReturnType<typeof network>, url: string) => {
		const data = { ...row.data };
		const request: { url: string; headers?: Record<string, unknown> } = { url };
		const sent = await authenticateWithAccessToken(data, request, endpoint.sleep);
		return { data, headers: sent.headers, proof: readProof(sent.headers?.DPoP) };
	};

	it.each(NAMES)('has a fresh proof in every request of the %s, and one exchange', async (name) => {
		const row = freshRow(dpop);
		const endpoint = network(bound);
		const { sent, send } = api();
		const item = async () => await HELPERS[name](row, endpoint, send);
		await Promise.all(Array.from({ length: 20 }, item));
		expect(new Set(sent)).toEqual(new Set(['DPoP at-1']));
		expect(endpoint.requests).toHaveLength(1);
		const url = 'https://api.example.com/';
		const all = await Promise.all(
			Array.from({ length: 20 }, async () => await authenticated(row, endpoint, url)),
		);
		expect(new Set(all.map(({ proof }) => proof.claims.jti)).size).toBe(20);
		expect(new Set(all.map(({ proof }) => proof.jkt)).size).toBe(1);
	});

	it('has a proof of the stored key in a process that did not fetch it', async () => {
		const row = freshRow(dpop);
		const proofKey = await newProofKey('EdDSA');
		const now = Date.now();
		const fingerprint = exchangeFingerprint(readExchangeSettings(row.data));
		const times = { obtainedAt: now, expiresAt: now + 3600_000 };
		const stored = { token: 'at-s', tokenType: 'DPoP', issuedTokenType: '', baseUrl: '' };
		Object.assign(row.data, storedFields({ ...stored, ...times, fingerprint, proofKey }));
		const { headers, proof } = await authenticated(row, network(), 'https://api.example.com/');
		expect(headers?.authorization).toBe('DPoP at-s');
		expect(proof.header.jwk.x).toBe(proofKey.x);
	});

	it('is worth another try where the API asks for a nonce, and only then', async () => {
		const row = freshRow(dpop);
		const endpoint = network(bound);
		await newHelper(row, endpoint, api().send);
		const url = `https://${randomUUID()}.example.com/orders`;
		const { data, proof } = await authenticated(row, endpoint, url);
		expect(proof.claims).not.toHaveProperty('nonce');
		const challenge = { 'www-authenticate': 'DPoP error="use_dpop_nonce"' };
		const refused = { statusCode: 401, headers: { ...challenge, 'dpop-nonce': 'n-1' } };
		expect(noteApiNonce(data, url, { statusCode: 401, headers: challenge })).toBe(false);
		expect(noteApiNonce({ ...data }, url, refused)).toBe(false);
		expect(noteApiNonce(data, url, refused)).toBe(true);
		const next = await authenticated(row, endpoint, url);
		expect(next.proof.claims.nonce).toBe('n-1');
		const taken = { statusCode: 200, headers: { 'dpop-nonce': 'n-2' } };
		expect(noteApiNonce(next.data, url, taken)).toBe(false);
		expect((await authenticated(row, endpoint, url)).proof.claims.nonce).toBe('n-2');
	});

	it('is the only one with a proof: one of another kind has none, whatever the API says', async () => {
		const row = freshRow();
		const endpoint = network(granted('at-1'));
		await newHelper(row, endpoint, api().send);
		const data = { ...row.data };
		const url = 'https://api.example.com/';
		await authenticateWithAccessToken(data, { url }, endpoint.sleep);
		expect(sentTokens(data)).toEqual(['at-1']);
		const headers = { 'www-authenticate': 'DPoP error="use_dpop_nonce"', 'dpop-nonce': 'n-1' };
		expect(noteApiNonce(data, url, { statusCode: 401, headers })).toBe(false);
	});

	it('is told apart from its proof, of which neither is shown', async () => {
		const row = freshRow(dpop);
		const endpoint = network(bound);
		await newHelper(row, endpoint, api().send);
		const { data, headers } = await authenticated(row, endpoint, 'https://api.example.com/');
		expect(sentTokens(data)).toEqual([headers?.DPoP, 'at-1']);
		const { d } = (JSON.parse(String(row.data.tokenState)) as { proofKey: { d: string } }).proofKey;
		expect(secretValues(row.data)).toContain(d);
	});
});

describe('an n8n that would store more than the token (1.x)', () => {
	it('gets nothing to store, and every request has a token all the same', async () => {
		const row = freshRow();
		const endpoint = network(granted('at-1'));
		const sent = await Promise.all(
			Array.from({ length: 10 }, async () => {
				const data = { ...row.data };
				expect(await preAuthenticate(data, endpoint, { store: false })).toEqual({});
				const request = { uri: 'https://api.example.com/' };
				return await authenticateWithAccessToken(data, request, endpoint.sleep);
			}),
		);
		for (const request of sent) {
			expect(request).toMatchObject({ headers: { authorization: 'Bearer at-1' } });
		}
		expect(endpoint.requests).toHaveLength(1);
	});
});

describe('the request', () => {
	const authenticated = async (data: object, request: Record<string, unknown>, answer = {}) => {
		const row = freshRow(data);
		const endpoint = network(granted('at-1', answer));
		await newHelper(row, endpoint, api().send).catch(() => {});
		return await authenticateWithAccessToken({ ...row.data }, request, endpoint.sleep);
	};

	it('is copied, not changed', async () => {
		const request = Object.freeze({
			url: 'https://api.example.com/',
			headers: Object.freeze({ a: '1' }),
		});
		expect(await authenticated({}, request)).toEqual({
			url: 'https://api.example.com/',
			headers: { a: '1', authorization: 'Bearer at-1' },
		});
	});

	it.each([
		['bearer', undefined, 'Bearer at-1'],
		['Token', undefined, 'Bearer at-1'],
		['BearerToken', undefined, 'Bearer at-1'],
		['Token', 'Custom', 'Custom at-1'],
		['Token', '', 'at-1'],
		['urn:x:y', undefined, 'Bearer at-1'],
	])('of token_type %p has the prefix of the form, %p', async (token_type, prefix, expected) => {
		const data = prefix === undefined ? {} : { useAdvanced: true, headerPrefix: prefix };
		const { headers } = (await authenticated(
			data,
			{ url: 'https://api.example.com/' },
			{ token_type },
		)) as { headers?: Record<string, unknown> };
		expect(headers?.authorization).toBe(expected);
	});

	it('is completed by the base URL of the answer, which has to be allowed, too', async () => {
		const data = { useAdvanced: true, baseUrlField: 'instance_url' };
		const answer = { instance_url: 'https://eu1.example.com/base/' };
		expect(await authenticated(data, { url: '/v1/x?y=1' }, answer)).toMatchObject({
			url: 'https://eu1.example.com/base/v1/x?y=1',
		});
		await expect(
			authenticated(
				{
					...data,
					allowedHttpRequestDomains: 'domains',
					allowedDomains: 'auth.example.com, api.example.com',
				},
				{ url: '/v1/x' },
				answer,
			),
		).rejects.toMatchObject({ code: 'DOMAIN_NOT_ALLOWED' });
		await expect(authenticated({}, { url: '/v1/x' })).rejects.toMatchObject({
			code: 'URL_INVALID',
		});
	});

	it('carries no token to the token endpoint', async () => {
		const url = 'https://auth.example.com/oauth/token?x=1';
		expect(await authenticated({}, { url })).toEqual({ url });
	});

	it('has no user name for the token endpoint, that would be sent as a header', async () => {
		const url = 'https://me@auth.example.com/oauth/token';
		await expect(authenticated({}, { url })).rejects.toMatchObject({
			code: 'URL_INVALID',
			message: 'The URL has a user name or password in it.',
		});
	});

	it('that is there for the key alone goes nowhere, and no token is asked for', async () => {
		const der = ec.export({ format: 'der', type: 'pkcs8' });
		const kept = writeKeptKey(der, Date.now() - SETTLING_TIME).slice(1);
		const made = { algorithm: 'ES256', keySource: 'generate', generatedPrivateKey: kept };
		const { data } = freshRow(made);
		const answer = await authenticateWithAccessToken(data, keyRequest(), network().sleep);
		expect(answer).toEqual({ method: 'GET', url: expect.stringMatching(/^data:/) as string });
		expect(await preAuthenticate(data, network())).toEqual({});
	});

	it('is connected with the client certificate, to the token endpoint as well', async () => {
		const { certificate, key } = issue();
		const tls = { tlsCertificate: certificate, tlsPrivateKey: pem(key, 'pkcs8') };
		for (const url of ['https://auth.example.com/oauth/token', 'https://api.example.com/']) {
			expect(await authenticated({ useAdvanced: ['proof'], ...tls }, { url })).toMatchObject({
				agentOptions: { cert: certificate, key: pem(key, 'pkcs8') },
				disableFollowRedirect: true,
			});
		}
	});
});
