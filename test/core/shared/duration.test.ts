import fc from 'fast-check';
import { LONGEST_DURATION, parseDuration } from '../../../core/shared/duration';
import { expectCode, onlyJwtAuthErrors } from '../support/expectCode';

describe('parseDuration', () => {
	it.each([
		[90, 90],
		['90', 90],
		[' 90 s ', 90],
		['10m', 600],
		['1h', 3600],
		['1H', 3600],
		['1.5h', 5400],
		['7d', 604_800],
		['2w', 1_209_600],
		['3650d', LONGEST_DURATION],
	])('reads %j as %d seconds', (value, seconds) => {
		expect(parseDuration(value, 'Expires In')).toBe(seconds);
	});

	it.each([
		['', 'Expires In is empty.'],
		['  ', 'Expires In is empty.'],
		[0, 'Expires In is zero.'],
		['0h', 'Expires In is zero.'],
		[-1, 'Expires In is negative.'],
		['-1h', 'Expires In is negative.'],
		['1.5', 'Expires In is not a whole number of seconds.'],
		['0.0001m', 'Expires In is not a whole number of seconds.'],
		['3651d', 'Expires In is longer than ten years.'],
		['- 1', 'Expires In is negative.'],
		['-x1', 'Expires In is not a duration.'],
		['1-2', 'Expires In is not a duration.'],
		['1h30m', 'Expires In is not a duration.'],
		['1 month', 'Expires In is not a duration.'],
		['1e3', 'Expires In is not a duration.'],
		['0x10', 'Expires In is not a duration.'],
		['constructor', 'Expires In is not a duration.'],
		[Number.NaN, 'Expires In is not a duration.'],
		[Number.POSITIVE_INFINITY, 'Expires In is not a duration.'],
	])('refuses %j', (value, message) => {
		const error = expectCode('DURATION_INVALID', () => parseDuration(value, 'Expires In'));
		expect(error.message).toBe(message);
	});

	it('takes a very large number for milliseconds', () => {
		const error = expectCode('DURATION_INVALID', () => parseDuration('3600000000', 'Expires In'));
		expect(error.hint).toBe('Write seconds, not milliseconds.');
		const hintOf = (value: string | number) =>
			expectCode('DURATION_INVALID', () => parseDuration(value, 'Expires In')).hint;
		const longest = LONGEST_DURATION * 1000;
		expect(hintOf(longest)).toBe('Write seconds, not milliseconds.');
		for (const value of [longest + 1, '3651d', `${LONGEST_DURATION + 1}s`]) {
			expect(hintOf(value)).toBe('Choose a shorter time.');
		}
	});

	it('gives a whole number of seconds in range or a JwtAuthError for any text', () => {
		const anything = fc.oneof(
			fc.string(),
			fc.double(),
			fc.integer().map(String),
			fc
				.tuple(fc.double(), fc.constantFrom('s', 'm', 'h', 'd', 'w', ' ', 'ms'))
				.map(([n, unit]) => `${n}${unit}`),
		);
		fc.assert(
			fc.property(anything, (value) => {
				const seconds = onlyJwtAuthErrors(() => parseDuration(value, 'Expires In'));
				if (seconds === undefined) return;
				expect(Number.isSafeInteger(seconds)).toBe(true);
				expect(seconds).toBeGreaterThan(0);
				expect(seconds).toBeLessThanOrEqual(LONGEST_DURATION);
			}),
			{ numRuns: 10_000 },
		);
	});
});
