import { copyHeaders, findHeader, hasHeader, withoutHeaders } from '../../../core/request/headers';

describe('headers of a request', () => {
	it('are found whatever their capitalisation, the last one winning as in axios', () => {
		const headers = { 'Content-Type': 'a', 'content-type': 'b', CONTENT_TYPE: 'c' };
		expect(findHeader(headers, 'content-type')).toBe('b');
		expect(findHeader({ 'Content-Type': undefined }, 'content-type')).toBeUndefined();
	});

	it('are those with a text; one without a value does not hide another', () => {
		const headers = { 'Content-Type': 'a', 'content-type': undefined, CONTENT_TYPE: 7 };
		expect(findHeader(headers, 'content-type')).toBe('a');
	});

	it.each([
		[{ Accept: 'a', 'X-Token': '1' }, true],
		[{ 'x-token': undefined, Accept: 'a' }, true],
		[{ Accept: 'a', 'X-Token-Type': '1' }, false],
		[{}, false],
	])('are there in any capitalisation, with a value or without: %j', (headers, expected) => {
		expect(hasHeader(headers, 'x-token')).toBe(expected);
	});

	it('are copied, not shared', () => {
		const headers = { a: '1' };
		expect(copyHeaders(headers)).toEqual(headers);
		expect(copyHeaders(headers)).not.toBe(headers);
		expect(copyHeaders(undefined)).toEqual({});
	});

	it('are taken out in every capitalisation', () => {
		expect(withoutHeaders({ 'X-A': '1', 'x-a': '2', b: '3' }, ['x-a'])).toEqual({ b: '3' });
	});
});
