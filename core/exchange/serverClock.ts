import { RecentlyUsed } from '../shared/lruMap';
import { monotonicClock, type Clock } from '../shared/monotonicClock';

/** Milliseconds by which two clocks may differ without anybody minding. */
export const TOLERATED_DIFFERENCE = 5000;

/**
 * Milliseconds by which an assertion is signed by another clock at most. A token endpoint that could
 * choose any time would be handed assertions that are good for years.
 */
export const LARGEST_DIFFERENCE = 86_400_000;

/** Milliseconds for which a difference is kept. */
const KEPT_FOR = 3_600_000;

interface Entry {
	difference: number;
	until: number;
}

/** By how much the clocks of servers are ahead of ours, as far as that made a difference. */
export class ServerClocks {
	readonly #entries = new RecentlyUsed<Entry>(1000);

	readonly #now: Clock;

	/** @param now a clock that does not jump */
	constructor(now: Clock = monotonicClock) {
		this.#now = now;
	}

	/** Milliseconds by which a server's clock is ahead of ours; 0 where nothing is known. */
	difference(host: string): number {
		const { difference, until } = this.#entry(host);
		return this.#now() < until ? difference : 0;
	}

	/** Keeps a difference for an hour. */
	keep(host: string, difference: number): void {
		Object.assign(this.#entry(host), { difference, until: this.#now() + KEPT_FOR });
	}

	#entry(host: string): Entry {
		return this.#entries.get(host, () => ({ difference: 0, until: 0 }));
	}
}

/**
 * By how much a server's clock is ahead of ours, from one answer. What the way to it and back takes
 * counts for neither.
 *
 * @param date of the server, milliseconds since 1970; undefined when it does not say
 * @returns milliseconds; 0 for a tolerable difference
 */
export function measureDifference(
	date: number | undefined,
	{ sentAt, receivedAt }: { sentAt: number; receivedAt: number },
): number {
	if (date === undefined) return 0;
	const difference = date > receivedAt ? date - receivedAt : Math.min(0, date - sentAt);
	return Math.abs(difference) > TOLERATED_DIFFERENCE ? difference : 0;
}
