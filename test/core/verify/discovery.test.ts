import {
	assertIssuerAddress,
	issuerDirectory,
	metadataUrls,
	namesOfIssuer,
} from '../../../core/verify/discovery';
import { jwksCache } from '../../../core/verify/jwks';
import { fetchFrom, Redirect } from '../support/publishedDocuments';

const URL_OF_KEYS = 'https://issuer.example/jwks.json';
let milliseconds: number;
let published: Record<string, unknown>;
let asked: string[];

const clock = () => milliseconds;
const fetch = fetchFrom(
	() => published,
	(url) => asked.push(url),
);

beforeEach(() => {
	milliseconds = 1_767_225_600_000;
	published = {};
	asked = [];
});

describe('discovery', () => {
	const issuer = 'https://issuer.example/tenant';
	const [openid = '', oauth = ''] = metadataUrls(new URL(issuer));
	const find = async (of = issuer) => await issuerDirectory(clock)(of, fetch);

	it.each([
		[
			'https://a.example',
			'https://a.example/.well-known/openid-configuration',
			'https://a.example/.well-known/oauth-authorization-server',
		],
		[
			'https://a.example/',
			'https://a.example/.well-known/openid-configuration',
			'https://a.example/.well-known/oauth-authorization-server',
		],
		[
			'https://a.example/t/v2.0',
			'https://a.example/t/v2.0/.well-known/openid-configuration',
			'https://a.example/.well-known/oauth-authorization-server/t/v2.0',
		],
	])('looks for %s where the standards say', (url, ...addresses) => {
		expect(metadataUrls(new URL(url))).toEqual(addresses);
	});

	it('takes the first document there is, and remembers it', async () => {
		published[oauth] = { issuer, jwks_uri: URL_OF_KEYS };
		const findUrl = issuerDirectory(clock);
		const found = await Promise.all([1, 2, 3].map(async () => await findUrl(issuer, fetch)));
		const expected = { issuer, jwksUrl: URL_OF_KEYS };
		expect(found).toEqual([expected, expected, expected]);
		expect(asked).toEqual([openid, oauth]);
		published[openid] = { issuer, jwks_uri: 'https://moved.example/keys' };
		milliseconds += 3_600_000;
		expect(await findUrl(issuer, fetch)).toEqual({
			issuer,
			jwksUrl: 'https://moved.example/keys',
		});
	});

	it.each([
		[
			'another issuer',
			{ issuer: 'https://evil.example', jwks_uri: URL_OF_KEYS },
			'issuer.example answers for the issuer "https://evil.example", another one than was entered.',
		],
		[
			'the issuer with a slash more',
			{ issuer: `${issuer}/`, jwks_uri: URL_OF_KEYS },
			'another one than was entered',
		],
		['no issuer', { jwks_uri: URL_OF_KEYS }, 'issuer.example does not say which issuer it is.'],
		['no keys', { issuer }, 'issuer.example does not say where its keys are.'],
		['an answer that is no JSON', '<html>', 'a web page (HTML)'],
		['503', 503, '503'],
		['no answer', new Error('connect ETIMEDOUT'), 'ETIMEDOUT'],
	])('refuses a document with %s', async (_name, document, message) => {
		published[openid] = document;
		await expect(find()).rejects.toMatchObject({
			code: 'DISCOVERY_FAILED',
			message: expect.stringContaining(message),
		});
	});

	it('refuses the metadata of another issuer, also where their address was entered', async () => {
		published[openid] = { issuer: 'https://evil.example', jwks_uri: URL_OF_KEYS };
		await expect(find(openid)).rejects.toMatchObject({
			code: 'DISCOVERY_FAILED',
			message: expect.stringContaining('another one than was entered'),
			hint: expect.stringContaining('letter by letter'),
		});
	});

	it.each([
		[openid, { issuer }],
		[openid, { issuer: `${issuer}/` }],
		[oauth, { issuer }],
	])('takes the address of the metadata too: %s, %j', async (address, named) => {
		published[address] = { ...named, jwks_uri: URL_OF_KEYS };
		expect(await find(address)).toEqual({ ...named, jwksUrl: URL_OF_KEYS });
	});

	it.each(['jwks.json', 'keys', 'openid-configuration/'])(
		'is found where somebody entered the address of its %s',
		async (document) => {
			published[openid] = { issuer, jwks_uri: URL_OF_KEYS };
			expect(await find(`${issuer}/.well-known/${document}`)).toMatchObject({ issuer });
		},
	);

	it('names the issuer that the metadata name', async () => {
		published[openid] = { issuer: `${issuer}/`, jwks_uri: URL_OF_KEYS };
		await expect(find()).rejects.toMatchObject({
			message: expect.stringContaining('"https://issuer.example/tenant/"'),
		});
	});

	it.each(['https://login.example/{tenantid}/v2.0', 'https://login.example/{tenant}/'])(
		'advises to enter one tenant where the metadata are for many: %s',
		async (named) => {
			published[openid] = { issuer: named, jwks_uri: URL_OF_KEYS };
			await expect(find()).rejects.toMatchObject({
				code: 'DISCOVERY_FAILED',
				message: expect.stringContaining(named),
				hint: expect.stringMatching(/one tenant.*Allowed Tenants/),
			});
		},
	);

	it.each(['https://a.example/{b', 'https://a.example/b}', 'https://a.example/}b{'])(
		'takes nothing but braces around a name for a tenant: %s',
		async (named) => {
			published[openid] = { issuer: named, jwks_uri: URL_OF_KEYS };
			await expect(find()).rejects.toMatchObject({
				message: expect.stringContaining('another one than was entered'),
			});
		},
	);

	it('follows a redirect that adds or drops a slash, once', async () => {
		published[openid] = new Redirect(`${openid}/`);
		published[`${openid}/`] = { issuer, jwks_uri: URL_OF_KEYS };
		expect(await find()).toMatchObject({ issuer });
		published[openid] = new Redirect(new URL(`${openid}/`).pathname);
		expect(await find()).toMatchObject({ issuer });
		published[`${openid}/`] = new Redirect(openid);
		asked = [];
		await expect(find()).rejects.toMatchObject({ code: 'DISCOVERY_FAILED' });
		expect(asked).toEqual([openid, `${openid}/`]);
	});

	it.each([
		'https://evil.example/tenant/.well-known/openid-configuration/',
		'http://issuer.example/tenant/.well-known/openid-configuration/',
		'https://issuer.example:444/tenant/.well-known/openid-configuration/',
		'https://user@issuer.example/tenant/.well-known/openid-configuration/',
		'https://:pass@issuer.example/tenant/.well-known/openid-configuration/',
		'/tenant/.well-known/openid-configuration/?x=1',
		'/tenant/.well-known/openid-configuration//',
		'/other/',
		'/tenant/.well-known/openid-configuration',
		'javascript:1',
		'',
	])('follows no redirect to %s, and names the way that works', async (to) => {
		published[openid] = new Redirect(to);
		await expect(find()).rejects.toMatchObject({
			code: 'DISCOVERY_FAILED',
			hint: expect.stringContaining('JWKS URL'),
		});
		expect(asked).toEqual([openid]);
	});

	it('says that there is no document, and what was answered', async () => {
		published[oauth] = 403;
		await expect(find()).rejects.toMatchObject({
			code: 'DISCOVERY_FAILED',
			message: 'issuer.example publishes no metadata of this issuer (it answered 404 and 403).',
		});
	});

	it.each([
		['http://issuer.example', 'Issuer begins with http://'],
		['https://issuer.example?x=1', 'Issuer has a query or a fragment'],
		['https://issuer.example#x', 'Issuer has a query or a fragment'],
		['nonsense', 'Issuer is not a web address'],
	])('does not ask %s', async (url, message) => {
		await expect(find(url)).rejects.toMatchObject({
			code: 'URL_INVALID',
			message: expect.stringContaining(message),
		});
		expect(asked).toEqual([]);
	});

	it('of a container is asked without encryption only by who allows it', async () => {
		const inside = 'http://keycloak:8080/realms/x';
		const [address = ''] = metadataUrls(new URL(inside));
		published[address] = { issuer: inside, jwks_uri: `${inside}/keys` };
		const findUrl = issuerDirectory(clock);
		await expect(findUrl(inside, fetch)).rejects.toMatchObject({ code: 'URL_INVALID' });
		expect(await findUrl(inside, fetch, true)).toMatchObject({ jwksUrl: `${inside}/keys` });
		// What one workflow allows is not found in the cache by another one.
		await expect(findUrl(inside, fetch)).rejects.toMatchObject({ code: 'URL_INVALID' });
		expect(() => jwksCache(clock)(`${inside}/keys`, fetch)).toThrow(
			expect.objectContaining({ code: 'URL_INVALID' }),
		);
		expect(() =>
			jwksCache(clock)(`${inside}/keys`, fetch, { allowsOwnNetwork: true }),
		).not.toThrow();
	});

	it('does not follow an issuer to keys that can be faked on the way', async () => {
		published[openid] = { issuer, jwks_uri: 'http://issuer.example/keys' };
		await expect(find()).rejects.toMatchObject({
			code: 'URL_INVALID',
			message: expect.stringContaining('The jwks_uri of the issuer begins with http://'),
		});
	});
});

