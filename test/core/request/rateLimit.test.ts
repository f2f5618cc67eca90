import { rateLimitReset } from '../../../core/request/rateLimit';

const NOW = new Date('2026-08-01T00:00:00.500Z');
const SECONDS = Math.floor(NOW.getTime() / 1000);

describe('when an API that limits requests wants to be asked again', () => {
	it.each([
		['seconds from now', { 'ratelimit-reset': '30' }, '30'],
		['a fraction of a second', { 'ratelimit-reset': '0.2' }, '1'],
		['a longer fraction', { 'ratelimit-reset': '7.25' }, '8'],
		['a number with blanks around it', { 'ratelimit-reset': ' 30 ' }, '30'],
		['the longest time from now', { 'ratelimit-reset': '999999999' }, '999999999'],
		['the first number that is a time', { 'ratelimit-reset': '1000000000' }, '0'],
		['the first one in milliseconds', { 'ratelimit-reset': '1000000000000' }, '0'],
		['a time, as GitHub sends it', { 'x-ratelimit-reset': String(SECONDS + 30) }, '30'],
		['a time in milliseconds', { 'x-ratelimit-reset': String((SECONDS + 30) * 1000) }, '30'],
		['a time, as Okta sends it', { 'x-rate-limit-reset': String(SECONDS + 7) }, '7'],
		['a time that has passed', { 'x-ratelimit-reset': String(SECONDS - 60) }, '0'],
		['the draft before the older', { 'x-ratelimit-reset': '99', 'ratelimit-reset': '5' }, '5'],
		['one of two', { 'ratelimit-reset': 'soon', 'x-ratelimit-reset': '5' }, '5'],
		['a date', { 'x-ratelimit-reset': '2026-08-01T00:00:30Z' }, undefined],
		['a negative number', { 'ratelimit-reset': '-5' }, undefined],
		['nothing', {}, undefined],
	])('by %s', (_, headers, seconds) => {
		expect(rateLimitReset(429, headers, NOW)).toBe(seconds);
	});

	it.each([200, 403, 503])('is not asked of a %s, which comes with such headers too', (status) => {
		expect(rateLimitReset(status, { 'ratelimit-reset': '30' }, NOW)).toBeUndefined();
	});
});
