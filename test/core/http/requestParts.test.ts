import { finalise, withPage, type RequestParts } from '../../../core/http/requestParts';

const parts = (changes: Partial<RequestParts> = {}): RequestParts => ({
	method: 'POST',
	url: 'https://api.example.com/a?x=1',
	query: {},
	arrayFormat: 'indices',
	headers: {},
	body: { kind: 'none' },
	...changes,
});

const sent = (changes: Partial<RequestParts>) => {
	const { url, headers, body } = finalise(parts(changes));
	return { url, headers, body: body?.toString() };
};

describe('a request in its final form', () => {
	it('has one URL with its query', () => {
		const query = { list: ['a b', 'c'], n: 1 };
		expect(sent({ query }).url).toBe(
			'https://api.example.com/a?x=1&list%5B0%5D=a%20b&list%5B1%5D=c&n=1',
		);
		expect(sent({ query, arrayFormat: 'repeat' }).url).toBe(
			'https://api.example.com/a?x=1&list=a%20b&list=c&n=1',
		);
	});

	it('sends JSON text to the letter, numbers too large for JavaScript included', () => {
		const text = '{ "id": 12345678901234567890 }';
		expect(sent({ body: { kind: 'json', text } }).body).toBe(text);
	});

	it('lets a typed content type win, but not over a form', () => {
		const headers = { 'Content-Type': 'application/vnd.api+json' };
		expect(sent({ headers, body: { kind: 'json', text: '{}' } }).headers).toEqual(headers);
		expect(sent({ headers, body: { kind: 'form', fields: { a: 'x y' } } })).toMatchObject({
			headers: { 'content-type': 'application/x-www-form-urlencoded' },
			body: 'a=x%20y',
		});
	});

	it('turns a user name in the URL into a header, which would otherwise displace the token', () => {
		expect(sent({ url: 'https://us%40er:p%3Aw@api.example.com/' })).toMatchObject({
			url: 'https://api.example.com/',
			headers: { authorization: `Basic ${Buffer.from('us@er:p:w').toString('base64')}` },
		});
	});
});

it.each(['https://a%:b@api.example.com/', 'https://a:%zz@api.example.com/'])(
	'a user name or password that cannot be decoded is an error of the URL: %s',
	(url) => {
		expect(() => finalise(parts({ url }))).toThrow(
			expect.objectContaining({ code: 'URL_INVALID' }),
		);
	},
);

describe('a page', () => {
	it('replaces query parameters, headers and fields of the body', () => {
		const original = parts({
			query: { page: 1, q: 'x' },
			headers: { 'X-Page': '1' },
			body: { kind: 'json', text: '{"a":1,"page":{"n":1}}' },
		});
		const before = structuredClone(original);
		const page = withPage(original, {
			query: { page: 2 },
			headers: { 'x-page': '2' },
			body: { 'page.n': 2 },
		});
		expect(finalise(page)).toMatchObject({
			url: 'https://api.example.com/a?x=1&page=2&q=x',
			headers: { 'x-page': '2' },
			body: Buffer.from('{"a":1,"page":{"n":2}}'),
		});
		expect(original).toEqual(before);
	});

	it('takes the next URL, and from the form what it does not have itself', () => {
		const page = withPage(parts({ query: { page: 1, q: 'x' } }), {
			url: 'https://api.example.com/a?page=2',
		});
		expect(finalise(page).url).toBe('https://api.example.com/a?page=2&q=x');
	});

	it('refuses a field in a body that has none', () => {
		for (const body of [{ kind: 'none' }, { kind: 'json', text: '[]' }] as const) {
			expect(() => withPage(parts({ body }), { body: { a: 1 } })).toThrow(
				expect.objectContaining({ code: 'PAGINATION_INVALID' }),
			);
		}
	});
});
