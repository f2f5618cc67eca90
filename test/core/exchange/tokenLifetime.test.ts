import { LONGEST_DURATION } from '../../../core/shared/duration';
import { expectCode } from '../support/expectCode';
import { tokenLifetime } from '../../../core/exchange/tokenLifetime';

const SERVER_NOW = Date.parse('2026-03-01T12:00:00Z');
const FALLBACK = 1800;

const seconds = (said: unknown[], token = 'opaque', fallbackLifetime = `${FALLBACK}s`) =>
	tokenLifetime(
		said.map((value) => ({ field: 'expires_in', value })),
		token,
		{ fallbackLifetime, expiryUnit: 'automatic' },
		SERVER_NOW,
	) / 1000;

const jwtUntil = (exp: unknown) => {
	const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
	return `${part({ alg: 'none' })}.${part({ exp })}.c2ln`;
};

describe('the life of a token', () => {
	it.each<[unknown, number]>([
		[3600, 3600],
		['3600', 3600],
		[' 3600 ', 3600],
		[1.5, 1.5],
		['2026-03-01T12:10:00Z', 600],
		[SERVER_NOW / 1000 + 600, 600],
		[SERVER_NOW + 600_000, 600],
	])('is what the answer says, %j', (said, expected) => {
		expect(seconds([said])).toBe(expected);
	});

	it.each([
		[-5],
		['-5'],
		[0],
		['0'],
		['0:00:00'],
		['0s'],
		[''],
		[' '],
		[null],
		[undefined],
		['2020-01-01'],
		[1e9],
	])('is Fallback Lifetime where the answer says %j, which is no time to come', (said) => {
		expect(seconds([said])).toBe(FALLBACK);
	});

	it.each([
		['soon'],
		['NaN'],
		[Number.NaN],
		[Number.POSITIVE_INFINITY],
		['1e9'],
		['0x10'],
		[true],
		[[3600]],
		[{ seconds: 3600 }],
		['2026-99-99'],
		['25.12.2026'],
		['1:60:00'],
	])('is no silent hour where the answer says %j, which is no expiry', (said) => {
		const error = expectCode('EXCHANGE_BAD_RESPONSE', () => seconds([said]));
		expect(error.message).toContain('"expires_in"');
		expect(error.hint).toContain('Expiry Field');
	});

	it.each([[999_999_999], ['999999999'], ['9'.repeat(30)], [1e20], ['9999-12-31'], [8.64e15]])(
		'is ten years where the answer says more, %j',
		(said) => {
			expect(seconds([said])).toBe(LONGEST_DURATION);
		},
	);

	it.each([[0.001], ['2026-03-01T12:00:00.001Z']])(
		'is a second where the answer says less, %j: nobody fetches a token for every item',
		(said) => {
			expect(seconds([said])).toBe(1);
		},
	);

	it('is the first of several that is one', () => {
		expect(seconds([-1, '2026-03-01T12:10:00Z'])).toBe(600);
		expect(seconds([60, '2026-03-01T12:10:00Z'])).toBe(60);
		expect(seconds([null, 0], jwtUntil(SERVER_NOW / 1000 + 120))).toBe(120);
		expect(seconds([], jwtUntil(SERVER_NOW / 1000 - 120))).toBe(FALLBACK);
		expect(seconds([], jwtUntil('soon'))).toBe(FALLBACK);
		expect(seconds([], jwtUntil(String(SERVER_NOW / 1000 + 120)))).toBe(FALLBACK);
		expect(seconds([], jwtUntil(900_000_000))).toBe(FALLBACK);
	});

	it('needs a Fallback Lifetime only where nothing else is said', () => {
		expect(seconds([60], 'opaque', 'soon')).toBe(60);
		expect(() => seconds([], 'opaque', 'soon')).toThrow(
			expect.objectContaining({
				code: 'DURATION_INVALID',
				message: expect.stringContaining('Fallback Lifetime'),
			}),
		);
	});
});
