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
	});

	it('takes URLSearchParams as they are, and nothing else that is no object', () => {
		expect(query(new URLSearchParams('a=b c'))).toBe('a=b+c');
		for (const value of ['a=b', 5, null, undefined]) expect(query(value)).toBe('');
	});

	it('refuses cyclic values', () => {
		const cyclic: Record<string, unknown> = {};
		cyclic.self = cyclic;
		expectCode('URL_INVALID', () => query(cyclic));
		expectCode('REQUEST_BODY_UNBINDABLE', () => stringifyForm(cyclic));
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
