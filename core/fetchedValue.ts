/** Current time in milliseconds. */
export type Clock = () => number;

/** Milliseconds during which a failed fetch is not tried again, however many items wait for it. */
const FAILURE_PAUSE = 5000;

/** Something that is fetched and kept for a while. However many ask at once, it is fetched once. */
export class FetchedValue<Value> {
	readonly #now: Clock;

	#value?: Value;

	#fetchedAt = -Infinity;

	/** Last time somebody asked for a newer value before it was due. */
	#lookedAt = -Infinity;

	#underWay?: Promise<Value>;

	/** What the last fetch failed with. */
	#failure?: { error: unknown; at: number };

	/** @param now current time in milliseconds */
	constructor(now: Clock) {
		this.#now = now;
	}

	/**
	 * The value, fetched anew where it is older than its lifetime.
	 *
	 * @param lifetime seconds
	 * @throws what `fetch` throws, for five seconds without asking it again
	 */
	async current(lifetime: number, fetch: () => Promise<Value>): Promise<Value> {
		const isFresh = this.#now() - this.#fetchedAt < lifetime * 1000;
		return this.#value !== undefined && isFresh ? this.#value : await this.#fetch(fetch);
	}

	/**
	 * A newer value, before it is due.
	 *
	 * @param coolDown seconds between two times that it is asked for so
	 * @returns undefined where it is too early to look again
	 * @throws as {@link current} does
	 */
	async newer(coolDown: number, fetch: () => Promise<Value>): Promise<Value | undefined> {
		if (this.#underWay) return await this.#underWay;
		if (this.#now() - this.#lookedAt < coolDown * 1000) {
			if (this.#failure) throw this.#failure.error;
			return undefined;
		}
		this.#lookedAt = this.#now();
		return await this.#fetch(fetch);
	}

	async #fetch(fetch: () => Promise<Value>): Promise<Value> {
		const failure = this.#failure;
		if (failure && this.#now() - failure.at < FAILURE_PAUSE) throw failure.error;
		this.#underWay ??= this.#refresh(fetch);
		return await this.#underWay;
	}

	async #refresh(fetch: () => Promise<Value>): Promise<Value> {
		try {
			this.#value = await fetch();
			this.#fetchedAt = this.#now();
			this.#failure = undefined;
			return this.#value;
		} catch (error) {
			this.#failure = { error, at: this.#now() };
			throw error;
		} finally {
			this.#underWay = undefined;
		}
	}
}
