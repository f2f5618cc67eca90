import type { Placement } from '../../../core/request/sendingSettings';
import fc from 'fast-check';
import { JwtAuthError } from '../../../core/errors';
import { placeToken, withHeader, type PlaceableRequest } from '../../../core/request/placement';

const header: Placement = {
	target: 'header',
	headerName: 'Authorization',
	headerPrefix: 'Bearer',
	queryParameter: 'token',
};

describe('placeToken', () => {
	it('writes Authorization in lower case, which n8n does not put back on redirects', () => {
		expect(placeToken({}, 't', header)).toEqual({ headers: { authorization: 'Bearer t' } });
	});

	it.each([
		['X-Token', '', { 'X-Token': 't' }],
		['Authorization', ' Ghost ', { authorization: 'Ghost t' }],
		['AUTHORIZATION', 'Bearer', { authorization: 'Bearer t' }],
	])('header %s with prefix "%s"', (headerName, headerPrefix, headers) => {
		expect(placeToken({}, 't', { ...header, headerName, headerPrefix })).toEqual({ headers });
	});

	it('replaces a header of the same name, however it is capitalised', () => {
		const request = { headers: { Authorization: 'old', AUTHORIZATION: 'older', Accept: 'a' } };
		expect(placeToken(request, 't', header).headers).toEqual({
			Accept: 'a',
			authorization: 'Bearer t',
		});
	});

	it.each(['header', 'query'] as const)('twice in the %s leaves one token', (target) => {
		const placement = { ...header, target };
		const once = placeToken({ headers: { a: '1' }, qs: { b: '2' } }, 'first', placement);
		const twice = placeToken(once, 'second', placement);
		expect(JSON.stringify(twice)).not.toContain('first');
		expect(JSON.stringify(twice)).toContain('second');
	});

	it('leaves the request as it is, down to headers and query', () => {
		const request = Object.freeze({
			headers: Object.freeze({ accept: 'x' }),
			qs: Object.freeze({ page: 1 }),
		});
		expect(placeToken(request, 't', header).headers).not.toBe(request.headers);
		expect(placeToken(request, 't', { ...header, target: 'query' }).qs).toEqual({
			page: 1,
			token: 't',
		});
		expect(request).toEqual({ headers: { accept: 'x' }, qs: { page: 1 } });
	});

	it('refuses a query parameter without a name', () => {
		expect(() => placeToken({}, 't', { ...header, target: 'query', queryParameter: ' ' })).toThrow(
			expect.objectContaining({ code: 'PLACEMENT_INVALID' }),
		);
	});

	it.each([
		['Bearer WIF.OIDC.', 'Bearer WIF.OIDC.abc'],
		['Token token=', 'Token token=abc'],
	])('lets the token follow %s without a blank', (headerPrefix, value) => {
		const { headers } = placeToken<PlaceableRequest>({}, 'abc', { ...header, headerPrefix });
		expect(headers).toEqual({ authorization: value });
	});

	it.each(['Bearer\r\nX-Evil: 1', 'Bärer\u2028'])('refuses the prefix %j', (headerPrefix) => {
		expect(() => placeToken({}, 't', { ...header, headerPrefix })).toThrow(
			expect.objectContaining({ code: 'PLACEMENT_INVALID' }),
		);
	});

	it('never throws anything but its own error, whatever the header is called', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (name, prefix) => {
				try {
					const { headers } = placeToken({ headers: {} }, 't', {
						...header,
						headerName: name,
						headerPrefix: prefix,
					});
					expect(() => new Headers(headers as Record<string, string>)).not.toThrow();
				} catch (error) {
					expect(error).toBeInstanceOf(JwtAuthError);
				}
			}),
			{ numRuns: 10_000 },
		);
	});
});

describe('withHeader', () => {
	it.each(['', ' ', 'X Token', 'X:Token', 'Tökén', 'a\nb'])('refuses the name %j', (name) => {
		expect(() => withHeader({}, name, 'v')).toThrow(
			expect.objectContaining({ code: 'HEADER_NAME_INVALID' }),
		);
	});

	it('treats __proto__ as a name like any other', () => {
		expect(Object.keys(withHeader({}, '__proto__', 'v'))).toEqual(['__proto__']);
	});
});
