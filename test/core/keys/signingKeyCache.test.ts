import type { SigningKeySettings } from '../../../core/keys/types';
import crypto, { randomBytes, randomUUID } from 'node:crypto';
import {
	cachedFailureCount,
	cachedKeyCount,
	keyDigest,
	signingKey,
} from '../../../core/keys/signingKeyCache';

import { ec, PASSPHRASE, pem } from '../support/keyFixtures';

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

	it('tries a wrong passphrase once, however many items do', () => {
		const key = pem(ec, 'pkcs8', 'aes-256-cbc');
		const wrong = { algorithm: 'ES256', key, passphrase: randomUUID() };
		const before = cachedFailureCount();
		const decrypt = jest.spyOn(crypto, 'createPrivateKey');
		expect(() => signingKey({ ...wrong })).toThrow(
			expect.objectContaining({ code: 'KEY_PASSPHRASE' }),
		);
		const once = decrypt.mock.calls.length;
		expect(once).toBeGreaterThan(0);
		for (let count = 1; count < 40; count += 1) {
			expect(() => signingKey({ ...wrong })).toThrow(
				expect.objectContaining({ code: 'KEY_PASSPHRASE' }),
			);
		}
		expect(decrypt).toHaveBeenCalledTimes(once);
		expect(cachedFailureCount()).toBe(before + 1);
		expect(signingKey({ ...wrong, passphrase: PASSPHRASE }).key.type).toBe('private');
		decrypt.mockRestore();
	});

	it('keeps a bounded number of failures, and no key less for them', () => {
		const good = { algorithm: 'ES256', key: pem(ec, 'sec1') };
		const kept = signingKey(good);
		for (let count = 0; count < 250; count += 1) {
			expect(() => signingKey({ algorithm: 'HS256', key: `short ${count}` })).toThrow();
		}
		expect(cachedFailureCount()).toBe(100);
		expect(signingKey(good)).toBe(kept);
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
			{ ...base, wantedId: 'x' },
			{ ...base, wantedId: 'y' },
			{ ...base, passphrase: 'x', wantedId: 'x' },
		];
		expect(new Set(all.map(keyDigest)).size).toBe(all.length);
	});
});
