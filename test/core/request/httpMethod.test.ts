import { isIdempotent, readHttpMethod } from '../../../core/request/httpMethod';
import { expectCode } from '../support/expectCode';

it.each(['post', 'Post', ' POST\n', 'pOsT'])('%j is POST', (text) => {
	expect(readHttpMethod(text, 'Method')).toBe('POST');
});

it('lets methods through that the form does not offer', () => {
	expect(['purge', 'M-Search', 'LOCK'].map((text) => readHttpMethod(text, 'Method'))).toEqual([
		'PURGE',
		'M-SEARCH',
		'LOCK',
	]);
});

it.each([
	['', 'Method has to be an HTTP method.'],
	[' ', 'Method has to be an HTTP method.'],
	['0', 'Method has to be an HTTP method.'],
	['GET /', 'Method has to be an HTTP method.'],
	['POST\r\nX: 1', 'Method has to be an HTTP method.'],
	['ｐｏｓｔ', 'Method has to be an HTTP method.'],
	['poſt', 'Method has to be an HTTP method.'],
	['x'.repeat(33), 'Method has to be an HTTP method.'],
	['connect', 'Method is CONNECT, which no token is sent with.'],
	['Trace', 'Method is TRACE, which no token is sent with.'],
])('refuses %j', (text, words) => {
	const { message, hint } = expectCode('FIELD_INVALID', () => readHttpMethod(text, 'Method'));
	expect(message).toBe(words);
	expect(hint).toContain('GET, POST, PUT');
});

it('takes a method that nobody knows for one that must not be sent twice', () => {
	expect(['GET', 'PUT', 'DELETE', 'PROPFIND'].every(isIdempotent)).toBe(true);
	expect(['POST', 'PATCH', 'LOCK', 'PURGE', 'post', ''].some(isIdempotent)).toBe(false);
});
