import fc from 'fast-check';
import { comparableAddress } from '../../../core/verify/httpAddress';

describe('an address for comparison (RFC 3986 §6.2)', () => {
	it.each([
		['HTTPS://API.Example.com:443', 'https://api.example.com/'],
		['http://api.example.com:80/a', 'http://api.example.com/a'],
		['https://api.example.com/a/./b/../c?x=1#f', 'https://api.example.com/a/c'],
		['https://api.example.com/%7euser/%41%2f%c3%bc', 'https://api.example.com/~user/A%2F%C3%BC'],
		['https://api.example.com/ü', 'https://api.example.com/%C3%BC'],
	])('%s is %s', (given, expected) => {
		expect(comparableAddress(given)).toBe(expected);
	});

	it.each([
		['https://api.example.com/a', 'https://api.example.com/a/'],
		['https://api.example.com/a', 'https://api.example.com/A'],
		['https://api.example.com/a', 'http://api.example.com/a'],
		['https://api.example.com/a', 'https://api.example.com:8443/a'],
		['https://api.example.com/a%2Fb', 'https://api.example.com/a/b'],
	])('%s and %s are two', (one, other) => {
		expect(comparableAddress(one)).not.toBe(comparableAddress(other));
	});

	it.each([
		...['', '/a', 'api.example.com/a', 'ftp://a.test/', ' https://a.test/', 'undefined'],
		...['https://u:p@a.test/', 'https://u@a.test/', 'https://:p@a.test/'],
	])('%j is none', (given) => {
		expect(comparableAddress(given)).toBeUndefined();
	});

	it('is the same when it is made comparable again', () => {
		fc.assert(
			fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => {
				const once = comparableAddress(url);
				expect(comparableAddress(once ?? '')).toBe(once);
			}),
		);
	});
});
