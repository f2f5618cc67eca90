import fc from 'fast-check';
import { stringifyForm, stringifyQuery } from '../../../core/request/queryString';
import { expectCode, onlyJwtAuthErrors } from '../support/expectCode';

const query = (value: unknown) => stringifyQuery(value, 'indices', 'URL_INVALID');

describe('stringifyQuery', () => {
	it.each([
		['indices', 'a%5B0%5D=1&a%5B1%5D%5Bb%5D=2'],
		['brackets', 'a%5B%5D=1&a%5B%5D%5Bb%5D=2'],
		['repeat', 'a=1&a%5Bb%5D=2'],
	] as const)('writes lists as %s', (format, text) => {
		expect(stringifyQuery({ a: [1, { b: 2 }] }, format, 'URL_INVALID')).toBe(text);
	});

	it('writes lists with commas, an empty one not at all', () => {
		expect(stringifyQuery({ a: [1, 2], b: [], c: [3] }, 'comma', 'URL_INVALID')).toBe(
			'a=1%2C2&c=3',
		);
	});

	it('encodes all but unreserved characters', () => {
		expect(query({ "a b'": "-._~!'()*+&=é€😀" })).toBe(
			'a%20b%27=-._~%21%27%28%29%2A%2B%26%3D%C3%A9%E2%82%AC%F0%9F%98%80',
		);
		expect(query({ a: '\ud800' })).toBe('a=%EF%BF%BD');
	});

	it('writes null as empty, dates as ISO 8601 and leaves undefined out', () => {
		expect(query({ a: null, b: new Date(0), c: undefined, d: () => 1, e: [], f: {} })).toBe(
			'a=&b=1970-01-01T00%3A00%3A00.000Z',
		);
		expect(query({ a: new Date(Number.NaN) })).toBe('a=');
	});

	it('takes URLSearchParams as they are, and nothing else that is no object', () => {
		expect(query(new URLSearchParams('a=b c'))).toBe('a=b+c');
		for (const value of ['a=b', 5, null, undefined]) expect(query(value)).toBe('');
	});

	it('refuses cyclic values, objects and lists', () => {
		const cyclic: Record<string, unknown> = {};
		cyclic.self = cyclic;
		const list: unknown[] = [];
		list.push(list);
		for (const value of [cyclic, { list }]) {
			const { message } = expectCode('URL_INVALID', () => query(value));
			expect(message).toBe('Query or form parameters are nested too deeply.');
			expectCode('REQUEST_BODY_UNBINDABLE', () => stringifyForm(value));
		}
	});

	it.each([
		['objects', (inner: unknown) => ({ a: inner })],
		['lists', (inner: unknown) => [inner]],
	])('takes 64 levels of %s in a value, and no more', (_, wrap) => {
		let value = wrap('x');
		for (let level = 0; level < 64; level += 1) value = wrap(value);
		expect(query({ q: value })).toMatch(/^q(?:%5B[a0]%5D){65}=x$/);
		expectCode('URL_INVALID', () => query({ q: wrap(value) }));
	});

	it('survives a URL unchanged, whatever it is made of', () => {
		const parameters = fc.dictionary(
			fc.string({ unit: 'binary' }),
			fc.anything({ maxDepth: 3, withDate: true }),
		);
		fc.assert(
			fc.property(parameters, (value) => {
				const text = onlyJwtAuthErrors(() => query(value));
				if (!text) return;
				expect(new URL(`https://example.com/?${text}`).search.slice(1)).toBe(text);
			}),
			{ numRuns: 2000 },
		);
	});
});

describe('stringifyForm', () => {
	const form = (value: object) => decodeURIComponent(stringifyForm(value));

	it.each([
		['a list of plain values', { l: [1, 2] }, 'l[]=1&l[]=2'],
		['a list with an object in it', { l: [1, { a: 2 }] }, 'l[0]=1&l[1][a]=2'],
		['a list in an object', { o: { l: [1, 2] } }, 'o[l][0]=1&o[l][1]=2'],
		['a list in a list', { l: [[1], [2]] }, 'l[0][0]=1&l[1][0]=2'],
		['a null', { a: null, b: '' }, 'b='],
	])('writes %s as axios does', (_, value, text) => {
		expect(form(value)).toBe(text);
	});

	it('writes a blank as a plus', () => {
		expect(stringifyForm({ 'a b': 'c d+e' })).toBe('a+b=c+d%2Be');
	});
});
