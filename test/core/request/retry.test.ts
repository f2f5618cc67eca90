import fc from 'fast-check';
import {
	isConnectionError,
	networkCode,
	parseRetryAfter,
	retryDelay,
} from '../../../core/request/retry';

const NOW = new Date('2026-08-01T00:00:00Z');
const policy = { maxTries: 3, waitBetweenTries: 1000, maxWait: 60_000, retryNonIdempotent: false };
const failed = { method: 'GET', tries: 1, statusCode: 503, retryAfter: undefined };

describe('whether a request is sent again', () => {
	it.each([
		['GET after 503', {}, {}, true],
		['GET after 429', { statusCode: 429 }, {}, true],
		['GET after a failed connection', { statusCode: undefined }, {}, true],
		['PUT and DELETE', { method: 'DELETE' }, {}, true],
		['GET after 500', { statusCode: 500 }, {}, false],
		['GET after 401', { statusCode: 401 }, {}, false],
		['POST', { method: 'POST' }, {}, false],
		['a method that nobody knows', { method: 'PURGE' }, {}, false],
		['a method that is not in capitals', { method: 'post' }, {}, false],
		['PATCH', { method: 'PATCH' }, {}, false],
		['POST if asked for', { method: 'POST' }, { retryNonIdempotent: true }, true],
		['after the last try', { tries: 3 }, {}, false],
		['if the server asks for too long a wait', { retryAfter: '61' }, {}, false],
		['if the server asks for longer than numbers go', { retryAfter: '9'.repeat(400) }, {}, false],
		['if the server asks for a bearable wait', { retryAfter: '60' }, {}, true],
	])('%s', (_name, how, changes, expected) => {
		const delay = retryDelay({ ...policy, ...changes }, { ...failed, ...how }, NOW, 0.5);
		expect(delay !== undefined).toBe(expected);
	});
});

describe('the wait', () => {
	it('doubles, is random in its upper half, and never exceeds the longest', () => {
		const generous = { ...policy, maxTries: 100 };
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 50 }),
				fc.double({ min: 0, max: 1, noNaN: true }),
				(tries, random) => {
					const delay = retryDelay(generous, { ...failed, tries }, NOW, random) ?? -1;
					const full = Math.min(60_000, 1000 * 2 ** (tries - 1));
					expect(delay).toBeGreaterThanOrEqual(full / 2);
					expect(delay).toBeLessThanOrEqual(full);
				},
			),
		);
	});

	it('is never shorter than Retry-After', () => {
		expect(retryDelay(policy, { ...failed, retryAfter: '7' }, NOW, 0)).toBe(7000);
	});
});

it.each([
	['120', 120_000],
	['0', 0],
	['99999999999', 10 * 365 * 86_400_000],
	['Sat, 01 Aug 2026 00:00:30 GMT', 30_000],
	['Fri, 31 Jul 2026 00:00:00 GMT', 0],
	['Saturday, 01-Aug-26 00:00:30 GMT', 30_000],
	['Sat Aug  1 00:00:30 2026', 30_000],
	['Sat, 01 Aug 2026 02:00:30 +0200', 30_000],
	['01 Aug 2026 00:00:30 GMT', undefined],
	[['5', '9'], 5000],
	[' 5\t', 5000],
	['5 minutes', undefined],
	['soon', undefined],
	['-1', undefined],
	['', undefined],
	[undefined, undefined],
])('Retry-After %j is %s ms', (value, expected) => {
	expect(parseRetryAfter(value, NOW)).toBe(expected);
});

it.each([
	[{ code: 'EPROTO' }, 'EPROTO'],
	[{ code: 'ERR_BAD', cause: { code: 'EPROTO' } }, 'EPROTO'],
	[{ code: 'EPROTO', cause: { code: 7 } }, 'EPROTO'],
	[{ code: 404 }, ''],
	[undefined, ''],
])('the code of the network error %j is %j', (error, code) => {
	expect(networkCode(error)).toBe(code);
});

it('tells failed connections from other errors', () => {
	const coded = (...codes: unknown[]) => codes.map((code) => ({ code }));
	const failedOnes = coded('ECONNRESET', 'ETIMEDOUT', 'ECONNREFUSED');
	expect(failedOnes.every(isConnectionError)).toBe(true);
	expect(failedOnes.every((cause) => isConnectionError({ code: 'X', cause }))).toBe(true);
	const others = coded(undefined, 'ENOTFOUND', 'ERR_INVALID_URL', 404);
	expect([undefined, 'ECONNRESET', ...others].some(isConnectionError)).toBe(false);
});