describe('the names of an issuer', () => {
	it.each([
		['https://a.example/t', ['https://a.example/t']],
		['https://a.example/t/', ['https://a.example/t/']],
		[
			'https://a.example/t/.well-known/openid-configuration',
			['https://a.example/t', 'https://a.example/t/'],
		],
		[
			'https://a.example/.well-known/oauth-authorization-server/t',
			['https://a.example/t', 'https://a.example/t/'],
		],
		['https://a.example/t/.well-known/jwks.json', ['https://a.example/t', 'https://a.example/t/']],
		['https://a.example/.well-known/keys/more', ['https://a.example/.well-known/keys/more']],
		['https://a.example/.well-known/', ['https://a.example/.well-known/']],
	])('of %s are %j', (entered, names) => {
		expect(namesOfIssuer(entered)).toEqual(names);
	});
});

describe('the address of an issuer', () => {
	const assertion =
		(entered: string, own = false) =>
		() =>
			assertIssuerAddress(entered, own);

	it('may have a tenant in it, in its path or its host', () => {
		for (const entered of [
			'https://a.example/',
			'https://login.example/{tid}/v2.0',
			'https://{tid}.login.example/{tenantid}',
			'https://{tid}',
			'https://login.example/{tid}/.well-known/openid-configuration',
		]) {
			expect(assertion(entered)).not.toThrow();
		}
		expect(assertion('http://keycloak:8080/realms/{tid}', true)).not.toThrow();
	});

	it.each(['', 'a.example', 'http://a.example', '{tid}', 'https://a.example/?x={tid}', 'ftp://a'])(
		'is not %j',
		(entered) => {
			expect(assertion(entered)).toThrow(expect.objectContaining({ code: 'URL_INVALID' }) as Error);
		},
	);
});
