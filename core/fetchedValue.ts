import { Cancelled } from './cancelled';

/** Current time in milliseconds. */
export type Clock = () => number;

/** Milliseconds during which a failed fetch is not tried again, however many items wait for it. */
const FAILURE_PAUSE = 5000;

/** Something that is fetched and kept for a while. */
export interface FetchedValue<Value> {
	/**
	 * The value, fetched anew where it is older than its lifetime.
	 *
	 * @param lifetime seconds
	 * @throws what `fetch` throws, for five seconds without asking it again
	 */
	current(lifetime: number, fetch: () => Promise<Value>): Promise<Value>;
	/**
	 * A newer value, before it is due.
	 *
	 * @param coolDown seconds between two times that it is asked for so
	 * @returns undefined where it is too early to look again
	 * @throws as `current` does
	 */
	newer(coolDown: number, fetch: () => Promise<Value>): Promise<Value | undefined>;
}

/** Makes a {@link FetchedValue}. However many ask for it at once, it is fetched once. */
export function fetchedValue<Value>(now: Clock): FetchedValue<Value> {
	let kept: { value: Value; at: number } | undefined;
	let failure: { error: unknown; at: number } | undefined;
	let underWay: Promise<Value> | undefined;
	// Last time somebody asked for a newer value before it was due.
	let lookedAt = -Infinity;

	async function refresh(fetch: () => Promise<Value>): Promise<Value> {
		try {
			const value = await fetch();
			kept = { value, at: now() };
			failure = undefined;
			return value;
		} catch (error) {
			// Whoever gave up says nothing of the server.
			if (!(error instanceof Cancelled)) failure = { error, at: now() };
			throw error;
		} finally {
			underWay = undefined;
		}
	}

	async function fetchOnce(fetch: () => Promise<Value>): Promise<Value> {
		if (failure && now() - failure.at < FAILURE_PAUSE) throw failure.error;
		if (!underWay) {
			underWay = refresh(fetch);
			return await underWay;
		}
		try {
			return await underWay;
		} catch (error) {
			if (!(error instanceof Cancelled)) throw error;
			return await fetchOnce(fetch);
		}
	}

	return {
		current: async (lifetime, fetch) => {
			if (kept && now() - kept.at < lifetime * 1000) return kept.value;
			return await fetchOnce(fetch);
		},
		newer: async (coolDown, fetch) => {
			if (underWay) return await fetchOnce(fetch);
			if (now() - lookedAt < coolDown * 1000) {
				if (failure) throw failure.error;
				return undefined;
			}
			const before = lookedAt;
			lookedAt = now();
			try {
				return await fetchOnce(fetch);
			} catch (error) {
				if (error instanceof Cancelled) lookedAt = before;
				throw error;
			}
		},
	};
}
