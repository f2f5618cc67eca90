import type { Placement, SendingSettings } from '../../../core/request/sendingSettings';
import fc from 'fast-check';
import { JwtAuthError } from '../../../core/errors';
import {
	isHeaderValue,
	placeToken,
	tokenParameter,
	withAdditionalHeaders,
	withHeader,
	withToken,
	type PlaceableRequest,
} from '../../../core/request/placement';
import { expectCode } from '../support/expectCode';

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
		const { message } = expectCode('PLACEMENT_INVALID', () =>
			placeToken({}, 't', { ...header, target: 'query', queryParameter: ' ' }),
		);
		expect(message).toBe('Parameter Name is empty.');
	});

	it.each([
		['Bearer WIF.OIDC.', 'Bearer WIF.OIDC.abc'],
		['Token token=', 'Token token=abc'],
	])('lets the token follow %s without a blank', (headerPrefix, value) => {
		const { headers } = placeToken<PlaceableRequest>({}, 'abc', { ...header, headerPrefix });
		expect(headers).toEqual({ authorization: value });
	});

	it.each(['Bearer\r\nX-Evil: 1', 'Bärer\u2028'])('refuses the prefix %j', (headerPrefix) => {
		const { message, hint } = expectCode('PLACEMENT_INVALID', () =>
			placeToken({}, 't', { ...header, headerPrefix }),
		);
		expect(message).toBe('Token Prefix has characters that an HTTP header cannot hold.');
		expect(hint).toContain('such as Bearer');
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
	it.each([
		['', 'Header Name is empty.'],
		[' ', 'Header Name is empty.'],
		['X Token', 'Header Name is not a valid HTTP name.'],
		['X:Token', 'Header Name is not a valid HTTP name.'],
		['Tökén', 'Header Name is not a valid HTTP name.'],
		['a\nb', 'Header Name is not a valid HTTP name.'],
		['x'.repeat(129), 'Header Name is not a valid HTTP name.'],
	])('refuses the name %j', (name, words) => {
		const { message } = expectCode('HEADER_NAME_INVALID', () => withHeader({}, name, 'v'));
		expect(message).toBe(words);
	});

	it('takes a name without the blanks around it', () => {
		expect(withHeader({ 'x-token': 'old' }, ' X-Token\n', 'v')).toEqual({ 'X-Token': 'v' });
	});

	it('treats __proto__ as a name like any other', () => {
		expect(Object.keys(withHeader({}, '__proto__', 'v'))).toEqual(['__proto__']);
	});
});

describe('tokenParameter', () => {
	it('is the query parameter where the token goes into the query, and none for a header', () => {
		expect(tokenParameter({ ...header, target: 'query' })).toBe('token');
		expect(tokenParameter(header)).toBeUndefined();
	});
});

describe('isHeaderValue', () => {
	it.each(['', 'plain text ~', 7, 0])('is %j', (value) => {
		expect(isHeaderValue(value)).toBe(true);
	});

	it.each(['ü', 'a\r\nb: c', '\t', true, null, undefined, ['a'], { a: 1 }])(
		'is not %j',
		(value) => {
			expect(isHeaderValue(value)).toBe(false);
		},
	);
});

describe('withAdditionalHeaders', () => {
	const request = Object.freeze({ headers: Object.freeze({ accept: 'a', 'x-tenant': 'old' }) });

	it.each([undefined, '', ' ', '{}', {}])('adds nothing for %j', (given) => {
		expect(withAdditionalHeaders(request, given)).toBe(request);
	});

	it.each([
		['an object', { 'X-Tenant': 'acme', 'X-Version': 2 }],
		['its text', '{ "X-Tenant": "acme", "X-Version": 2 }'],
	])('adds those of %s, which win over headers of the request', (_, given) => {
		const expected = { accept: 'a', 'X-Tenant': 'acme', 'X-Version': '2' };
		expect(withAdditionalHeaders(request, given)).toEqual({ headers: expected });
		const whole = { ...request, qs: { page: 1 } };
		expect(withAdditionalHeaders(whole, given)).toEqual({ headers: expected, qs: { page: 1 } });
	});

	it.each([true, null, ['a'], 'ü', 'canary\r\nX-Evil: 1'])(
		'refuses the value %j and names the header, not the value',
		(value) => {
			const { message } = expectCode('ADDITIONAL_HEADERS_INVALID', () =>
				withAdditionalHeaders(request, { 'X-Ok': '1', 'X-Bad': value }),
			);
			expect(message).toBe('The value of X-Bad in Additional Headers cannot be sent in a header.');
		},
	);

	it('does not repeat a name that is none', () => {
		const { message } = expectCode('ADDITIONAL_HEADERS_INVALID', () =>
			withAdditionalHeaders(request, { 'X Bad\r\n': true }),
		);
		expect(message).toBe('The value of a header in Additional Headers cannot be sent in a header.');
	});

	it.each([
		['X Bad', 'A name in Additional Headers is not a valid HTTP name.'],
		['', 'A name in Additional Headers is empty.'],
	])('refuses the name %j', (name, words) => {
		const { message } = expectCode('HEADER_NAME_INVALID', () =>
			withAdditionalHeaders(request, { [name]: 'v' }),
		);
		expect(message).toBe(words);
	});

	it('refuses what is no object, and calls the field what the form calls it', () => {
		const messageFor = (field?: string) =>
			expectCode('ADDITIONAL_HEADERS_INVALID', () => withAdditionalHeaders(request, '["a"]', field))
				.message;
		expect(messageFor()).toMatch(/Additional Headers .* not a JSON object/);
		expect(messageFor('Exchange Headers')).toMatch(/Exchange Headers .* not a JSON object/);
		const { message } = expectCode('HEADER_NAME_INVALID', () =>
			withAdditionalHeaders(request, { 'X Bad': 'v' }, 'Exchange Headers'),
		);
		expect(message).toMatch(/^A name in Exchange Headers/);
	});
});

describe('withToken', () => {
	const settings: SendingSettings = {
		placement: header,
		domains: { mode: 'all', allowedDomains: '' },
		credentialExpiresAt: undefined,
		additionalHeaders: { 'X-Tenant': 'acme', Authorization: 'Basic static' },
	};

	it('puts the headers of the credential and the token in, and the token wins', () => {
		expect(withToken({ headers: { accept: 'a' } }, 't', settings)).toEqual({
			headers: { accept: 'a', 'X-Tenant': 'acme', authorization: 'Bearer t' },
		});
	});

	it('puts the headers in beside a token that goes into the query', () => {
		const placement = { ...header, target: 'query' } as const;
		expect(withToken({ qs: { page: 1 } }, 't', { ...settings, placement })).toEqual({
			headers: { 'X-Tenant': 'acme', authorization: 'Basic static' },
			qs: { page: 1, token: 't' },
		});
	});
});
