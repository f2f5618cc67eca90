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
				headers: {
					accept: '*/*',
					authorization: 'Bearer opaque-access-token',
					'X-Api-Key': API_KEY,
				},
				disableFollowRedirect: true,
			},
		]);
	});

	it('gets the headers as they were entered', async () => {
		const additionalHeaders =
			'{ "Content-Type": "application/vnd.api+json", "Accept": "text/csv" }';
		const { requests } = await test({ additionalHeaders }, {});
		expect(requests[0]?.headers).toEqual({
			authorization: 'Bearer opaque-access-token',
			'Content-Type': 'application/vnd.api+json',
			Accept: 'text/csv',
		});
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
			hint: expect.stringContaining('Enter the final address as Test URL'),
		});
	});

	it('quotes a redirect to a host with the name of a secret no more than anything else', async () => {
		const headers = { location: 'https://opaque-access-token.example.com/' };
		const { error } = await test({}, { statusCode: 302, headers });
		expect(String(error)).toContain('redirects to https://[removed].example.com (302)');
	});

	it.each([
		['//other.example.com:8443/x', 'https://other.example.com:8443'],
		['/login', 'https://api.example.com'],
		['urn:elsewhere', 'another address'],
		['https://', 'another address'],
		[undefined, 'another address'],
	])('says of a redirect to %s where it leads', async (location, to) => {
		const { error } = await test({}, { statusCode: 302, headers: { location } });
		expect(String(error)).toContain(`redirects to ${to} (302)`);
	});

	it.each([
		[199, /answered 199/],
		[200, undefined],
		[299, undefined],
		[300, /redirects to .* \(300\)/],
		[399, /redirects to .* \(399\)/],
		[400, /answered 400/],
	])('passes with a status of 200 to 299 only: %d', async (statusCode, words) => {
		const { error } = await test({}, { statusCode, headers: { location: '/' } });
		if (words === undefined) expect(error).toBeUndefined();
		else
			expect(error).toMatchObject({
				code: 'TEST_URL_FAILED',
				message: expect.stringMatching(words),
			});
	});

	it.each([
		['nothing', ' \n', '.'],
		['several lines', ' No\r\n\t scope. \n', ' with "No scope.".'],
		['too much to be quoted', 'x'.repeat(301), ` with "${'x'.repeat(300)}".`],
	])('says in one short line what the API answered: %s', async (_what, body, said) => {
		const { error } = await test({}, { statusCode: 403, body });
		expect(error).toMatchObject({
			message: `The Test URL at api.example.com answered 403${said}`,
		});
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
			hint: 'Check the Test URL.',
		});
	});

	it.each([
		['ftp://api.example.com/', 'The Test URL is not a whole http(s) address.'],
		['https://u:p@api.example.com/', 'The Test URL has a user name or password in it.'],
	])('is refused without any request: %s', async (testUrl, message) => {
		const { requests, error } = await test({ testUrl }, {});
		expect(error).toMatchObject({ code: 'URL_INVALID', message });
		expect(requests).toEqual([]);
	});

	it('has to be on the list of Specific Domains', async () => {
		const domains = { allowedHttpRequestDomains: 'domains', allowedDomains: 'auth.example.com' };
		const { requests, error } = await test(domains, {});
		expect(error).toMatchObject({ code: 'DOMAIN_NOT_ALLOWED' });
		expect(requests).toEqual([]);
	});
});
