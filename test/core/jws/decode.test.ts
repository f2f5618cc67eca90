import {
	decodeJsonPart,
	decodePart,
	decodePayload,
	decodeToken,
	isNested,
	MAXIMUM_TOKEN_LENGTH,
	splitSignedToken,
	splitToken,
} from '../../../core/jws/decode';
import { expectCode } from '../support/expectCode';

const base64url = (text: string) => Buffer.from(text).toString('base64url');
const part = (value: unknown) => base64url(JSON.stringify(value));

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

	it('hands out a new header each time, of a short one and of a long one', () => {
		for (const kid of ['short', 'x'.repeat(2000)]) {
			const token = `${part({ kid })}.${part({ sub: 'a' })}.x`;
			decodeToken(token).header.kid = 'changed';
			expect(decodeToken(token)).toEqual({ header: { kid }, payload: { sub: 'a' } });
		}
	});

	it.each([
		['opaque-token', 'no dots'],
		[`${part({})}.${part({})}`, 'two parts'],
		[`${part([])}.${part({})}.x`, 'a list as header'],
		[`${part({})}.${part(null)}.x`, 'null as payload'],
		[`!!!.${part({})}.x`, 'no base64url'],
		[`${part({})}. ${part({})}.x`, 'a blank'],
	])('refuses %j (%s)', (token) => {
		expectCode('TOKEN_MALFORMED', () => decodeToken(token));
	});

	it.each([
		[`${part(7)}.${part({})}.x`, 'The header of the token is not a JSON object.'],
		[`${part({})}.${part(7)}.x`, 'The payload of the token is not a JSON object.'],
	])('names the part of %s', (token, message) => {
		expect(expectCode('TOKEN_MALFORMED', () => decodeToken(token)).message).toBe(message);
	});

	it('refuses an encrypted token and one within another by their names', () => {
		const { message } = expectCode('TOKEN_ENCRYPTED', () => decodeToken('a.b.c.d.e'));
		expect(message).toContain('five parts');
		const nested = base64url(`${part({ alg: 'x' })}.${part({})}.x`);
		expect(
			expectCode('TOKEN_NESTED', () => decodeToken(`${part({})}.${nested}.x`)).message,
		).toContain('another token');
	});
});

describe('a part', () => {
	it('has one encoding only: no padding, no blanks, no bits left over', () => {
		expect(decodePart('e30', 'header').toString()).toBe('{}');
		expect(decodePart('', 'signature')).toHaveLength(0);
		for (const text of ['e31', 'e30=', 'e3 0', 'e30\n', 'e', '-+_/']) {
			const { message } = expectCode('TOKEN_MALFORMED', () => decodePart(text, 'signature'));
			expect(message).toBe('The signature of the token is not Base64URL without padding.');
		}
	});

	it.each(['{', '[]', '7', 'null', '{"a":1}x', '\uFEFF{}', ''])(
		'that is not a JSON object is named: %j',
		(text) => {
			const { message } = expectCode('TOKEN_MALFORMED', () =>
				decodeJsonPart(base64url(text), 'payload'),
			);
			expect(message).toBe('The payload of the token is not a JSON object.');
		},
	);

	it('says what readers would understand differently', () => {
		const twice = base64url('{"alg":"none","alg":"HS256"}');
		const { message } = expectCode('TOKEN_MALFORMED', () => decodeJsonPart(twice, 'header'));
		expect(message).toMatch(/header of the token.*"alg"/);
	});

	it('is no text of broken UTF-8', () => {
		const broken = Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]).toString('base64url');
		expectCode('TOKEN_MALFORMED', () => decodeJsonPart(broken, 'header'));
	});

	it('may hold a number that JavaScript rounds, which a payload has as text', () => {
		const large = base64url('{"id":12345678901234567890}');
		expect(decodeJsonPart(large, 'payload').id).toBe(12345678901234567000);
		expect(decodePayload(large).id).toBe('12345678901234567890');
	});

	it('is named in what is wrong with a payload', () => {
		for (const text of ['7', '{']) {
			const { message } = expectCode('TOKEN_MALFORMED', () => decodePayload(base64url(text)));
			expect(message).toBe('The payload of the token is not a JSON object.');
		}
	});

	it('that is a token again is no payload', () => {
		expectCode('TOKEN_NESTED', () =>
			decodePayload(base64url(`${part({ alg: 'x' })}.${part({})}.x`)),
		);
	});
});

