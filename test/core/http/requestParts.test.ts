import { FORM_TYPE } from '../../../core/request/queryString';
import { expectCode } from '../support/expectCode';
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

	it('names the type of JSON, and none where there is no body', () => {
		expect(sent({ body: { kind: 'json', text: '"é"' } })).toMatchObject({
			headers: { 'content-type': 'application/json' },
			body: '"é"',
		});
		const headers = { accept: '*/*' };
		expect(sent({ headers }).headers).toStrictEqual(headers);
		expect(sent({ headers }).body).toBeUndefined();
	});

	it('sends bytes as they are, and their type unless another was typed that is to stay', () => {
		const bytes = Buffer.from([0, 255, 10]);
		const file = { kind: 'bytes', bytes, contentType: 'image/png' } as const;
		const headers = { 'Content-Type': 'image/x-mine' };
		const finalised = (overridesHeader: boolean) =>
			finalise(parts({ headers, body: { ...file, overridesHeader } }));
		expect(finalised(false)).toMatchObject({ body: bytes, headers });
		expect(finalised(true).headers).toEqual({ 'content-type': 'image/png' });
		expect(finalise(parts({ body: { ...file, overridesHeader: false } })).headers).toEqual({
			'content-type': 'image/png',
		});
	});

	it('writes the lists of a form as chosen, and says of it what cannot be written', () => {
		const fields = { list: ['x', 'y'] };
		expect(sent({ body: { kind: 'form', fields } }).body).toBe('list%5B0%5D=x&list%5B1%5D=y');
		expect(sent({ body: { kind: 'form', fields, arrayFormat: 'repeat' } }).body).toBe(
			'list=x&list=y',
		);
		const deep = Array.from({ length: 100 }).reduce<unknown>((value) => ({ a: value }), 1);
		const error = expectCode('REQUEST_BODY_INVALID', () =>
			sent({ body: { kind: 'form', fields: { deep } } }),
		);
		expect(error.message).toContain('nested too deeply');
	});

	it('is one that the token belongs to, by the method asked for', () => {
		expect(finalise(parts({ method: 'PATCH' }))).toMatchObject({
			method: 'PATCH',
			authenticated: true,
		});
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

	it.each([
		['https://gr%C3%BCn@api.example.com/', 'grün:'],
		['https://:p@api.example.com/', ':p'],
	])('turns half of a user name and password into a header too: %s', (url, pair) => {
		const authorization = `Basic ${Buffer.from(pair).toString('base64')}`;
		expect(sent({ url }).headers).toEqual({ authorization });
	});

	it('has no such header without a user name, and keeps one that was typed', () => {
		expect(sent({}).headers).toStrictEqual({});
		const headers = { Authorization: 'Bearer typed' };
		expect(sent({ url: 'https://u:p@api.example.com/', headers }).headers).toEqual(headers);
	});
});

it.each(['https://a%:b@api.example.com/', 'https://a:%zz@api.example.com/'])(
	'a user name or password that cannot be decoded is an error of the URL: %s',
	(url) => {
		const error = expectCode('URL_INVALID', () => finalise(parts({ url })));
		expect(error.message).toContain('has a % that begins no percent-encoding');
		expect(error.hint).toBe('Write %25 for a % in it.');
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

	it('replaces a header whatever its capitals, in both, and keeps the others', () => {
		const original = parts({ headers: { 'x-page': '1', 'X-Other': 'y' } });
		expect(withPage(original, { headers: { 'X-Page': '2' } }).headers).toEqual({
			'X-Page': '2',
			'X-Other': 'y',
		});
	});

	it('replaces fields of a form, which stays the form it was', () => {
		const body = { kind: 'form', fields: { page: 1, q: ['x'] }, arrayFormat: 'repeat' } as const;
		const page = withPage(parts({ body }), { body: { page: 2 } });
		expect(page.body).toEqual({ ...body, fields: { page: 2, q: ['x'] } });
		expect(finalise(page)).toMatchObject({
			headers: { 'content-type': FORM_TYPE },
			body: 'page=2&q=x',
		});
		expect(body.fields.page).toBe(1);
	});

	it('leaves the query alone where the page has no address of its own', () => {
		const query = { '': 1, q: 'x' };
		expect(withPage(parts({ query }), { query: { page: 2 } }).query).toEqual({ ...query, page: 2 });
	});

	it('takes the next URL, and from the form what it does not have itself', () => {
		const page = withPage(parts({ query: { page: 1, q: 'x' } }), {
			url: 'https://api.example.com/a?page=2',
		});
		expect(finalise(page).url).toBe('https://api.example.com/a?page=2&q=x');
	});

	it('refuses a field in a body that has none', () => {
		const bytes = {
			kind: 'bytes',
			bytes: Buffer.from('{}'),
			contentType: 'application/json',
			overridesHeader: false,
		} as const;
		for (const body of [{ kind: 'none' }, { kind: 'json', text: '[]' }, bytes] as const) {
			const error = expectCode('PAGINATION_INVALID', () =>
				withPage(parts({ body }), { body: { a: 1 } }),
			);
			expect(error.message).toContain('can go into a JSON object or a form only');
			expect(error.hint).toContain('Send the body as JSON or Form Urlencoded');
		}
	});
});
