import { randomUUID } from 'node:crypto';
import { exchange } from '../../../core/exchange/exchange';
import { withApiProof } from '../../../core/exchange/provenRequest';
import { storedFields } from '../../../core/exchange/storedToken';
import { readTestUrl } from '../../../core/exchange/testUrl';
import { newProofKey } from '../../../core/keys/proofKey';
import { accessTokenHash } from '../../../core/sign/dpopProof';
import { exchangeSettings, granted, network, type Reply } from '../support/exchangeCases';
import { readProof } from '../support/proofs';

/** Settings with an origin that no other test has told a nonce of. */
const fresh = (data = {}) => {
	const origin = `https://${randomUUID()}.example.com`;
	const useDpop = { useAdvanced: ['proof', 'exchange'], useDpop: true };
	return {
		origin,
		settings: exchangeSettings({ tokenUrl: `${origin}/token`, ...useDpop, ...data }),
	};
};

const bound = granted('at-1', { token_type: 'DPoP' });
const nonceWanted = (nonce?: string): Reply => ({
	statusCode: 400,
	headers: nonce === undefined ? {} : { 'dpop-nonce': nonce },
	body: { error: 'use_dpop_nonce', error_description: 'nonce, please' },
});

const proofsOf = ({ requests }: ReturnType<typeof network>) =>
	requests.map(({ headers }) => readProof(headers.DPoP));

describe('a token request under Use DPoP', () => {
	it('proves a new key, which stays with the token and stands in nothing that is sent', async () => {
		const { origin, settings } = fresh();
		const endpoint = network(bound);
		const token = await exchange(settings, endpoint);
		const [proof] = proofsOf(endpoint);
		expect(proof?.claims).toMatchObject({ htm: 'POST', htu: `${origin}/token` });
		expect(proof?.claims).not.toHaveProperty('ath');
		expect(proof?.header.jwk.x).toBe(token.proofKey?.x);
		expect(JSON.stringify(endpoint.requests)).not.toContain(token.proofKey?.d);
		expect(storedFields(token).tokenState).toContain(token.proofKey?.d);
		const next = await exchange(settings, endpoint);
		expect(next.proofKey?.d).not.toBe(token.proofKey?.d);
	});

	it('is made anew with the nonce that the endpoint asks for, assertion and all, by the same key', async () => {
		const { settings } = fresh();
		const endpoint = network(nonceWanted('n-1'), bound);
		await exchange(settings, endpoint);
		const [first, second] = proofsOf(endpoint);
		expect(endpoint.requests).toHaveLength(2);
		expect(first?.claims).not.toHaveProperty('nonce');
		expect(second?.claims.nonce).toBe('n-1');
		expect(second?.claims.jti).not.toBe(first?.claims.jti);
		expect(second?.jkt).toBe(first?.jkt);
		expect(new Set(endpoint.requests.map(({ body }) => body)).size).toBe(2);
	});

	it('is made anew where only a header asks for the nonce', async () => {
		const headers = { 'dpop-nonce': 'n-1', 'www-authenticate': 'DPoP error="use_dpop_nonce"' };
		const endpoint = network({ statusCode: 401, headers, body: 'no members' }, bound);
		expect(await exchange(fresh().settings, endpoint)).toMatchObject({ token: 'at-1' });
		expect(proofsOf(endpoint)).toMatchObject([{}, { claims: { nonce: 'n-1' } }]);
	});

	it('has the nonce of the last answer from the beginning', async () => {
		const { settings } = fresh();
		await exchange(settings, network({ ...bound, headers: { 'dpop-nonce': 'n-7' } }));
		const endpoint = network(bound);
		await exchange(settings, endpoint);
		expect(proofsOf(endpoint)).toMatchObject([{ claims: { nonce: 'n-7' } }]);
	});

	it.each([
		['asks again and again', [nonceWanted('n-1'), nonceWanted('n-2')], 2],
		['asks for a nonce that it does not name', [nonceWanted()], 1],
	])('is sent no more than twice where the endpoint %s', async (_what, replies, requests) => {
		const endpoint = network(...replies);
		await expect(exchange(fresh().settings, endpoint)).rejects.toMatchObject({
			code: 'EXCHANGE_REJECTED',
			message: expect.stringContaining('nonce, please'),
			hint: expect.stringContaining('asks for a nonce'),
		});
		expect(endpoint.requests).toHaveLength(requests);
	});

	it('goes over a DPoP header of Exchange Headers', async () => {
		const endpoint = network(bound);
		const exchangeHeaders = '{ "dpop": "mine", "X-Api-Key": "k" }';
		await exchange(fresh({ exchangeHeaders }).settings, endpoint);
		expect(endpoint.requests[0]?.headers).toEqual({
			accept: 'application/json',
			'content-type': 'application/x-www-form-urlencoded',
			'X-Api-Key': 'k',
			DPoP: expect.stringMatching(/^eyJ/),
		});
	});

	it('has no proof where it is off, whatever the endpoint asks for', async () => {
		const endpoint = network(nonceWanted('n-1'));
		await expect(exchange(fresh({ useDpop: false }).settings, endpoint)).rejects.toMatchObject({
			code: 'EXCHANGE_REJECTED',
		});
		expect(endpoint.requests).toHaveLength(1);
		expect(endpoint.requests[0]?.headers).not.toHaveProperty('DPoP');
	});
});

describe('a request to the API with a bound token', () => {
	const tokenWith = async () =>
		({
			...(await exchange(fresh().settings, network(bound))),
			proofKey: await newProofKey('ES256'),
		}) as const;
	const now = new Date();

	it.each([
		[
			'new helper',
			{ url: '/v1/x?y=1', baseURL: 'https://api.example.com', qs: { z: '2' }, method: 'PUT' },
			{ disableFollowRedirect: true },
		],
		[
			'legacy helper',
			{ uri: 'https://api.example.com/v1/x?y=1', qs: { z: '2' }, method: 'PUT' },
			{ followRedirect: false, followAllRedirects: false },
		],
	])(
		'of the %s is proved for where it goes, and followed nowhere',
		async (_helper, request, off) => {
			const token = await tokenWith();
			const headers = { authorization: 'DPoP at-1', dpop: 'old' };
			const { request: proven, proof } = await withApiProof({ ...request, headers }, token, now);
			expect(proven).toEqual({
				...request,
				...off,
				headers: { authorization: 'DPoP at-1', DPoP: proof },
			});
			expect(readProof(proof).claims).toMatchObject({
				htm: 'PUT',
				htu: 'https://api.example.com/v1/x',
				ath: accessTokenHash('at-1'),
			});
		},
	);

	it('is left alone where the token is not bound', async () => {
		const token = { ...(await tokenWith()), proofKey: undefined };
		const request = { url: 'https://api.example.com/' };
		expect(await withApiProof(request, token as never, now)).toEqual({ request });
	});

	it('reads the Test URL, once more with the nonce of the API', async () => {
		const origin = `https://${randomUUID()}.example.com`;
		const { settings } = fresh({ testUrl: `${origin}/me` });
		const api = network({ ...nonceWanted('api-1'), statusCode: 401 }, {});
		await readTestUrl(await tokenWith(), settings, api);
		expect(proofsOf(api)).toMatchObject([
			{ claims: { htm: 'GET', htu: `${origin}/me` } },
			{ claims: { nonce: 'api-1' } },
		]);
		expect(api.requests[1]?.headers.authorization).toBe('DPoP at-1');
	});
});
