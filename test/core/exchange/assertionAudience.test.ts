import { audienceDirectory } from '../../../core/exchange/assertionAudience';
import { exchangeSettings, network } from '../support/exchangeCases';

const TOKEN_URL = 'https://sso.test/realms/main/protocol/openid-connect/token';
const ISSUER = 'https://sso.test/realms/main';

const settings = (data: Record<string, unknown> = {}) =>
	exchangeSettings({
		tokenUrl: TOKEN_URL,
		useAdvanced: true,
		assertionAudience: 'issuer',
		...data,
	});

/** A server with these documents, by address, and nothing else. */
function server(documents: Record<string, unknown>) {
	const stand = network();
	const asked: string[] = [];
	return {
		...stand,
		asked,
		httpRequest: async (options: Parameters<typeof stand.httpRequest>[0]) => {
			asked.push(options.url);
			const body = documents[options.url];
			const one = network(body === undefined ? { statusCode: 404 } : { body });
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
			message: expect.stringContaining('sso.test'),
		});
		await expect(audienceDirectory()(settings({ issuer: ISSUER }), world)).rejects.toMatchObject({
			code: 'DISCOVERY_FAILED',
		});
	});

	it('is not looked for at a server that cannot be reached more than once', async () => {
		const world = network(Object.assign(new Error('no'), { code: 'ECONNREFUSED' }));
		await expect(audienceDirectory()(settings(), world)).rejects.toMatchObject({
			code: 'EXCHANGE_UNREACHABLE',
		});
		expect(world.requests).toHaveLength(1);
	});

	it.each([
		['http://sso.test', 'URL_INVALID'],
		['sso.test', 'URL_INVALID'],
		['https://other.test', 'DOMAIN_NOT_ALLOWED'],
	])('is not asked for at %s', async (issuer, code) => {
		const world = server({});
		const listed = { allowedHttpRequestDomains: 'domains', allowedDomains: 'sso.test' };
		const found = audienceDirectory()(settings({ issuer, ...listed }), world);
		await expect(found).rejects.toMatchObject({ code });
		expect(world.asked).toEqual([]);
	});
});
