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

	it('is told where the whole answer is meant to be the token', () => {
		const error = expectCode('EXCHANGE_TOKEN_INVALID', () => readTokenValue('two words', ''));
		expect(error.message).toBe(
			"The token endpoint's answer cannot be sent as a token: it has a blank.",
		);
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
	const bearer = { grant: 'jwtBearer', proofAlgorithm: undefined } as const;
	const custom = { ...bearer, grant: 'custom' } as const;
	const bound = { ...bearer, proofAlgorithm: 'ES256' } as const;

	it.each(['DPoP', ' dpop '])('%j is what is wanted where a key is to prove it', (value) => {
		expect(readTokenType(value, bound)).toBe(value.trim());
	});

	// RFC 9449 §5: the client must discard it where it counts on the binding.
	it.each([
		['Bearer', 'a Bearer token'],
		[undefined, 'a token of no known type'],
		[['DPoP'], 'a token of no known type'],
		['DPoP"\nx', 'a token of no known type'],
	])('%j is refused there, since nothing is bound', (value, words) => {
		for (const settings of [bound, { ...bound, grant: 'custom' } as const]) {
			const error = expectCode('EXCHANGE_TOKEN_TYPE', () => readTokenType(value, settings));
			expect(error.message).toBe(
				`Use DPoP is on, but the service issued ${words}, which is not bound to a key.`,
			);
			expect(error.hint).toMatch(/switch Use DPoP off/);
		}
	});

	it.each([
		[undefined, ''],
		[null, ''],
		[' bearer ', 'bearer'],
		['Token', 'Token'],
		['urn:x:y', 'urn:x:y'],
		['constructor', 'constructor'],
		['__proto__', '__proto__'],
	])('%j is read as %j', (value, expected) => {
		expect(readTokenType(value, bearer)).toBe(expected);
	});

	it.each([
		['DPoP', 'DPoP'],
		['dpop', 'DPoP'],
		['mac', 'MAC'],
		['pop', 'PoP'],
		['hok', 'HoK'],
	])('%s is refused: it needs more than the token', (value, name) => {
		const error = expectCode('EXCHANGE_TOKEN_TYPE', () => readTokenType(value, custom));
		expect(error.message).toBe(`The service issued a ${name} token.`);
		const todo = /dpop/i.test(value) ? 'Switch Use DPoP on' : `Switch ${value} off`;
		expect(error.hint).toMatch(new RegExp(todo, 'i'));
	});

	it.each([
		[7, 'a number'],
		[true, 'a boolean'],
		[['Bearer'], 'a list'],
		[{ type: 'Bearer' }, 'an object'],
	])('%j is refused by the OAuth grants and passed over by a custom exchange', (value, kind) => {
		const error = expectCode('EXCHANGE_TOKEN_TYPE', () => readTokenType(value, bearer));
		expect(error.message).toBe(
			`The "token_type" of the token endpoint's answer is ${kind}, not text.`,
		);
		expect(readTokenType(value, custom)).toBe('');
	});
});
