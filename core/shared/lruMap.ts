/** A Map of bounded size that lets go of what was not used for the longest time. */
export class RecentlyUsed<Value> {
	readonly #limit: number;

	readonly #values = new Map<string, Value>();

	/** @param limit most values kept at once; default 100 */
	constructor(limit = 100) {
		this.#limit = limit;
	}

	/** Number of values kept. */
	get size(): number {
		return this.#values.size;
	}

	/** The value kept under a key, or the one that is made for it; nothing is kept of a throw. */
	get(key: string, make: () => Value): Value {
		return this.set(key, this.#values.get(key) ?? make());
	}

	/** The value kept under a key; looking at it is no use of it. */
	peek(key: string): Value | undefined {
		return this.#values.get(key);
	}

	/** Keeps a value under a key. */
	set(key: string, value: Value): Value {
		// A Map keeps its entries in the order they were added: the first is the least recently used.
		this.#values.delete(key);
		this.#values.set(key, value);
		const [oldest] = this.#values.keys();
		if (this.#values.size > this.#limit && oldest !== undefined) this.#values.delete(oldest);
		return value;
	}
}
