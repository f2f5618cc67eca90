import fc from 'fast-check';
import { tryToParseDateTime } from 'n8n-workflow';
import { dateObjectText, readDateTime, toInstant } from '../../../core/shared/dateTime';

const ZONES = [
	'America/New_York',
	'America/St_Johns',
	'Asia/Kolkata',
	'Asia/Tokyo',
	'Australia/Lord_Howe',
	'Europe/Berlin',
	'Pacific/Apia',
	'Pacific/Chatham',
	'UTC',
];

const iso = (read: number | string) =>
	typeof read === 'number' ? new Date(read).toISOString() : read;

describe('readDateTime', () => {
	it.each([
		['2026-11-25T10:00:00', 'Asia/Tokyo', '2026-11-25T01:00:00.000Z'],
		['2026-11-25T10:00:00', 'America/New_York', '2026-11-25T15:00:00.000Z'],
		['2026-07-25 10:00', 'Europe/Berlin', '2026-07-25T08:00:00.000Z'],
		[' 2026-07-25 10:00\n', 'Europe/Berlin', '2026-07-25T08:00:00.000Z'],
		['2026-11-25T10:00:00.378', 'Asia/Kolkata', '2026-11-25T04:30:00.378Z'],
		['2026-11-25', 'Europe/Berlin', '2026-11-24T23:00:00.000Z'],
		['2026-11-25', undefined, '2026-11-25T00:00:00.000Z'],
		['2026-11-25T10:00:00Z', 'Asia/Tokyo', '2026-11-25T10:00:00.000Z'],
		['2026-11-25T10:00:00+02:00', 'Asia/Tokyo', '2026-11-25T08:00:00.000Z'],
		['1969-12-31T23:00:00.5', 'UTC', '1969-12-31T23:00:00.500Z'],
		['2026-11-25T10:00:00', undefined, 'noTimeZone'],
		['2026-11-25T10:00:00', 'Mars/Olympus', 'unknownTimeZone'],
		['2026-02-30T10:00:00', 'UTC', 'noSuchDate'],
		['2026-11-25T25:00:00', 'UTC', 'noSuchDate'],
		['tomorrow', 'UTC', 'noDate'],
	])('%s in %s is %s', (text, timeZone, expected) => {
		expect(iso(readDateTime(text, timeZone))).toBe(expected);
	});

	it.each([
		['left out when clocks go forward: as much later', '2026-03-29T02:30:00', '01:30:00.000Z'],
		['the last second before', '2026-03-29T01:59:59', '00:59:59.000Z'],
		['the first second after', '2026-03-29T03:00:00', '01:00:00.000Z'],
		['twice when clocks go back: the first', '2026-10-25T02:30:00', '00:30:00.000Z'],
		['the last second before', '2026-10-25T01:59:59', '2026-10-24T23:59:59.000Z'],
		['the first second after', '2026-10-25T03:00:00', '02:00:00.000Z'],
	])('a time %s', (_case, text, expected) => {
		expect(iso(readDateTime(text, 'Europe/Berlin'))).toContain(expected);
	});

	it('reads what the clocks of a zone show back to the same instant, or to its twin before', () => {
		const seconds = fc.integer({ min: 0, max: 4_000_000_000 });
		fc.assert(
			fc.property(seconds, fc.constantFrom(...ZONES), (instant, timeZone) => {
				const shown = tryToParseDateTime(new Date(instant * 1000), timeZone);
				const read = readDateTime(shown.toISO({ includeOffset: false }) ?? '', timeZone);
				const back = tryToParseDateTime(new Date(Number(read)), timeZone);
				expect(back.toISO({ includeOffset: false })).toBe(shown.toISO({ includeOffset: false }));
				expect(read).toBeLessThanOrEqual(instant * 1000);
				// A day that comes twice: Samoa crossed the date line in 1892 only.
				expect(instant * 1000 - Number(read)).toBeLessThanOrEqual(3_600_000);
			}),
			{ numRuns: 500 },
		);
	});
});

describe('the instant of a date in a form', () => {
	const noon = Date.UTC(2026, 0, 1, 12);

	it.each<[number | string, string | undefined, number]>([
		[5, 'Europe/Berlin', 5],
		['2026-01-01T12:00:00', 'Europe/Berlin', noon - 3_600_000],
		['2026-01-01T12:00:00', 'No/Such_Zone', noon],
		['2026-01-01T12:00:00', undefined, noon],
		['2026-01-01T12:00:00Z', 'Europe/Berlin', noon],
		['never', 'Europe/Berlin', Number.NaN],
		['never', undefined, Number.NaN],
	])('%p in %p is %p', (date, timeZone, instant) => {
		expect(toInstant(date, timeZone)).toBe(instant);
	});
});

describe('dateObjectText', () => {
	it.each([
		[new Date('2026-11-25T10:00:00Z'), '2026-11-25T10:00:00.000Z'],
		[tryToParseDateTime('2026-11-25T10:00:00', 'Asia/Tokyo'), '2026-11-25T10:00:00.000+09:00'],
		[new Date(Number.NaN), undefined],
		[{ toISO: () => null }, undefined],
		[{ toISO: 'text' }, undefined],
		['2026-11-25', undefined],
		[5, undefined],
		[null, undefined],
		[undefined, undefined],
	])('%s', (value, text) => {
		expect(dateObjectText(value)).toBe(text);
	});
});
