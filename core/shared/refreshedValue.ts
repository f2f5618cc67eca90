import { Cancelled } from './cancelled';
import { LookLimit } from './lookLimit';
import type { Clock } from './monotonicClock';

/** Milliseconds during which a failed fetch is not tried again, however many items wait for it. */
export const FAILURE_PAUSE = 5000;

/** What the current value lacks. */
export interface Lack<Value> {
	/** Its name, such as the ID of a key. */
	name: string;
	/** Whether a newer value has it. */
	isIn(value: Value): boolean;
}

/** Something that is fetched and kept for a while. However many ask for it at once, it is fetched once. */
export class FetchedValue<Value> {
	readonly #now: Clock;

	#kept: { value: Value; fetchedAt: number } | undefined;

	#failure: { error: unknown; failedAt: number } | undefined;

	#underWay: Promise<Value> | undefined;

	/** Looks for a newer value before it is due. */
	readonly #looks: LookLimit;

	/** @param now a clock that does not jump */
	constructor(now: Clock) {
		this.#now = now;
		this.#looks = new LookLimit(now);
	}

	/**
	 * The value, fetched anew where it is older than its lifetime.
	 *
	 * @param lifetime seconds
	 * @throws what `fetch` throws, for five seconds without asking it again
	 */
	async current(lifetime: number, fetch: () => Promise<Value>): Promise<Value> {
		const kept = this.#kept;
		if (kept && this.#now() - kept.fetchedAt < lifetime * 1000) return kept.value;
		return await this.#fetchOnce(fetch);
	}

	/**
	 * A newer value, before it is due.
	 *
	 * @param coolDown seconds between two looks in vain, see {@link LookLimit}
	 * @param fetch as in {@link current}
	 * @param lack what the current value lacks and never had, if it can be told
	 * @returns undefined where it is too early to look again
	 * @throws as {@link current} does
	 */
	async newer(
		coolDown: number,
		fetch: () => Promise<Value>,
		lack?: Lack<Value>,
	): Promise<Value | undefined> {
		if (this.#underWay) return await this.#joined(fetch, lack);
		this.#throwRecentFailure();
		const look = this.#looks.begin(coolDown, lack?.name);
		if (!look) {
			if (this.#failure) throw this.#failure.error;
			return undefined;
		}
		try {
			const value = await this.#fetchOnce(fetch);
			if (lack?.isIn(value)) look.found();
			return value;
		} catch (error) {
			if (error instanceof Cancelled) look.givenUp();
			throw error;
		}
	}

	/** What somebody else's look brings. */
	async #joined(fetch: () => Promise<Value>, lack?: Lack<Value>): Promise<Value> {
		const value = await this.#fetchOnce(fetch);
		if (lack && !lack.isIn(value)) this.#looks.missed(lack.name);
		return value;
	}

	#throwRecentFailure(): void {
		const failure = this.#failure;
		if (failure && this.#now() - failure.failedAt < FAILURE_PAUSE) throw failure.error;
	}

	async #fetchOnce(fetch: () => Promise<Value>): Promise<Value> {
		this.#throwRecentFailure();
		if (!this.#underWay) {
			this.#underWay = this.#fetch(fetch);
			return await this.#underWay;
		}
		try {
			return await this.#underWay;
		} catch (error) {
			if (!(error instanceof Cancelled)) throw error;
			return await this.#fetchOnce(fetch);
		}
	}

	async #fetch(fetch: () => Promise<Value>): Promise<Value> {
		try {
			const value = await fetch();
			this.#kept = { value, fetchedAt: this.#now() };
			this.#failure = undefined;
			return value;
		} catch (error) {
			// Whoever gave up says nothing of the server.
			if (!(error instanceof Cancelled)) this.#failure = { error, failedAt: this.#now() };
			throw error;
		} finally {
			this.#underWay = undefined;
		}
	}
}
