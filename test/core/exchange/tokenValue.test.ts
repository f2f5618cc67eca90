import fc from 'fast-check';
import { readTokenType, readTokenValue } from '../../../core/exchange/tokenValue';
import { expectCode } from '../support/expectCode';

const refusal = (value: unknown) =>
	expectCode('EXCHANGE_TOKEN_INVALID', () => readTokenValue(value, 'access_token')).message;

describe('the value of the token', () => {
	it.each<[string, unknown]>([
		['has a line break', 'part-one\npart-two'],
		['has a line break', 'part-one part-two\r\n'],
		['has a blank', 'part-one part-two'],
		['has a blank', 'part-one\t'],
		['has a character that is no printable ASCII', 'part-öne'],
		['has a character that is no printable ASCII', 'part\u0000one'],
		['has a character that is no printable ASCII', 'part\u200bone'],
		['is a number, not text', 12345678],
		['is a boolean, not text', true],
		['is a list, not text', ['part-one']],
		['is an object, not text', { value: 'part-one' }],
	])('%s: it is refused, and not quoted', (problem, value) => {
		const message = refusal(value);
		expect(message).toBe(
			`What the token endpoint's answer has in "access_token" cannot be sent as a token: it ${problem}.`,
		);
		expect(message).not.toMatch(/part|12345678/);
	});

	it('is taken as it is when every character of it is visible ASCII', () => {
		fc.assert(
			fc.property(fc.stringMatching(/^[!-~]+$/), (token) => {
				expect(readTokenValue(token, 'x')).toBe(token);
			}),
		);
	});

	it('is refused when any character of it is not', () => {
		fc.assert(
			fc.property(
				fc.string(),
				fc.string({ unit: 'binary', minLength: 1 }).filter((text) => /[^!-~]/.test(text)),
				(before, bad) => {
					refusal(`${before}${bad}`);
				},
			),
		);
	});
});

describe('token_type', () => {
	it.each([
		[undefined, ''],
		[null, ''],
		[' bearer ', 'bearer'],
		['Token', 'Token'],
		['urn:x:y', 'urn:x:y'],
		['constructor', 'constructor'],
		['__proto__', '__proto__'],
	])('%j is read as %j', (value, expected) => {
		expect(readTokenType(value, 'jwtBearer')).toBe(expected);
	});

	it.each(['DPoP', 'dpop', 'mac', 'pop', 'hok'])(
		'%s is refused: it needs more than the token',
		(value) => {
			const error = expectCode('EXCHANGE_TOKEN_TYPE', () => readTokenType(value, 'custom'));
			expect(error.hint).toMatch(new RegExp(`Switch ${value} off`, 'i'));
		},
	);

	it.each([7, true, ['Bearer'], { type: 'Bearer' }])(
		'%j is refused by the OAuth grants and passed over by a custom exchange',
		(value) => {
			expectCode('EXCHANGE_TOKEN_TYPE', () => readTokenType(value, 'clientCredentials'));
			expect(readTokenType(value, 'custom')).toBe('');
		},
	);
});
