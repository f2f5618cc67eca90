import { withoutQueryParameter } from '../../../core/shared/url';

describe('taking a query parameter out of a URL', () => {
	it.each([
		['https://h/p?a=1&token=x&b=%20', 'https://h/p?a=1&b=%20'],
		['https://h/p?%74oken=x&a=%zz', 'https://h/p?a=%zz'],
		['https://h/p?token=x&token=y', 'https://h/p'],
		['https://h/p?token', 'https://h/p'],
	])('%s becomes %s', (url, rest) => {
		expect(withoutQueryParameter(url, 'token')).toBe(rest);
	});

	it.each([
		'https://h/p?',
		'https://h/p??token=1&b=2',
		'https://h/p?a=token',
		'https://h/p#token=1',
	])('leaves %s to the letter', (url) => {
		expect(withoutQueryParameter(url, 'token')).toBe(url);
	});
});
