import { createHash } from 'node:crypto';
import { importSigningKey, type SigningKey, type SigningKeySettings } from './keys';

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
	readonly #limit: number;

	readonly #keys = new Map<string, SigningKey>();

	/** @param limit most keys kept at once; default 100 */
	constructor(limit = 100) {
		this.#limit = limit;
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
		const digest = keyDigest(settings);
		const key = this.#keys.get(digest) ?? importSigningKey(settings);
		// A Map keeps its entries in the order they were added: the first is the least recently used.
		this.#keys.delete(digest);
		this.#keys.set(digest, key);
		const [oldest] = this.#keys.keys();
		if (this.#keys.size > this.#limit && oldest !== undefined) this.#keys.delete(oldest);
		return key;
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
