import { randomBytes } from 'node:crypto';
import { cachedKeyCount, KeyCache, keyDigest, signingKey } from '../../core/keyCache';
import type { SigningKeySettings } from '../../core/keys';
import { ec, pem } from './support/keyFixtures';

const secret = (): SigningKeySettings => ({
	algorithm: 'HS256',
	key: randomBytes(32).toString('hex'),
});

describe('KeyCache', () => {
	it('imports the same settings once', () => {
		const cache = new KeyCache();
		const settings = { algorithm: 'ES256', key: pem(ec, 'pkcs8') };
		expect(cache.get({ ...settings })).toBe(cache.get({ ...settings }));
		expect(cache.size).toBe(1);
	});

	it('lets go of the key that was not used for the longest time', () => {
		const cache = new KeyCache(3);
		const [first, second, ...others] = [secret(), secret(), secret(), secret()];
		if (!first || !second) throw new Error('unreachable');
		const [kept, dropped] = [cache.get(first), cache.get(second)];
		cache.get(first);
		for (const other of others) cache.get(other);
		expect(cache.size).toBe(3);
		expect(cache.get(first)).toBe(kept);
		expect(cache.get(second)).not.toBe(dropped);
	});

	it('keeps no failure', () => {
		const cache = new KeyCache();
		expect(() => cache.get({ algorithm: 'HS256', key: 'short' })).toThrow();
		expect(cache.size).toBe(0);
	});

	it('shows no material', () => {
		const cache = new KeyCache();
		const settings = secret();
		cache.get(settings);
		expect(JSON.stringify(cache)).toBe('{}');
		expect(Object.keys(cache)).toEqual([]);
	});

	it('of the process is bounded', () => {
		for (let count = 0; count < 250; count += 1) signingKey(secret());
		expect(cachedKeyCount()).toBe(100);
	});
});

describe('keyDigest', () => {
	const base: SigningKeySettings = { algorithm: 'HS256', key: 'a'.repeat(64) };

	it('is the same for a default and its absence', () => {
		const digest = keyDigest(base);
		expect(digest).toMatch(/^[0-9a-f]{64}$/);
		expect(
			keyDigest({ ...base, secretEncoding: 'utf8', allowShortSecret: false, passphrase: '' }),
		).toBe(digest);
	});

	it('differs for every setting, and for parts that only join to the same text', () => {
		const all: SigningKeySettings[] = [
			base,
			{ ...base, algorithm: 'HS384' },
			{ ...base, key: 'b'.repeat(64) },
			{ ...base, secretEncoding: 'hex' },
			{ ...base, allowShortSecret: true },
			{ ...base, passphrase: 'x' },
			{ ...base, key: `${base.key}x` },
		];
		expect(new Set(all.map(keyDigest)).size).toBe(all.length);
	});
});
