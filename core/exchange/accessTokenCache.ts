import { isFresh, type AccessToken } from './storedToken';
import { monotonicClock, type Clock } from '../shared/monotonicClock';
import { RecentlyUsed } from '../shared/lruMap';

/** Milliseconds between two renewals that are due to a refused request, not to time. */
export const SUSPICION_INTERVAL = 60_000;

/** Milliseconds for which a failed exchange is not tried again, unless the endpoint asks for more. */
export const FAILURE_MEMORY = 10_000;

/** Longest time in milliseconds that an endpoint can ask for. */
export const LONGEST_FAILURE_MEMORY = 300_000;

/** Milliseconds by which a token may come from the future: clocks of two machines differ. */
const CLOCK_DIFFERENCE = 60_000;

/** A token, and for how long it may be used whatever becomes of the time of day. */
interface Kept {
	token: AccessToken;
	/** By the clock that does not jump. */
	until: number;
}

/** Whether a stored token is the one that is kept, so that it says nothing new. */
function isCopy({ token, obtainedAt }: AccessToken, kept: Kept | undefined): boolean {
	return token === kept?.token.token && obtainedAt === kept.token.obtainedAt;
}

/** What is known of the tokens with one fingerprint; moments are those of the clock that does not jump. */
interface Entry {
	kept?: Kept;
	/** Text of a token with which a request failed. */
	suspect?: string;
	/** When a suspect token was last replaced. */
	replacedAt?: number;
	failure?: { error: unknown; until: number };
}

/** The clocks a {@link TokenCache} goes by. */
export interface CacheClocks {
	/** Time of day, milliseconds since 1970: what tokens say of themselves. */
	timeOfDay: Clock;
	/** How much time has passed. */
	monotonic: Clock;
}

/**
 * Access tokens of this process by the fingerprint of what they were made from. It lets go of the one
 * that was not used for the longest time.
 */
export class TokenCache {
	readonly #entries: RecentlyUsed<Entry>;

	readonly #clocks: CacheClocks;

	/** @param limit most fingerprints kept at once; default 1,000 */
	constructor(
		limit = 1000,
		clocks: CacheClocks = { timeOfDay: () => Date.now(), monotonic: monotonicClock },
	) {
		this.#entries = new RecentlyUsed(limit);
		this.#clocks = clocks;
	}

	/** Number of fingerprints kept. */
	get size(): number {
		return this.#entries.size;
	}

	#entry(fingerprint: string): Entry {
		return this.#entries.get(fingerprint, () => ({}));
	}

	#toKept(token: AccessToken): Kept {
		const { timeOfDay, monotonic } = this.#clocks;
		return { token, until: monotonic() + token.expiresAt - timeOfDay() };
	}

	/**
	 * Whether a token is still used. Of one that was obtained in the future nobody knows how old it is:
	 * the clock was put back since.
	 */
	#isUsable({ token, until }: Kept, renewBeforeExpiry: number): boolean {
		const { timeOfDay, monotonic } = this.#clocks;
		const now = timeOfDay();
		const lifetime = token.expiresAt - token.obtainedAt;
		if (token.obtainedAt - now > Math.min(CLOCK_DIFFERENCE, lifetime / 4)) return false;
		// What has passed since it came here counts, even if the time of day does not show it.
		const atLeast = token.expiresAt - (until - monotonic());
		return isFresh(token, renewBeforeExpiry, Math.max(now, atLeast));
	}

	/**
	 * The newest token that can be used: fresh, and not suspect unless it is too early to replace it.
	 *
	 * @param stored what n8n has stored, perhaps by another process; passed over when it was made from
	 *   something else
	 * @param renewBeforeExpiry seconds
	 */
	find(
		fingerprint: string,
		stored: AccessToken | undefined,
		renewBeforeExpiry: number,
	): AccessToken | undefined {
		const entry = this.#entry(fingerprint);
		const { kept, replacedAt } = entry;
		const early =
			replacedAt !== undefined && this.#clocks.monotonic() - replacedAt < SUSPICION_INTERVAL;
		const fitting = stored?.fingerprint === fingerprint ? stored : undefined;
		const usable = [kept, fitting && !isCopy(fitting, kept) ? this.#toKept(fitting) : undefined]
			.filter((one) => one !== undefined)
			.filter((one) => this.#isUsable(one, renewBeforeExpiry))
			.filter(({ token }) => early || token.token !== entry.suspect)
			.sort((a, b) => b.token.obtainedAt - a.token.obtainedAt);
		const [newest] = usable;
		if (newest) entry.kept = newest;
		return newest?.token;
	}

	/** Keeps a token that was just obtained. */
	put(token: AccessToken): void {
		const entry = this.#entry(token.fingerprint);
		if (entry.suspect !== undefined) entry.replacedAt = this.#clocks.monotonic();
		entry.suspect = undefined;
		entry.failure = undefined;
		entry.kept = this.#toKept(token);
	}

	/** Notes that a request with this token failed, so that the token may have been revoked. */
	suspect(fingerprint: string, token: string): void {
		const entry = this.#entry(fingerprint);
		// One that has been replaced in the meantime says nothing of the current one.
		if (entry.kept === undefined || entry.kept.token.token === token) entry.suspect = token;
	}

	/**
	 * Remembers why an exchange failed, so that a thousand items do not all ask.
	 *
	 * @param asked milliseconds for which the endpoint wants to be left alone
	 */
	fail(fingerprint: string, error: unknown, asked = 0): void {
		const memory = Math.min(LONGEST_FAILURE_MEMORY, Math.max(FAILURE_MEMORY, asked));
		this.#entry(fingerprint).failure = { error, until: this.#clocks.monotonic() + memory };
	}

	/** Why the exchange failed a moment ago; undefined when it may be tried. */
	failure(fingerprint: string): { error: unknown } | undefined {
		const { failure } = this.#entry(fingerprint);
		return failure && this.#clocks.monotonic() < failure.until ? failure : undefined;
	}
}
