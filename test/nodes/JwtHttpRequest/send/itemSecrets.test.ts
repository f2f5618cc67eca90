import type { RequestParts } from '../../../../core/http/requestParts';
import { ItemSecrets } from '../../../../nodes/JwtHttpRequest/send/itemSecrets';

const SECRET = 'hush-0123456789-hush';

const request = (changes: Partial<RequestParts>): RequestParts => ({
	method: 'POST',
	url: 'https://api.test/',
	query: {},
	arrayFormat: 'indices',
	headers: {},
	body: { kind: 'none' },
	...changes,
});

const json = (text: string): RequestParts['body'] => ({ kind: 'json', text });

describe('what a server quotes of a request is taken out', () => {
	it.each<[string, Partial<RequestParts>]>([
		['a header', { headers: { 'X-Auth-Token': SECRET } }],
		['a query parameter', { query: { api_key: SECRET } }],
		['the query of the URL', { url: `https://api.test/?api_key=${SECRET}#top` }],
		['the password of the URL', { url: `https://me:${SECRET}@api.test/` }],
		['a JSON body', { body: json(JSON.stringify({ login: { user: 'me', password: SECRET } })) }],
		['a form', { body: { kind: 'form', fields: { client_secret: SECRET } } }],
	])('%s', (_where, changes) => {
		expect(new ItemSecrets({}, request(changes)).redact(`got ${SECRET}`)).toBe('got [removed]');
	});

	it('the password of the proxy', () => {
		const proxy = { protocol: 'http', host: 'proxy.test', port: 80 };
		const auth = { username: 'me', password: SECRET };
		const secrets = new ItemSecrets({}, request({}), { ...proxy, auth });
		const basic = Buffer.from(`me:${SECRET}`).toString('base64');
		expect(secrets.redact(`Basic ${basic}`)).toBe('Basic [removed]');
	});

	it('but not what is no secret by its name', () => {
		const body = json(JSON.stringify({ title: 'a title of some length', note: 'no JSON: {' }));
		const secrets = new ItemSecrets({}, request({ body }));
		expect(secrets.redact('a title of some length')).toBe('a title of some length');
		const broken = new ItemSecrets({}, request({ body: json('{"password":') }));
		expect(broken.redact('malformed')).toBe('malformed');
	});
});
