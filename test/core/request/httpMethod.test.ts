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
	'',
	' ',
	'0',
	'GET /',
	'POST\r\nX: 1',
	'ｐｏｓｔ',
	'poſt',
	'connect',
	'Trace',
	'x'.repeat(33),
])('refuses %j', (text) => {
	const { message } = expectCode('FIELD_INVALID', () => readHttpMethod(text, 'Method'));
	expect(message).toMatch(/^Method /);
});

it('takes a method that nobody knows for one that must not be sent twice', () => {
	expect(['GET', 'PUT', 'DELETE', 'PROPFIND'].every(isIdempotent)).toBe(true);
	expect(['POST', 'PATCH', 'LOCK', 'PURGE', 'post', ''].some(isIdempotent)).toBe(false);
});
