import { RecentlyUsed } from './lruMap';
import type { Clock } from './monotonicClock';

const MINUTE = 60_000;

/** Most things that are counted apart. */
const MOST_NAMES = 1000;

interface Count {
	/** When those of the last minute were let through. */
	allowed: number[];
	/** How many were held back since. */
	heldBack: number;
}

/** Lets a few of something through in any minute, and counts the others. */
export class FewAMinute {
	readonly #now: Clock;

	readonly #counts = new RecentlyUsed<Count>(MOST_NAMES);

	/** @param now a clock that does not jump */
	constructor(now: Clock) {
		this.#now = now;
	}

	/**
	 * Whether this one may pass.
	 *
	 * @param name what is counted apart from others
	 * @param most how many may pass in any 60 seconds
	 * @returns how many were held back since the last one that passed; undefined where this one is
	 */
	pass(name: string, most: number): number | undefined {
		const count = this.#counts.get(name, () => ({ allowed: [], heldBack: 0 }));
		const now = this.#now();
		count.allowed = count.allowed.filter((at) => now - at < MINUTE);
		if (count.allowed.length >= most) {
			count.heldBack += 1;
			return undefined;
		}
		count.allowed.push(now);
		const { heldBack } = count;
		count.heldBack = 0;
		return heldBack;
	}
}
