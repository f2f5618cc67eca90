import { issuerDirectory, metadataUrls } from '../../../core/verify/discovery';
import type { FetchDocument } from '../../../core/verify/fetchDocument';

const URL_OF_KEYS = 'https://issuer.example/jwks.json';
let milliseconds: number;
let published: Record<string, unknown>;
let asked: string[];

const clock = () => milliseconds;

/** Stands in for the network: documents by address, everything else is not found. */
const fetch: FetchDocument = async (url) => {
	asked.push(url);
	const document = await Promise.resolve(published[url]);
	if (document instanceof Error) throw document;
	if (document === undefined) return { status: 404, body: 'not found' };
	if (typeof document === 'number') return { status: document, body: '' };
	return { status: 200, body: typeof document === 'string' ? document : JSON.stringify(document) };
};

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
		expect(found).toEqual([URL_OF_KEYS, URL_OF_KEYS, URL_OF_KEYS]);
		expect(asked).toEqual([openid, oauth]);
		published[openid] = { issuer, jwks_uri: 'https://moved.example/keys' };
		milliseconds += 3_599_999;
		expect(await findUrl(issuer, fetch)).toBe(URL_OF_KEYS);
		milliseconds += 1;
		expect(await findUrl(issuer, fetch)).toBe('https://moved.example/keys');
	});

	it('keeps the addresses of several issuers apart', async () => {
		const findUrl = issuerDirectory(clock);
		for (const name of ['a', 'b']) {
			const one = `https://${name}.example`;
			published[metadataUrls(new URL(one))[0] ?? ''] = { issuer: one, jwks_uri: `${one}/keys` };
			expect(await findUrl(one, fetch)).toBe(`${one}/keys`);
		}
		expect(await findUrl('https://a.example', fetch)).toBe('https://a.example/keys');
		expect(asked).toHaveLength(2);
	});

	it('says by the name of the host what is wrong', async () => {
		const messageOf = async (document: unknown) => {
			published[openid] = document;
			return await find().catch((error: unknown) => error);
		};
		expect(await messageOf({ issuer: 'x', jwks_uri: URL_OF_KEYS })).toMatchObject({
			message: 'issuer.example answers for another issuer than the one entered.',
			hint: expect.stringContaining('letter by letter'),
		});
		expect(await messageOf({ issuer, jwks_uri: 7 })).toMatchObject({
			message: 'issuer.example does not say where its keys are.',
		});
		expect(await messageOf(undefined)).toMatchObject({
			message: 'issuer.example publishes no metadata of this issuer.',
			hint: expect.stringContaining('jwks_uri'),
		});
		published[openid] = { issuer, jwks_uri: 'nonsense' };
		await expect(find()).rejects.toMatchObject({
			message: 'The jwks_uri of the issuer is not a web address.',
		});
		await expect(find('https://issuer.example?x')).rejects.toMatchObject({
			message: 'Issuer has a query or a fragment, which no issuer has.',
		});
	});

	it.each([
		['another issuer', { issuer: 'https://evil.example', jwks_uri: URL_OF_KEYS }],
		['the issuer with a slash more', { issuer: `${issuer}/`, jwks_uri: URL_OF_KEYS }],
		['no issuer', { jwks_uri: URL_OF_KEYS }],
		['no keys', { issuer }],
		['an answer that is no JSON', '<html>'],
		['503', 503],
		['no answer', new Error('connect ETIMEDOUT')],
	])('refuses a document with %s', async (_name, document) => {
		published[openid] = document;
		await expect(find()).rejects.toMatchObject({ code: 'DISCOVERY_FAILED' });
	});

	it('says that there is no document', async () => {
		await expect(find()).rejects.toMatchObject({ code: 'DISCOVERY_FAILED' });
	});

	it.each([
		'http://issuer.example',
		'https://issuer.example?x=1',
		'https://issuer.example#x',
		'nonsense',
	])('does not ask %s', async (url) => {
		await expect(find(url)).rejects.toMatchObject({ code: 'URL_INVALID' });
		expect(asked).toEqual([]);
	});

	it('does not follow an issuer to keys that can be faked on the way', async () => {
		published[openid] = { issuer, jwks_uri: 'http://issuer.example/keys' };
		await expect(find()).rejects.toMatchObject({ code: 'URL_INVALID' });
	});
});

describe('a clock that was a day fast and is put right', () => {
	afterEach(() => {
		jest.restoreAllMocks();
	});

	it('makes no address of an issuer last for a day', async () => {
		let [passed, timeOfDay] = [1000, Date.parse('2026-03-02T12:00:00Z')];
		jest.spyOn(performance, 'now').mockImplementation(() => passed);
		jest.spyOn(Date, 'now').mockImplementation(() => timeOfDay);
		const issuer = 'https://issuer.example';
		const [address = ''] = metadataUrls(new URL(issuer));
		published[address] = { issuer, jwks_uri: URL_OF_KEYS };
		const find = issuerDirectory();
		await find(issuer, fetch);
		timeOfDay += 3_600_000 - 86_400_000;
		passed += 3_600_000;
		await find(issuer, fetch);
		expect(asked).toHaveLength(2);
	});
});
