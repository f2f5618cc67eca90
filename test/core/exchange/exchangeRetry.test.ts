import { JwtAuthError, type JwtAuthErrorCode } from '../../../core/errors';
import {
	askPatiently,
	wantedPause,
	type AttemptResult,
} from '../../../core/exchange/exchangeRetry';
import { network } from '../support/exchangeCases';

const answered = (status: number, wanted = 0): AttemptResult => ({
	outcome: { status, headers: {}, body: '' },
	wanted,
});

const failed = (code: JwtAuthErrorCode): AttemptResult => ({
	outcome: new JwtAuthError(code, 'It failed.'),
	wanted: 0,
});

/** What comes of tries that end like these, the last one for ever. */
async function tryLike(...tries: AttemptResult[]) {
	const endpoint = network();
	let made = 0;
	const last = await askPatiently(async () => {
		made += 1;
		const one = tries[Math.min(made, tries.length) - 1];
		if (!one) throw new Error('no try');
		return await Promise.resolve(one);
	}, endpoint);
	return { last, made, pauses: endpoint.pauses };
}

describe('a token endpoint', () => {
	it.each([429, 500, 502, 503, 504])('that answers %i is tried three times', async (status) => {
		const { last, ...rest } = await tryLike(answered(status));
		expect(rest).toEqual({ made: 3, pauses: [500, 1500] });
		expect(last).toEqual(answered(status));
	});

	it.each([200, 302, 400, 401, 403, 404, 408, 501, 505])(
		'that answers %i is tried once',
		async (status) => {
			expect(await tryLike(answered(status))).toMatchObject({ made: 1, pauses: [] });
		},
	);

	it('that cannot be reached is tried three times, one that is too slow once', async () => {
		expect(await tryLike(failed('EXCHANGE_UNREACHABLE'))).toMatchObject({ made: 3 });
		expect(await tryLike(failed('EXCHANGE_TIMEOUT'))).toMatchObject({ made: 1 });
	});

	it('is tried no more once it answers', async () => {
		const tries = [failed('EXCHANGE_UNREACHABLE'), answered(200), answered(503)];
		expect(await tryLike(...tries)).toEqual({ last: answered(200), made: 2, pauses: [500] });
	});

	it('is left alone for as long as it asks, but for 10 seconds at most', async () => {
		const patient = [answered(503, 501), answered(429, 10_000), answered(200)];
		expect(await tryLike(...patient)).toMatchObject({ made: 3, pauses: [501, 10_000] });
		expect(await tryLike(answered(503, 499))).toMatchObject({ pauses: [500, 1500] });
		expect(await tryLike(answered(503, 10_001))).toMatchObject({ made: 1, pauses: [] });
	});
});

describe('the wait that an endpoint asks for', () => {
	const now = Date.parse('2026-01-01T00:00:00Z');
	const wanted = (headers: Record<string, unknown>) =>
		wantedPause({ status: 503, headers, body: '' }, now);

	it('is none where it does not say, or nothing came', () => {
		expect(wanted({})).toBe(0);
		expect(wanted({ 'retry-after': 'later' })).toBe(0);
		expect(wantedPause(new JwtAuthError('EXCHANGE_UNREACHABLE', 'Nobody.'), now)).toBe(0);
	});

	it('is a number of seconds, or a date by its own clock, else by ours', () => {
		const at = 'Thu, 01 Jan 2026 00:00:30 GMT';
		expect(wanted({ 'retry-after': '7' })).toBe(7000);
		expect(wanted({ 'retry-after': at })).toBe(30_000);
		expect(wanted({ 'retry-after': at, date: 'Thu, 01 Jan 2026 00:00:10 GMT' })).toBe(20_000);
	});
});
