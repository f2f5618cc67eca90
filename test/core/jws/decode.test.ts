import { decodeToken } from '../../../core/jws/decode';

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('decodeToken', () => {
	it('reads the example of RFC 7519 §3.1', () => {
		const token =
			'eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9' +
			'.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ' +
			'.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
		expect(decodeToken(token)).toEqual({
			header: { typ: 'JWT', alg: 'HS256' },
			payload: { iss: 'joe', exp: 1300819380, 'http://example.com/is_root': true },
		});
	});

	it('names an encrypted token', () => {
		expect(() => decodeToken('a.b.c.d.e')).toThrow(/encrypted token/);
	});

	it.each([
		['opaque-token', 'no dots'],
		[`${part({})}.${part({})}`, 'two parts'],
		[`${part([])}.${part({})}.x`, 'a list as header'],
		[`${part({})}.${part(null)}.x`, 'null as payload'],
		[`!!!.${part({})}.x`, 'no base64url'],
		[`${part({})}. ${part({})}.x`, 'a blank'],
	])('refuses %j (%s)', (token) => {
		expect(() => decodeToken(token)).toThrow(expect.objectContaining({ code: 'TOKEN_MALFORMED' }));
	});
});