describe('splitToken', () => {
	it.each([
		['a.b.c', ['a', 'b', 'c']],
		['a.b.', ['a', 'b', '']],
		['a.b.c.d.e', ['a', 'b', 'c', 'd', 'e']],
		// RFC 7516 §7.1: a key that is agreed on directly leaves the second part empty.
		['a..c.d.e', ['a', '', 'c', 'd', 'e']],
	])('%s has the parts %j', (token, parts) => {
		expect(splitToken(token)).toEqual(parts);
	});

	it.each(['a', 'a.b', '.b.c', 'a..c', 'a.b.c.d', 'a.b.c.d.e.f', ' a.b.c', 'a.b.c\n', 'a.b.c$'])(
		'%j is not a JWT',
		(token) => {
			const { message } = expectCode('TOKEN_MALFORMED', () => splitToken(token));
			expect(message).toBe('This is not a JWT.');
		},
	);

	it('tells nothing from too much', () => {
		expect(expectCode('TOKEN_MISSING', () => splitToken('')).message).toBe('No token is given.');
		const longest = `a.b.${'c'.repeat(MAXIMUM_TOKEN_LENGTH - 4)}`;
		expect(splitToken(longest)).toHaveLength(3);
		const { message } = expectCode('TOKEN_TOO_LARGE', () => splitToken(`${longest}c`));
		expect(message).toBe('The token has 65537 characters; 65536 are the most.');
		expect(splitToken('a.b.c', 5)).toHaveLength(3);
		expectCode('TOKEN_TOO_LARGE', () => splitToken('a.b.c', 4));
	});

	it.each(['YQ==.YWI=.YWI=', 'YQ==.YWJj.YWJj', 'YWJj.YQ==.YWJj', 'YWJj.YWJj.YQ==', 'YWJj.YQ==.'])(
		'%s is padded',
		(token) => {
			const { message, hint } = expectCode('TOKEN_MALFORMED', () => splitToken(token));
			expect(message).toContain('padded with "="');
			expect(hint).toContain('without padding');
		},
	);

	it.each(['a=', '=.YWI=.YWI=', 'YQ==.=.YWI=', ' YQ==.YWI=.YWI=', 'YQ==.YWI=.YWI= ', 'a=b.c.d'])(
		'%j is something else',
		(token) => {
			expect(expectCode('TOKEN_MALFORMED', () => splitToken(token)).message).toBe(
				'This is not a JWT.',
			);
		},
	);

	it('of a signed token gives three parts, and passes the limit on', () => {
		expect(splitSignedToken('a.b.')).toEqual(['a', 'b', '']);
		expectCode('TOKEN_TOO_LARGE', () => splitSignedToken('a.b.c', 4));
	});
});

describe('a payload that is a token again', () => {
	it.each<[string, boolean]>([
		['eyJh.eyJh.c2ln', true],
		['ewog.ewog.', true],
		// Encrypted, with an agreed key.
		['eyJh..aXY.Y2lwaGVy.dGFn', true],
		['{"a":"eyJh.eyJh.c2ln"}', false],
		['xeyJh.eyJh.c2ln', false],
		['eyJh.eyJh.c2ln x', false],
		['eyJh eyJh.eyJh.c2ln', false],
		['eaJh.eyJh.c2ln', false],
		['eyJh.e yJh.c2ln', false],
		['eyJh.c2ln', false],
		['ey.b.c', false],
		['', false],
	])('%j: %s', (text, expected) => {
		expect(isNested(base64url(text))).toBe(expected);
	});
});
