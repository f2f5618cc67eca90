import fc from 'fast-check';
import { DateTime } from 'luxon';
import {
	readAudience,
	readMillisecondDate,
	readNumericDate,
	readTextClaim,
} from '../../../core/sign/registeredClaims';
import { expectCode } from '../support/expectCode';

const refusal = (run: () => unknown) => expectCode('CLAIM_INVALID', run);

describe('a time for a token in milliseconds', () => {
	it.each<[unknown, number]>([
		[1_750_000_000_123, 1_750_000_000.123],
		[' 1750000000123 ', 1_750_000_000.123],
		[1_750_000_000, 1_750_000_000],
		['2025-06-15T15:06:40Z', 1_750_000_000],
		[0, 0],
		// Still seconds: as milliseconds it would be the year 1973.
		[1e11, 1e11],
		['1970-01-01T00:00:00.500Z', 0],
	])('is read from %j', (value, seconds) => {
		expect(readMillisecondDate(value, 'exp')).toBe(seconds);
	});

	it.each([
		1e16 + 2,
		1_750_000_000_123.5,
		'1750000000123.5',
		'12345678901234567',
		'x1750000000123',
		'1750000000123x',
		-1,
		'soon',
		{},
		null,
		true,
	])('is not read from %j', (value) => {
		expect(refusal(() => readMillisecondDate(value, 'exp')).message).toContain('The claim exp');
	});
});

describe('a NumericDate', () => {
	it.each<[unknown, number]>([
		[0, 0],
		[0.9, 0],
		[1_750_000_000.999, 1_750_000_000],
		['1750000000', 1_750_000_000],
		['0', 0],
		['1750000000.123456789', 1_750_000_000],
		['\t1750000000\n', 1_750_000_000],
		[1e11, 1e11],
		[new Date(1500), 1],
		[DateTime.fromSeconds(1_750_000_000), 1_750_000_000],
		['2025-06-15T12:00:00Z', 1_749_988_800],
		['1970-01-01', 0],
	])('is read from %j', (value, seconds) => {
		expect(readNumericDate(value, 'exp')).toBe(seconds);
	});

	it('without an offset is one of the zone that is given', () => {
		const noon = '2025-06-15T12:00:00';
		expect(readNumericDate(noon, 'exp', 'UTC')).toBe(1_749_988_800);
		expect(readNumericDate(noon, 'exp', 'Europe/Berlin')).toBe(1_749_988_800 - 7200);
		expect(readNumericDate(`${noon}Z`, 'exp', 'Europe/Berlin')).toBe(1_749_988_800);
	});

	it.each<[unknown, string, string | undefined]>([
		[1e11 + 1, 'is in milliseconds', '={{ $now.toUnixInteger() }}'],
		[1_750_000_000_000, 'is in milliseconds', 'Divide it by 1000'],
		[-0.5, 'is not a number of seconds since 1970', undefined],
		[Number.NaN, 'is not a number of seconds since 1970', undefined],
		[Infinity, 'is not a number of seconds since 1970', undefined],
		[true, 'is not a number of seconds since 1970', undefined],
		[{}, 'is not a number of seconds since 1970', undefined],
		[undefined, 'is not a number of seconds since 1970', undefined],
		['1960-01-01', 'is not a number of seconds since 1970', undefined],
		['1e9', 'is a text that is neither a number of seconds nor an ISO 8601 date', undefined],
		['-5', 'is a text that is neither a number of seconds nor an ISO 8601 date', undefined],
		['1.', 'is a text that is neither a number of seconds nor an ISO 8601 date', undefined],
		['1.1234567890', 'is a text that is neither a number', undefined],
		['12345678901234567', 'is a text that is neither a number', undefined],
		['1234567890123456', 'is in milliseconds', 'Divide it by 1000'],
		['2025-02-30', 'is not a date that exists', undefined],
		['2025-06-15T12:00:00', 'is a time without a time zone', 'Add Z (UTC) or an offset'],
	])('is not read from %j, which %s', (value, what, hint) => {
		const error = refusal(() => readNumericDate(value, 'nbf'));
		expect(error.message).toContain(`The claim nbf ${what}`);
		if (hint === undefined) expect(error.hint).toBe('Correct the claim in the payload.');
		else expect(error.hint).toContain(hint);
	});

	it('says that the zone of the workflow is not known', () => {
		const error = refusal(() => readNumericDate('2025-06-15T12:00:00', 'exp', 'Moon/Crater'));
		expect(error.message).toContain('the time zone of the workflow is not known here');
		expect(error.hint).toContain("Choose another Timezone in the workflow's settings");
	});

	it('comes back from whatever form it is given in', () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 99_999_999_999 }), (seconds) => {
				const iso = new Date(seconds * 1000).toISOString();
				for (const given of [seconds, String(seconds), `${seconds}.9`, iso]) {
					expect(readNumericDate(given, 'iat')).toBe(seconds);
				}
			}),
		);
	});
});

describe('a claim that is a text', () => {
	it.each([
		['me', 'me'],
		[' me ', ' me '],
		[123_456, '123456'],
		[-7, '-7'],
		[9_007_199_254_740_991, '9007199254740991'],
	])('%j is read as %j', (value, text) => {
		expect(readTextClaim(value, 'iss')).toBe(text);
	});

	it.each([
		[9_007_199_254_740_992, 'The claim iss is not a text.', 'Write its value in quotes.'],
		[1.5, 'The claim iss is not a text.', 'Write its value in quotes.'],
		[true, 'The claim iss is not a text.', 'Write its value in quotes.'],
		[null, 'The claim iss is not a text.', 'Write its value in quotes.'],
		['', 'The claim iss is empty.', 'Give it a value or take it out.'],
	])('%j is refused: %s', (value, message, hint) => {
		expect(refusal(() => readTextClaim(value, 'iss'))).toMatchObject({ message, hint });
	});
});

describe('aud', () => {
	it.each<[unknown, unknown]>([
		['api', 'api'],
		[7, '7'],
		[['a'], ['a']],
		[
			['a', 7],
			['a', '7'],
		],
	])('of %j is %j', (value, audience) => {
		expect(readAudience(value)).toEqual(audience);
	});

	it.each<[unknown, string]>([
		[{}, 'is neither a text nor a list of texts'],
		[null, 'is neither a text nor a list of texts'],
		[[], 'is an empty list'],
		[true, 'is not a text'],
		[undefined, 'is not a text'],
		['', 'is empty'],
		[['a', ''], 'is empty'],
		[[['a']], 'is not a text'],
	])('of %j is refused: it %s', (value, what) => {
		expect(refusal(() => readAudience(value)).message).toBe(`The claim aud ${what}.`);
	});
});
