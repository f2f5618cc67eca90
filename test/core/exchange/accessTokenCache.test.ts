import type { AccessToken } from '../../../core/exchange/accessToken';
import { JwtAuthError } from '../../../core/errors';
import {
	FAILURE_MEMORY,
	SUSPICION_INTERVAL,
	TokenCache,
} from '../../../core/exchange/accessTokenCache';

const NOW = 1_700_000_000_000;

function token(text: string, obtainedAt = NOW, fingerprint = 'f'): AccessToken {
	const expiresAt = obtainedAt + 3600_000;
	return { token: text, tokenType: '', obtainedAt, expiresAt, baseUrl: '', fingerprint };
}

const find = (cache: TokenCache, now = NOW, stored?: AccessToken) =>
	cache.find('f', stored, 60, now)?.token;

describe('TokenCache', () => {
	it('gives what was put in, until it is due for renewal', () => {
		const cache = new TokenCache();
		cache.put(token('a'));
		expect(find(cache, NOW + 3539_000)).toBe('a');
		expect(find(cache, NOW + 3540_000)).toBe(undefined);
	});

	it('takes the newer of its own and the stored token, if that was made from the same', () => {
		const cache = new TokenCache();
		cache.put(token('a'));
		expect(find(cache, NOW, token('older', NOW - 1))).toBe('a');
		expect(find(cache, NOW, token('other', NOW + 1, 'g'))).toBe('a');
		expect(find(cache, NOW, token('newer', NOW + 1))).toBe('newer');
		expect(find(cache)).toBe('newer');
	});

	it('gives a suspect token to nobody, wherever it is found, unless it is too early', () => {
		const cache = new TokenCache();
		cache.put(token('a'));
		cache.suspect('f', 'a');
		expect(find(cache, NOW, token('a'))).toBe(undefined);
		cache.put(token('b'));
		cache.suspect('f', 'a');
		expect(find(cache)).toBe('b');
		cache.suspect('f', 'b');
		expect(find(cache, NOW + SUSPICION_INTERVAL - 1)).toBe('b');
		expect(find(cache, NOW + SUSPICION_INTERVAL)).toBe(undefined);
	});

	it('remembers a refusal for a moment', () => {
		const cache = new TokenCache();
		const error = new JwtAuthError('EXCHANGE_REJECTED', 'No.');
		cache.fail('f', error, NOW);
		expect(cache.failure('f', NOW + FAILURE_MEMORY - 1)).toBe(error);
		expect(cache.failure('f', NOW + FAILURE_MEMORY)).toBe(undefined);
		expect(cache.failure('g', NOW)).toBe(undefined);
	});

	it('is bounded, and lets go of what was not used for the longest time', () => {
		const cache = new TokenCache(2);
		cache.put(token('a', NOW, 'f'));
		cache.put(token('b', NOW, 'g'));
		expect(find(cache)).toBe('a');
		cache.put(token('c', NOW, 'h'));
		expect(cache.size).toBe(2);
		expect(find(cache)).toBe('a');
		expect(cache.find('g', undefined, 60, NOW)).toBe(undefined);
	});
});
