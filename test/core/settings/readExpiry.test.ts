import { DateTime } from 'luxon';
import { readCredentialExpiry, readInstant } from '../../../core/settings/readExpiry';
import { expectCode } from '../support/expectCode';

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
		['with words written out', 'Thursday, 31 December 2099 00:00:00 GMT'],
		['with the month as a number', '12/31/2099 00:00:00 +0000'],
		['a Date', end],
		['what only JSON makes a text, as moment does', { toJSON: () => '2099-12-31T00:00:00Z' }],
		['a DateTime of luxon', DateTime.fromJSDate(end, { zone: 'America/New_York' })],
		['seconds', end.getTime() / 1000],
		['milliseconds', end.getTime()],
		['seconds as text', String(end.getTime() / 1000)],
		['seconds as text with blanks', ` ${end.getTime() / 1000} `],
		['milliseconds as text', String(end.getTime())],
	])('is read: %s', (_what, value) => {
		expect(readCredentialExpiry(value)).toBe(end.getTime());
	});

	it('is in seconds up to the year 5138, in milliseconds beyond', () => {
		expect(readCredentialExpiry(1e11)).toBe(1e14);
		expect(readCredentialExpiry(1e11 + 1)).toBe(1e11 + 1);
	});

	it.each(['2099-12-31 00:00:00', '2099-12-31T00:00', '2099-12-31T00:00:00.000000', '2099-12-31'])(
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
		['a date after other words', 'not before Thu Dec 31 2099 00:00:00 GMT'],
		['a date around other words', 'Thu Dec 31 (or later) 2099 00:00:00 GMT'],
		['a year of two digits', 'Thu, 31 Dec 99 00:00:00 GMT'],
		['a number that is no year', '5'],
		['a number that is not written out', '40859808e2'],
		['a month that is none', '2099-13-31'],
		['a day that is none', '2099-02-30T12:00:00'],
		['undefined', undefined],
		['null', null],
		['true', true],
		['NaN', Number.NaN],
		['infinity', Number.POSITIVE_INFINITY],
		['a list with a date', [end]],
		['a list with seconds', [end.getTime() / 1000]],
		['an empty list', []],
		['an object with a date', { date: end }],
		['a Date that is none', new Date('x')],
		['a DateTime that is none', DateTime.fromISO('x')],
		['a BigInt', 10n],
		['a list in itself', cyclic],
	])('locks the credential: %s', (_what, value) => {
		const { message, hint } = expectCode('CREDENTIAL_EXPIRED', () => readCredentialExpiry(value));
		expect(message).toMatch(/^Credential Expires At is .*, not a date and time/);
		expect(hint).toBe('Pick a date in the credential, or leave the field empty.');
	});

	it('is no instant where it cannot even be written', () => {
		expect(readInstant(cyclic)).toBeNaN();
	});
});
