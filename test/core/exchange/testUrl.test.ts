import type { AccessToken } from '../../../core/exchange/storedToken';
import { readTestUrl } from '../../../core/exchange/testUrl';
import { issue } from '../support/certificateChains';
import { pem } from '../support/keyFixtures';
import { exchangeSettings, network, type Reply } from '../support/exchangeCases';

const TEST_URL = 'https://api.example.com/me?full=1';
const API_KEY = 'key-"of"-the-api';

const token: AccessToken = {
	token: 'opaque-access-token',
	tokenType: 'Bearer',
	issuedTokenType: '',
	obtainedAt: 0,
	expiresAt: 1e15,
	baseUrl: '',
	fingerprint: '',
};

async function test(data: object, ...replies: Reply[]) {
	const settings = exchangeSettings({
		useAdvanced: true,
		testUrl: TEST_URL,
		additionalHeaders: JSON.stringify({ 'X-Api-Key': API_KEY }),
		...data,
	});
	const api = network(...replies);
	const error: unknown = await readTestUrl(token, settings, api).catch((reason: unknown) => reason);
	return { requests: api.requests, error };
}

describe('the Test URL', () => {
	it('is read once, with token and headers, and follows no redirect', async () => {
		const { requests, error } = await test({}, { statusCode: 204 });
		expect(error).toBeUndefined();
		expect(requests).toMatchObject([
			{
				method: 'GET',
				url: TEST_URL,
				headers: { authorization: 'Bearer opaque-access-token', 'X-Api-Key': API_KEY },
				disableFollowRedirect: true,
			},
		]);
	});

	it('is read with the client certificate', async () => {
		const { certificate, key } = issue();
		const data = { tlsCertificate: certificate, tlsPrivateKey: pem(key, 'pkcs8') };
		const { requests, error } = await test(data, {});
		expect(error).toBeUndefined();
		const agentOptions = { cert: certificate, key: pem(key, 'pkcs8') };
		expect(requests).toMatchObject([{ url: TEST_URL, agentOptions }]);
	});

	it('is completed by the base URL that came with the token', async () => {
		const settings = exchangeSettings({
			useAdvanced: true,
			testUrl: '/me',
			baseUrlField: 'instance_url',
		});
		const api = network({});
		await readTestUrl({ ...token, baseUrl: 'https://my.example.com' }, settings, api);
		expect(api.requests).toMatchObject([{ url: 'https://my.example.com/me' }]);
	});

	it('gets the token in the query where the API wants it there', async () => {
		const { requests } = await test({ placement: 'query', queryParameter: 'at' }, {});
		expect(requests[0]?.url).toBe(`${TEST_URL}&at=opaque-access-token`);
	});

	it.each([301, 302, 303, 307, 308])('says where a redirect leads: %d', async (statusCode) => {
		const headers = { location: 'https://other.example.com/opaque-access-token' };
		const { requests, error } = await test({}, { statusCode, headers });
		expect(requests).toHaveLength(1);
		expect(error).toMatchObject({
			code: 'TEST_URL_FAILED',
			message: `The Test URL at api.example.com redirects to https://other.example.com (${statusCode}), which got nothing.`,
		});
	});

	it('quotes a redirect to a host with the name of a secret no more than anything else', async () => {
		const headers = { location: 'https://opaque-access-token.example.com/' };
		const { error } = await test({}, { statusCode: 302, headers });
		expect(String(error)).toContain('redirects to https://[removed].example.com (302)');
	});

	it('says what the API answered, without secrets', async () => {
		const body = { message: 'no scope', got: [API_KEY, 'Bearer opaque-access-token'] };
		const { error } = await test({}, { statusCode: 403, body });
		expect(String(error)).toContain('answered 403 with "{"message":"no scope"');
		expect(String(error)).not.toMatch(/key-|of\\|opaque/);
	});

	it('says that it cannot be reached', async () => {
		const { error } = await test({}, new Error('getaddrinfo opaque-access-token'));
		expect(error).toMatchObject({
			code: 'TEST_URL_FAILED',
			message: 'The Test URL at api.example.com cannot be reached.',
		});
	});

	it.each([
		['ftp://api.example.com/', 'URL_INVALID'],
		['https://u:p@api.example.com/', 'URL_INVALID'],
	])('is refused without any request: %s', async (testUrl, code) => {
		const { requests, error } = await test({ testUrl }, {});
		expect(error).toMatchObject({ code });
		expect(requests).toEqual([]);
	});

	it('has to be on the list of Specific Domains', async () => {
		const domains = { allowedHttpRequestDomains: 'domains', allowedDomains: 'auth.example.com' };
		const { requests, error } = await test(domains, {});
		expect(error).toMatchObject({ code: 'DOMAIN_NOT_ALLOWED' });
		expect(requests).toEqual([]);
	});
});
