import { ERROR_HINTS, JwtAuthError, type JwtAuthErrorCode } from '../../core/errors';

const codes = Object.keys(ERROR_HINTS) as JwtAuthErrorCode[];

describe('an error of core', () => {
	it('has its code, its message and the hint of the code', () => {
		const error = new JwtAuthError('KEY_MISSING', 'There is no key.');
		expect(error).toBeInstanceOf(Error);
		expect(error).toMatchObject({
			name: 'JwtAuthError',
			code: 'KEY_MISSING',
			message: 'There is no key.',
			hint: ERROR_HINTS.KEY_MISSING,
		});
		expect(String(error)).toBe('JwtAuthError: There is no key.');
	});

	it('has the hint of the place that throws it where that knows better', () => {
		expect(new JwtAuthError('KEY_MISSING', 'x', { hint: 'Look there.' }).hint).toBe('Look there.');
		expect(new JwtAuthError('KEY_MISSING', 'x', { hint: undefined }).hint).toBe(
			ERROR_HINTS.KEY_MISSING,
		);
		expect(new JwtAuthError('KEY_MISSING', 'x', { hint: '' }).hint).toBe('');
	});

	it('keeps no other error, which may quote what it was given', () => {
		expect(Object.keys(new JwtAuthError('KEY_MISSING', 'x')).sort()).toEqual([
			'code',
			'hint',
			'name',
		]);
		expect(new JwtAuthError('KEY_MISSING', 'x').cause).toBeUndefined();
	});
});

describe('the codes', () => {
	it('stand in alphabetical order', () => {
		expect(codes).toEqual([...codes].sort());
	});

	it.each(codes)('%s is in capitals, and its hint is whole sentences', (code) => {
		expect(code).toMatch(/^[A-Z]+(?:_[A-Z]+)*$/);
		const hint = ERROR_HINTS[code];
		expect(hint).toMatch(/^[A-Z]/);
		// A command or an example to be copied ends without a period.
		expect(hint).toMatch(/\.$|: .+$/);
		expect(hint).not.toMatch(/\s{2}|\s$/);
	});
});
