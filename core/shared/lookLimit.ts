import { digest } from './hash';
import type { Clock } from './monotonicClock';

/** Milliseconds for which it is remembered what was wanted. */
const MEMORY = 60_000;

/** Milliseconds after a look for a lone missing thing that another one is looked for. */
const LONE_PAUSE = 1000;

/** Milliseconds for which somebody who was turned away may be expected to be back. */
const CLAIM_TIME = 5000;

/** Most things that are remembered. */
const MOST_REMEMBERED = 1000;

/** Something that was wanted and is not there. */
interface Wanted {
	/** When it was last wanted. */
	at: number;
	lookedForAt: number;
	/** How often it was wanted since, without a look. */
	turnedAway: number;
}

/** A look that may take place. It counts as one in vain until it is said to be none. */
export interface Look {
	/** It found what was wanted. */
	found(): void;
	/** It was given up, and says nothing. */
	givenUp(): void;
}

/**
 * How often one may look for what is missing, such as the key of an unknown key ID. Anybody can make up
 * what is missing, so that one look in vain is allowed for each cool-down, whatever is wanted. What turns
 * out to be there costs nothing, so that keys may change as quickly as they like. A single thing that is
 * not there keeps no other from being looked for a second later, as that is no flood.
 */
export class LookLimit {
	readonly #now: Clock;

	readonly #isForOne: boolean;

	/** Last look. */
	#lookedAt = -Infinity;

	/** Last look in vain. */
	#missedAt = -Infinity;

	/** What was wanted of late, that of the longest time ago first. */
	readonly #wanted = new Map<string, Wanted>();

	/**
	 * @param now a clock that does not jump
	 * @param options `isForOne`: whether a look finds one thing only, so that it goes to what was wanted
	 *   most often; else it finds all there is
	 */
	constructor(now: Clock, { isForOne = false } = {}) {
		this.#now = now;
		this.#isForOne = isForOne;
	}

	/**
	 * Whether to look now.
	 *
	 * @param coolDown seconds between two looks in vain
	 * @param wanted what is missing; undefined where that cannot be told, so that the cool-down is kept
	 *   after any look
	 * @returns undefined where it is too early
	 */
	begin(coolDown: number, wanted?: string): Look | undefined {
		const now = this.#now();
		if (wanted === undefined) return this.#beginForAnything(coolDown * 1000, now);
		const name = digest([wanted]);
		const entry = this.#remember(name, now);
		const isTooEarly = now - this.#missedAt < this.#pause(coolDown * 1000, now, entry);
		if (isTooEarly || (this.#isForOne && this.#isOutdone(entry, now))) {
			entry.turnedAway += 1;
			return undefined;
		}
		Object.assign(entry, { lookedForAt: now, turnedAway: 0 });
		return this.#look(now, () => this.#wanted.delete(name));
	}

	/** Remembers what was wanted by somebody else's look, and not found. */
	missed(wanted: string): void {
		const entry = this.#remember(digest([wanted]), this.#now());
		entry.lookedForAt = entry.at;
	}

	#beginForAnything(coolDown: number, now: number): Look | undefined {
		return now - this.#lookedAt < coolDown ? undefined : this.#look(now, () => {});
	}

	#look(now: number, forget: () => void): Look {
		const before = { lookedAt: this.#lookedAt, missedAt: this.#missedAt };
		this.#lookedAt = now;
		this.#missedAt = now;
		const found = (): void => {
			if (this.#missedAt === now) this.#missedAt = before.missedAt;
			forget();
		};
		const givenUp = (): void => {
			if (this.#lookedAt === now) this.#lookedAt = before.lookedAt;
			found();
		};
		return { found, givenUp };
	}

	#remember(name: string, now: number): Wanted {
		const entry = this.#wanted.get(name) ?? { at: now, lookedForAt: -Infinity, turnedAway: 0 };
		entry.at = now;
		this.#wanted.delete(name);
		this.#wanted.set(name, entry);
		for (const [oldest, { at }] of this.#wanted) {
			if (now - at < MEMORY && this.#wanted.size <= MOST_REMEMBERED) break;
			this.#wanted.delete(oldest);
		}
		return entry;
	}

	/** Milliseconds since the last look before there may be another one. */
	#pause(coolDown: number, now: number, { lookedForAt }: Wanted): number {
		const isLone = this.#wanted.size <= 2;
		const isNew = now - lookedForAt >= MEMORY;
		return isNew && isLone ? Math.min(LONE_PAUSE, coolDown) : coolDown;
	}

	/** Whether something else was wanted more often that was not looked for yet. */
	#isOutdone(entry: Wanted, now: number): boolean {
		return [...this.#wanted.values()].some(
			({ at, lookedForAt, turnedAway }) =>
				turnedAway > entry.turnedAway && now - at < CLAIM_TIME && now - lookedForAt >= MEMORY,
		);
	}
}
