import { audienceDirectory } from '../../../core/exchange/assertionAudience';
import { Cancelled } from '../../../core/shared/cancelled';
import { exchangeSettings, network, type Reply } from '../support/exchangeCases';

const TOKEN_URL = 'https://sso.test/realms/main/protocol/openid-connect/token';
const ISSUER = 'https://sso.test/realms/main';

const settings = (data: Record<string, unknown> = {}) =>
	exchangeSettings({
		tokenUrl: TOKEN_URL,
		useAdvanced: true,
		assertionAudience: 'issuer',
		...data,
	});

/** A server with these documents and other answers, by address, and nothing else. */
function server(documents: Record<string, unknown>, answers: Record<string, Reply> = {}) {
	const stand = network();
	const asked: string[] = [];
	return {
		...stand,
		asked,
		httpRequest: async (options: Parameters<typeof stand.httpRequest>[0]) => {
			asked.push(options.url);
			const body = documents[options.url];
			const document = body === undefined ? { statusCode: 404 } : { body };
			const one = network(answers[options.url] ?? document);
			return await one.httpRequest(options);
		},
	};
}

const metadata = (issuer: string, token_endpoint = TOKEN_URL) => ({ issuer, token_endpoint });

describe('the audience of an assertion', () => {
	it('is the Token URL by default, without anybody being asked', async () => {
		const world = server({});
		const given = settings({
			assertionAudience: 'tokenUrl',
			tokenUrl: `${TOKEN_URL}?jwt={assertion}`,
		});
		expect(await audienceDirectory()(given, world)).toBe(TOKEN_URL);
		expect(world.asked).toEqual([]);
	});

	it('is the issuer whose metadata name the Token URL, found once an hour (Keycloak)', async () => {
		const world = server({ [`${ISSUER}/.well-known/openid-configuration`]: metadata(ISSUER) });
		let now = 0;
		const find = audienceDirectory(() => now);
		expect(await find(settings(), world)).toBe(ISSUER);
		const count = world.asked.length;
		expect(world.asked.every((url) => url.startsWith('https://sso.test/'))).toBe(true);
		await Promise.all([find(settings(), world), find(settings(), world)]);
		expect(world.asked).toHaveLength(count);
		now = 3_600_001;
		await find(settings(), world);
		expect(world.asked).toHaveLength(2 * count);
	});

	it.each([
		[
			'at the root, with its slash (Auth0)',
			'https://sso.test/',
			'https://sso.test/.well-known/openid-configuration',
		],
		['by RFC 8414', ISSUER, 'https://sso.test/.well-known/oauth-authorization-server/realms/main'],
	])('is found %s', async (_where, issuer, address) => {
		const world = server({ [address]: metadata(issuer) });
		expect(await audienceDirectory()(settings(), world)).toBe(issuer);
	});

	it('is found though the server puts a slash after the address', async () => {
		const address = `${ISSUER}/.well-known/openid-configuration`;
		const location = `${address}/`;
		const moved: Reply = { statusCode: 301, headers: { location } };
		const world = server({ [location]: metadata(ISSUER) }, { [address]: moved });
		expect(await audienceDirectory()(settings(), world)).toBe(ISSUER);
	});

	it.each<[string, Reply]>([
		['redirects elsewhere', { statusCode: 302, headers: { location: 'https://other.test/' } }],
		['redirects without saying where', { statusCode: 302 }],
		['has a web page', { body: '<html>' }],
		['has more than 1 MB', { body: ' '.repeat(1_048_577) }],
		['fails', { statusCode: 500 }],
	])('is found by another address where the first one %s', async (_what, answer) => {
		const first = `${TOKEN_URL.replace('/token', '')}/.well-known/openid-configuration`;
		const address = `${ISSUER}/.well-known/openid-configuration`;
		const world = server({ [address]: metadata(ISSUER) }, { [first]: answer });
		expect(await audienceDirectory()(settings(), world)).toBe(ISSUER);
		expect(world.asked).toContain(first);
	});

	it('is looked for in the first five parts of a path, so that nobody is asked without end', async () => {
		const tokenUrl = 'https://sso.test/1/2/3/4/5/6/7/8/token';
		const at = (issuer: string) =>
			server({ [`${issuer}/.well-known/openid-configuration`]: metadata(issuer, tokenUrl) });
		const near = 'https://sso.test/1/2/3/4/5';
		expect(await audienceDirectory()(settings({ tokenUrl }), at(near))).toBe(near);
		const far = audienceDirectory()(settings({ tokenUrl }), at(`${near}/6`));
		await expect(far).rejects.toMatchObject({ code: 'DISCOVERY_FAILED' });
	});

	it('is remembered for each Token URL and each issuer that was entered by itself', async () => {
		const other = 'https://sso.test/realms/other';
		const tokenUrl = `${other}/token`;
		const world = server({
			[`${ISSUER}/.well-known/openid-configuration`]: metadata(ISSUER),
			[`${other}/.well-known/openid-configuration`]: metadata(other, tokenUrl),
		});
		const find = audienceDirectory();
		expect(await find(settings(), world)).toBe(ISSUER);
		expect(await find(settings({ tokenUrl }), world)).toBe(other);
		await expect(find(settings({ issuer: other }), world)).rejects.toThrow();
	});

	it('is looked for no longer when the execution is cancelled', async () => {
		const world = { ...network(), cancelled: AbortSignal.abort() };
		await expect(audienceDirectory()(settings(), world)).rejects.toThrow(Cancelled);
		expect(world.requests).toEqual([]);
	});

	it('is the one that was entered, if its metadata name the Token URL (Entra ID)', async () => {
		const issuer = 'https://login.test/tenant/v2.0';
		const world = server({ [`${issuer}/.well-known/openid-configuration`]: metadata(issuer) });
		expect(await audienceDirectory()(settings({ issuer }), world)).toBe(issuer);
	});

	it('may be entered without TLS where the Token URL may', async () => {
		const issuer = 'http://keycloak:8080/realms/main';
		const tokenUrl = `${issuer}/token`;
		const documents = {
			[`${issuer}/.well-known/openid-configuration`]: metadata(issuer, tokenUrl),
		};
		const given = { issuer, tokenUrl, allowPlainHttp: true };
		expect(await audienceDirectory()(settings(given), server(documents))).toBe(issuer);
	});

	it.each([
		['another issuer', metadata('https://victim.test')],
		['another issuer of the same host', metadata('https://sso.test/realms/other')],
		['another token endpoint', metadata(ISSUER, 'https://sso.test/other')],
		['no token endpoint', { issuer: ISSUER }],
	])('is never what a server says that names %s', async (_what, document) => {
		const world = server({ [`${ISSUER}/.well-known/openid-configuration`]: document });
		await expect(audienceDirectory()(settings(), world)).rejects.toMatchObject({
			code: 'DISCOVERY_FAILED',
			message: 'No issuer was found whose metadata name the Token URL at sso.test.',
			hint: expect.stringContaining('Enter the issuer in Issuer of the Token Endpoint'),
		});
		await expect(audienceDirectory()(settings({ issuer: ISSUER }), world)).rejects.toMatchObject({
			code: 'DISCOVERY_FAILED',
			message: 'sso.test publishes no metadata that name this issuer and the Token URL.',
			hint: expect.stringContaining('put the "aud" that the service asks for into the payload'),
		});
	});

	it('is not looked for at a server that cannot be reached more than once', async () => {
		const world = network(Object.assign(new Error('no'), { code: 'ECONNREFUSED' }));
		await expect(audienceDirectory()(settings(), world)).rejects.toMatchObject({
			code: 'EXCHANGE_UNREACHABLE',
		});
		expect(world.requests).toMatchObject([
			{ method: 'GET', headers: { accept: 'application/json' }, timeout: 15_000 },
		]);
	});

	it.each([
		['http://sso.test', 'URL_INVALID', /^Issuer of the Token Endpoint begins with http/, /https/],
		['sso.test', 'URL_INVALID', /^Issuer of the Token Endpoint is not a web address/, /https/],
		[
			'https://other.test',
			'DOMAIN_NOT_ALLOWED',
			/issuer's host other\.test is not among .* Allowed Domains/,
			/^Add other\.test to Allowed Domains/,
		],
	])('is not asked for at %s', async (issuer, code, message, hint) => {
		const world = server({});
		const listed = { allowedHttpRequestDomains: 'domains', allowedDomains: 'sso.test' };
		const found = audienceDirectory()(settings({ issuer, ...listed }), world);
		await expect(found).rejects.toMatchObject({
			code,
			message: expect.stringMatching(message),
			hint: expect.stringMatching(hint),
		});
		expect(world.asked).toEqual([]);
	});
});
