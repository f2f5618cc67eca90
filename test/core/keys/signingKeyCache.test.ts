import { randomBytes } from 'node:crypto';
import { cachedKeyCount, keyDigest, signingKey } from '../../../core/keys/signingKeyCache';
import type { SigningKeySettings } from '../../../core/keys/types';
import { ec, pem } from '../support/keyFixtures';

const secret = (): SigningKeySettings => ({
	algorithm: 'HS256',
	key: randomBytes(32).toString('hex'),
});

describe('signingKey', () => {
	it('imports the same settings once', () => {
		const settings = { algorithm: 'ES256', key: pem(ec, 'pkcs8') };
		const before = cachedKeyCount();
		expect(signingKey({ ...settings })).toBe(signingKey({ ...settings }));
		expect(cachedKeyCount()).toBe(before + 1);
	});

	it('keeps no failure', () => {
		const before = cachedKeyCount();
		expect(() => signingKey({ algorithm: 'HS256', key: 'short' })).toThrow();
		expect(cachedKeyCount()).toBe(before);
	});

	it('keeps a bounded number of keys', () => {
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
