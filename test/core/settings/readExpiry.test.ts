import { DateTime } from 'luxon';
import { readCredentialExpiry } from '../../../core/settings/readExpiry';

const end = new Date('2099-12-31T00:00:00.000Z');

describe('Credential Expires At', () => {
	it.each(['', '  '])('%j is no end', (text) => {
		expect(readCredentialExpiry(text)).toBeUndefined();
	});

	it.each<[string, unknown]>([
		['what n8n picks', '2099-12-31T00:00:00.000+00:00'],
		['UTC', ' 2099-12-31T00:00:00Z '],
		['an offset', '2099-12-31T02:00:00+02:00'],
		['as HTTP writes it', 'Thu, 31 Dec 2099 00:00:00 GMT'],
		['as JavaScript writes it', 'Thu Dec 31 2099 00:00:00 GMT+0000 (Coordinated Universal Time)'],
		['a Date', end],
		['a DateTime of luxon', DateTime.fromJSDate(end, { zone: 'America/New_York' })],
		['seconds', end.getTime() / 1000],
		['milliseconds', end.getTime()],
		['seconds as text', String(end.getTime() / 1000)],
		['milliseconds as text', String(end.getTime())],
	])('is read: %s', (_what, value) => {
		expect(readCredentialExpiry(value)).toBe(end.getTime());
	});

	it.each(['2099-12-31 00:00:00', '2099-12-31T00:00', '2099-12-31'])(
		'without an offset is left to the time zone of n8n: %s',
		(text) => {
			expect(readCredentialExpiry(text)).toBe(text);
		},
	);

	const cyclic: unknown[] = [];
	cyclic.push(cyclic);
	it.each<[string, unknown]>([
		['soon', 'soon'],
		['a date among other words', 'never 2099'],
		['a number that is no year', '5'],
		['a month that is none', '2099-13-31'],
		['a day that is none', '2099-02-30T12:00:00'],
		['undefined', undefined],
		['null', null],
		['true', true],
		['NaN', Number.NaN],
		['infinity', Number.POSITIVE_INFINITY],
		['a list with a date', [end]],
		['an empty list', []],
		['an object with a date', { date: end }],
		['a Date that is none', new Date('x')],
		['a DateTime that is none', DateTime.fromISO('x')],
		['a BigInt', 10n],
		['a list in itself', cyclic],
	])('locks the credential: %s', (_what, value) => {
		expect(() => readCredentialExpiry(value)).toThrow(
			expect.objectContaining({
				code: 'CREDENTIAL_EXPIRED',
				message: expect.stringMatching(/^Credential Expires At is .*, not a date and time/),
			}),
		);
	});
});
