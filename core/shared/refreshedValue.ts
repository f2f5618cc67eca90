import { digest } from './hash';
import { Cancelled } from './cancelled';

import type { Clock } from './monotonicClock';

/** Milliseconds during which a failed fetch is not tried again, however many items wait for it. */
const FAILURE_PAUSE = 5000;

/** Milliseconds in which a reason that nobody gave before is worth a look of its own, once. */
const REASON_INTERVAL = 60_000;

/** Looks for reasons of their own in that time, altogether: anybody can make reasons up. */
export const LOOKS_OF_THEIR_OWN = 3;

/** Most looks that are remembered; only a cool-down of next to nothing has more of them in a minute. */
const MOST_LOOKS = 100;

/** A look for a newer value that a reason was given for. */
interface Look {
	/** Digest of the reason, which may be long. */
	reason: string;
	at: number;
	/** Whether it took place during the cool-down. */
	ofItsOwn: boolean;
}

/** Something that is fetched and kept for a while. However many ask for it at once, it is fetched once. */
export class FetchedValue<Value> {
	readonly #now: Clock;

	#kept: { value: Value; fetchedAt: number } | undefined;

	#failure: { error: unknown; failedAt: number } | undefined;

	#underWay: Promise<Value> | undefined;

	/** Last time that a newer value was looked for before it was due. */
	#lookedAt = -Infinity;

	/** Looks of the last minute, one for each reason. */
	#looks: Look[] = [];

	/** @param now a clock that does not jump */
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
		const kept = this.#kept;
		if (kept && this.#now() - kept.fetchedAt < lifetime * 1000) return kept.value;
		return await this.#fetchOnce(fetch);
	}

	/**
	 * A newer value, before it is due.
	 *
	 * @param coolDown seconds between two looks
	 * @param fetch as in {@link current}
	 * @param reason what the current value lacks, such as the ID of a key; one that was not given
	 *   within a minute is looked for during the cool-down too, {@link LOOKS_OF_THEIR_OWN} times a minute
	 * @returns undefined where it is too early to look again
	 * @throws as {@link current} does
	 */
	async newer(
		coolDown: number,
		fetch: () => Promise<Value>,
		reason?: string,
	): Promise<Value | undefined> {
		if (this.#underWay) return await this.#fetchOnce(fetch);
		this.#throwRecentFailure();
		const before = { lookedAt: this.#lookedAt, looks: this.#looks };
		if (!this.#mayLook(coolDown, reason)) {
			if (this.#failure) throw this.#failure.error;
			return undefined;
		}
		try {
			return await this.#fetchOnce(fetch);
		} catch (error) {
			// A look that was given up was none.
			if (error instanceof Cancelled) {
				this.#lookedAt = before.lookedAt;
				this.#looks = before.looks;
			}
			throw error;
		}
	}

	/** Whether it is time to look for a newer value; if so, the look is counted. */
	#mayLook(coolDown: number, givenReason: string | undefined): boolean {
		const now = this.#now();
		const cooledDown = now - this.#lookedAt >= coolDown * 1000;
		const reason = givenReason === undefined ? undefined : digest([givenReason]);
		this.#looks = this.#looks.filter(({ at }) => now - at < REASON_INTERVAL);
		const looksOfTheirOwn = this.#looks.filter(({ ofItsOwn }) => ofItsOwn).length;
		const worthIt =
			reason !== undefined &&
			looksOfTheirOwn < LOOKS_OF_THEIR_OWN &&
			!this.#looks.some((look) => look.reason === reason);
		if (!cooledDown && !worthIt) return false;
		if (cooledDown) this.#lookedAt = now;
		if (reason !== undefined) this.#looks.push({ reason, at: now, ofItsOwn: !cooledDown });
		this.#looks = this.#looks.slice(-MOST_LOOKS);
		return true;
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
