import fc from 'fast-check';
import { isoTime, numericDate } from '../../../core/shared/time';

describe('a NumericDate', () => {
	it.each([
		[0, '1970-01-01T00:00:00.000Z'],
		[1_750_000_000, '2025-06-15T15:06:40.000Z'],
		[1.5, '1970-01-01T00:00:01.500Z'],
		[-1, '1969-12-31T23:59:59.000Z'],
		[8_640_000_000_000, '+275760-09-13T00:00:00.000Z'],
		[8_640_000_000_001, 'a time out of range'],
		[-8_640_000_000_001, 'a time out of range'],
		[Number.NaN, 'a time out of range'],
		[Infinity, 'a time out of range'],
	])('%s is %s for people', (seconds, text) => {
		expect(isoTime(seconds)).toBe(text);
	});

	it.each([
		[0, 0],
		[999, 0],
		[1000, 1],
		[-1, -1],
		[1_750_000_000_999, 1_750_000_000],
	])('of %s milliseconds is %s, cut to whole seconds', (milliseconds, seconds) => {
		expect(numericDate(new Date(milliseconds))).toBe(seconds);
	});

	it('comes back from its text', () => {
		const dates = fc.integer({ min: -8_640_000_000_000, max: 8_640_000_000_000 });
		fc.assert(
			fc.property(dates, (seconds) => {
				expect(numericDate(new Date(isoTime(seconds)))).toBe(seconds);
			}),
		);
	});
});
