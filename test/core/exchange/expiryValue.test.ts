import fc from 'fast-check';
import { lifetimeFrom } from '../../../core/exchange/expiryValue';
import { expectCode, onlyJwtAuthErrors } from '../support/expectCode';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const MINUTES_10 = 600_000;

const of = (value: unknown, field = 'expires', unit: 'automatic' | 'milliseconds' = 'automatic') =>
	lifetimeFrom({ field, value }, unit, NOW);

describe('an expiry', () => {
	it.each<[string, unknown]>([
		['seconds', 600],
		['seconds as text', ' 600.0 '],
		['seconds since 1970', NOW / 1000 + 600],
		['milliseconds since 1970', NOW + MINUTES_10],
		['microseconds since 1970', (NOW + MINUTES_10) * 1e3],
		['nanoseconds since 1970, as text', `${NOW + MINUTES_10}000000`],
		['h:mm:ss (Tableau)', '0:10:00'],
		['hh:mm:ss with a fraction', '00:10:00.250'],
		['a number with its unit (protobuf)', '600s'],
		['a number with its unit', '10 m'],
		['ISO 8601', '2026-03-01T12:10:00Z'],
		['ISO 8601 with nanoseconds', '2026-03-01T12:10:00.000000000Z'],
		['ISO 8601 with an offset', '2026-03-01T13:10:00+01:00'],
		['ISO 8601 without a zone, which is UTC', '2026-03-01T12:10:00'],
		['a date and UTC', '2026-03-01 12:10:00 UTC'],
		['a time with GMT right after it', '2026-03-01T12:10:00GMT'],
		['a date and an offset', '2026-03-01 12:10:00 +0000'],
		['an HTTP date', 'Sun, 01 Mar 2026 12:10:00 GMT'],
		['an HTTP date of RFC 850', 'Sunday, 01-Mar-26 12:10:00 GMT'],
		['an HTTP date of C', 'Sun Mar  1 12:10:00 2026'],
		['a date of an e-mail, with an offset', 'Sun, 01 Mar 2026 14:10:00 +0200'],
		['the same with a colon', 'Sun, 01 Mar 2026 14:10:00 +02:00'],
		['the same with the name of a zone', 'Sun, 01 Mar 2026 07:10:00 EST'],
	])('can be %s', (_what, value) => {
		expect(of(value)).toBe(MINUTES_10);
	});

	it('counts hours, minutes and seconds of h:mm:ss', () => {
		expect(of('1:02:03')).toBe(3_723_000);
	});

	it.each([
		['seconds', 'expires', 1e9],
		['milliseconds', 'expires', 1e11],
		['microseconds', 'expires', 1e14],
		['nanoseconds', 'expires', 1e17],
		['milliseconds by the name of the field', 'expires_ms', 1e12],
	])(
		'is a point in time that has passed, from the first number of %s on',
		(_unit, field, number) => {
			expect(of(number, field)).toBe(undefined);
			expect(of(number - number / 1000, field)).toBeGreaterThan(0);
		},
	);

	it('is nothing to come at the very moment', () => {
		expect(of(NOW)).toBe(undefined);
		expect(of(NOW + 1)).toBe(1);
	});

	it.each(['expires_in_ms', 'data.ttl-ms', 'expiresInMs', 'a.lifetimeMillis', '["x_ms"]'])(
		'counts milliseconds by its name: %s',
		(field) => {
			expect(of(86_399_994, field)).toBe(86_399_994);
			expect(of('86399994', field)).toBe(86_399_994);
			expect(of(NOW + MINUTES_10, field)).toBe(MINUTES_10);
		},
	);

	it.each(['expires_in', 'terms', 'expires_at', 'forms.x', 'MS'])('does not by %s', (field) => {
		expect(of(600, field)).toBe(MINUTES_10);
	});

	it('counts milliseconds where the person says so (Adobe)', () => {
		expect(of(86_399_994, 'expires_in', 'milliseconds')).toBe(86_399_994);
		expect(of(NOW + MINUTES_10, 'expires_in', 'milliseconds')).toBe(MINUTES_10);
		expect(of('0:10:00', 'expires_in', 'milliseconds')).toBe(MINUTES_10);
	});

	it('is named when it cannot be read, and quoted only where it is no token', () => {
		const message = (value: unknown) =>
			expectCode('EXCHANGE_BAD_RESPONSE', () => of(value, 'data.until')).message;
		expect(message('soon')).toContain(
			'"data.until" cannot be read as an expiry: it is the text "soon"',
		);
		expect(message(' soon ')).toContain('it is the text "soon"');
		expect(message(['x'])).toContain('it is a list');
		expect(message({})).toContain('it is an object');
		expect(message(true)).toContain('it is a boolean');
		expect(message('at-0123456789abcdef')).toContain('it is a text of no known form');
		expect(message('at-0123456789abcdef')).not.toContain('0123');
	});

	it.each(['Sun, 01 Mar 2026 21:10:00 JST', 'Sun 5', 'Fri 2027', 'Monday, soon'])(
		'is not guessed from %j',
		(text) => {
			expectCode('EXCHANGE_BAD_RESPONSE', () => of(text));
		},
	);

	it('is milliseconds to come, nothing or an error, whatever the server sends', () => {
		fc.assert(
			fc.property(fc.oneof(fc.jsonValue(), fc.string()), fc.string(), (value, field) => {
				const lifetime = onlyJwtAuthErrors(() => of(value, field));
				if (lifetime !== undefined) expect(lifetime).toBeGreaterThan(0);
			}),
		);
	});
});
