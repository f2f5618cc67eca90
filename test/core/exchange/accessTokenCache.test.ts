import type { AccessToken } from '../../../core/exchange/storedToken';
import { JwtAuthError } from '../../../core/errors';
import {
	FAILURE_MEMORY,
	LONGEST_FAILURE_MEMORY,
	SUSPICION_INTERVAL,
	TokenCache,
} from '../../../core/exchange/accessTokenCache';

const NOW = 1_700_000_000_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A token of an hour. */
function token(text: string, obtainedAt = NOW, fingerprint = 'f'): AccessToken {
	const expiresAt = obtainedAt + HOUR;
	return {
		token: text,
		tokenType: '',
		issuedTokenType: '',
		obtainedAt,
		expiresAt,
		baseUrl: '',
		fingerprint,
	};
}

let timeOfDay: number;
let passed: number;

beforeEach(() => {
	timeOfDay = NOW;
	passed = HOUR;
});

/** Time passes. */
function pass(milliseconds: number): void {
	timeOfDay += milliseconds;
	passed += milliseconds;
}

/** Somebody sets the clock. */
function setClock(milliseconds: number): void {
	timeOfDay += milliseconds;
}

const newCache = (limit?: number) =>
	new TokenCache(limit, { timeOfDay: () => timeOfDay, monotonic: () => passed });

const find = (cache: TokenCache, stored?: AccessToken) => cache.find('f', stored, 60)?.token;

describe('TokenCache', () => {
	it('gives what was put in, until it is due for renewal', () => {
		const cache = newCache();
		cache.put(token('a'));
		pass(3539_000);
		expect(find(cache)).toBe('a');
		pass(1000);
		expect(find(cache)).toBe(undefined);
	});

	it('takes the newer of its own and the stored token, if that was made from the same', () => {
		const cache = newCache();
		cache.put(token('a'));
		expect(find(cache, token('older', NOW - 1))).toBe('a');
		expect(find(cache, token('other', NOW + 1, 'g'))).toBe('a');
		expect(find(cache, token('newer', NOW + 1))).toBe('newer');
		expect(find(cache)).toBe('newer');
	});

	it("takes another process's renewal that brought the same token again", () => {
		const cache = newCache();
		cache.put(token('a'));
		pass(3_550_000);
		expect(find(cache)).toBe(undefined);
		expect(find(cache, token('a', timeOfDay - 1000))).toBe('a');
	});

	it('gives a suspect token to nobody, wherever it is found, unless it is too early', () => {
		const cache = newCache();
		cache.put(token('a'));
		cache.suspect('f', 'a');
		expect(find(cache, token('a'))).toBe(undefined);
		cache.put(token('b'));
		cache.suspect('f', 'a');
		expect(find(cache)).toBe('b');
		cache.suspect('f', 'b');
		pass(SUSPICION_INTERVAL - 1);
		expect(find(cache)).toBe('b');
		pass(1);
		expect(find(cache)).toBe(undefined);
	});

	it('gives no token from elsewhere with which a request failed, though none was known here', () => {
		const cache = newCache();
		cache.suspect('f', 'a');
		expect(find(cache, token('a'))).toBe(undefined);
		expect(find(cache, token('b'))).toBe('b');
	});

	it('does not let a late failure of a replaced token clear the current one of suspicion', () => {
		const cache = newCache();
		cache.put(token('a'));
		cache.suspect('f', 'a');
		cache.put(token('b'));
		pass(SUSPICION_INTERVAL);
		cache.suspect('f', 'b');
		cache.suspect('f', 'a');
		expect(find(cache)).toBe(undefined);
	});

	it('does not let a late failure of a replaced token bring suspicion on the stored copy of another', () => {
		const cache = newCache();
		cache.put(token('a'));
		cache.put(token('b'));
		cache.suspect('f', 'a');
		expect(find(cache)).toBe('b');
		// Nothing was replaced because of a suspicion: the next one is heeded at once.
		cache.suspect('f', 'b');
		expect(find(cache)).toBe(undefined);
	});

	it('is bounded, and lets go of what was not used for the longest time', () => {
		const cache = newCache(2);
		cache.put(token('a', NOW, 'f'));
		cache.put(token('b', NOW, 'g'));
		expect(find(cache)).toBe('a');
		cache.put(token('c', NOW, 'h'));
		expect(cache.size).toBe(2);
		expect(find(cache)).toBe('a');
		expect(cache.find('g', undefined, 60)).toBe(undefined);
	});
});

