import { measureDifference, ServerClocks } from '../../../core/exchange/serverClock';

describe('by how much the clock of a server is ahead', () => {
	const times = { sentAt: 100_000, receivedAt: 110_000 };

	it.each([
		['does not say', undefined, 0],
		['is as late as ours', 105_000, 0],
		['is tolerably ahead', 115_000, 0],
		['is tolerably behind', 95_000, 0],
		['is ahead of the moment the answer came', 116_000, 6000],
		['is behind the moment the request went', 94_000, -6000],
	])('%s', (_what, date, expected) => {
		expect(measureDifference(date, times)).toBe(expected);
	});
});

describe('what is kept of it', () => {
	it('is each host for itself, for an hour', () => {
		let now = 0;
		const clocks = new ServerClocks(() => now);
		clocks.keep('a.test', 60_000);
		expect([clocks.difference('a.test'), clocks.difference('b.test')]).toEqual([60_000, 0]);
		now = 3_599_999;
		expect(clocks.difference('a.test')).toBe(60_000);
		now = 3_600_000;
		expect(clocks.difference('a.test')).toBe(0);
	});
});
