import { createHash } from 'node:crypto';
import { importSigningKey, type SigningKey, type SigningKeySettings } from './keys';
import { RecentlyUsed } from './recentlyUsed';

/**
 * Digest of everything a signing key is made from; others bind tokens and caches to it.
 *
 * @returns SHA-256 of algorithm, key text, encoding, Allow Short Secret and passphrase, 64 hex digits
 */
export function keyDigest(settings: SigningKeySettings): string {
	const { algorithm, key, secretEncoding = 'utf8', allowShortSecret = false } = settings;
	const parts = [algorithm, key, secretEncoding, allowShortSecret, settings.passphrase ?? ''];
	// JSON keeps the parts apart, so that no two lists of parts give the same text.
	return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/**
 * Keeps imported keys, since importing takes longer than signing. It holds no key text, only digests
 * and opaque key objects, and lets go of the key that was not used for the longest time.
 */
export class KeyCache {
	readonly #keys: RecentlyUsed<SigningKey>;

	/** @param limit most keys kept at once; default 100 */
	constructor(limit = 100) {
		this.#keys = new RecentlyUsed(limit);
	}

	/** Number of keys kept. */
	get size(): number {
		return this.#keys.size;
	}

	/**
	 * Imports a key, or returns the one imported from the same settings before. Failures are not kept.
	 *
	 * @throws {@link JwtAuthError} as {@link importSigningKey} does
	 */
	get(settings: SigningKeySettings): SigningKey {
		return this.#keys.get(keyDigest(settings), () => importSigningKey(settings));
	}
}

const shared = new KeyCache();

/**
 * Imports a key through the cache of this process.
 *
 * @throws {@link JwtAuthError} as {@link importSigningKey} does
 */
export function signingKey(settings: SigningKeySettings): SigningKey {
	return shared.get(settings);
}

/** Number of keys the cache of this process keeps. */
export function cachedKeyCount(): number {
	return shared.size;
}
