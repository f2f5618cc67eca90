import { JwtAuthError } from '../errors';
import { RecentlyUsed } from '../shared/lruMap';

/**
 * What was imported, by the digest of what it was imported from; where that failed, why. Reading a key
 * can take long, above all one with a wrong passphrase, and ends the same way every time. Of values
 * and of failures those that were used last are kept.
 */
export class ImportedOnce<Value> {
	readonly #values: RecentlyUsed<Value>;

	readonly #failures: RecentlyUsed<JwtAuthError>;

	/** @param limit most values kept at once, and most failures; default 100 */
	constructor(limit = 100) {
		this.#values = new RecentlyUsed(limit);
		this.#failures = new RecentlyUsed(limit);
	}

	/** Number of values kept. */
	get size(): number {
		return this.#values.size;
	}

	/** Number of failures kept. */
	get failures(): number {
		return this.#failures.size;
	}

	/**
	 * The value made for a digest.
	 *
	 * @param make called where neither a value nor a failure is kept
	 * @throws what `make` throws; a {@link JwtAuthError} again and again without calling it
	 */
	get(digest: string, make: () => Value): Value {
		const failure = this.#failures.peek(digest);
		if (failure) throw this.#failures.set(digest, failure);
		try {
			return this.#values.get(digest, make);
		} catch (error) {
			if (error instanceof JwtAuthError) this.#failures.set(digest, error);
			throw error;
		}
	}
}