describe('a failure', () => {
	const error = new JwtAuthError('EXCHANGE_REJECTED', 'No.');

	it.each([
		['some seconds', undefined, FAILURE_MEMORY],
		['some seconds even if the endpoint wants none', 0, FAILURE_MEMORY],
		['as long as the endpoint asks', 60_000, 60_000],
		['no longer than that is bearable', 1e12, LONGEST_FAILURE_MEMORY],
	])('is remembered %s', (_what, asked, memory) => {
		const cache = newCache();
		cache.fail('f', error, asked);
		pass(memory - 1);
		expect(cache.failure('f')?.error).toBe(error);
		pass(1);
		expect(cache.failure('f')).toBe(undefined);
	});

	it('is not that of another fingerprint, and over with a token', () => {
		const cache = newCache();
		cache.fail('f', error);
		expect(cache.failure('g')).toBe(undefined);
		cache.put(token('a'));
		expect(cache.failure('f')).toBe(undefined);
	});
});

describe('a clock that was a day fast and is put right', () => {
	it('makes no failure last longer', () => {
		const cache = newCache();
		setClock(DAY);
		cache.fail('f', new Error('no'));
		setClock(-DAY);
		pass(FAILURE_MEMORY);
		expect(cache.failure('f')).toBe(undefined);
	});

	it('makes no suspicion wait longer', () => {
		const cache = newCache();
		setClock(DAY);
		cache.put(token('a', timeOfDay));
		cache.suspect('f', 'a');
		cache.put(token('b', timeOfDay));
		setClock(-DAY);
		cache.put(token('c', timeOfDay));
		cache.suspect('f', 'c');
		pass(SUSPICION_INTERVAL);
		expect(find(cache)).toBe(undefined);
	});

	it.each(['in this process', 'by another process'])(
		'gives no token of the future, obtained %s',
		(where) => {
			const cache = newCache();
			setClock(DAY);
			const future = token('future', timeOfDay);
			const stored = where === 'by another process' ? future : undefined;
			if (!stored) cache.put(future);
			setClock(-DAY);
			expect(find(cache, stored)).toBe(undefined);
			cache.put(token('present'));
			expect(find(cache, stored)).toBe('present');
		},
	);

	it('gives no token that is older than it looks', () => {
		const cache = newCache();
		setClock(HOUR);
		cache.put(token('a', timeOfDay));
		pass(70 * 60_000);
		setClock(-HOUR);
		// By the time of day it was obtained ten minutes ago.
		expect(find(cache)).toBe(undefined);
		expect(find(cache, token('a', NOW + HOUR))).toBe(undefined);
	});

	it('goes on with a token of another machine whose clock is a little ahead', () => {
		expect(find(newCache(), token('a', NOW + 60_000))).toBe('a');
		expect(find(newCache(), token('a', NOW + 60_001))).toBe(undefined);
		const short = { ...token('a', NOW + 3000), expiresAt: NOW + 13_000 };
		expect(newCache().find('f', short, 0)).toBe(undefined);
	});
});

it('a clock that was a day slow and is put right: a token of yesterday is not used', () => {
	const cache = newCache();
	setClock(-DAY);
	cache.put(token('a', timeOfDay));
	setClock(DAY);
	expect(find(cache)).toBe(undefined);
});
