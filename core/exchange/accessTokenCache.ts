import { isFresh, type AccessToken } from './accessToken';
import type { JwtAuthError } from '../errors';
import { RecentlyUsed } from '../shared/lruMap';

/** Milliseconds between two renewals that are due to a refused request, not to time. */
export const SUSPICION_INTERVAL = 60_000;

/** Milliseconds for which a refused exchange is not tried again. */
export const FAILURE_MEMORY = 5_000;

interface Entry {
	token?: AccessToken;
	/** Text of a token with which a request failed. */
	suspect?: string;
	/** When a suspect token was last replaced; milliseconds since 1970. */
	replacedAt?: number;
	failure?: { error: JwtAuthError; until: number };
}

/**
 * Access tokens of this process by the fingerprint of what they were made from. It lets go of the one
 * that was not used for the longest time.
 */
export class TokenCache {
	readonly #entries: RecentlyUsed<Entry>;

	/** @param limit most fingerprints kept at once; default 1,000 */
	constructor(limit = 1000) {
		this.#entries = new RecentlyUsed(limit);
	}

	/** Number of fingerprints kept. */
	get size(): number {
		return this.#entries.size;
	}

	#entry(fingerprint: string): Entry {
		return this.#entries.get(fingerprint, () => ({}));
	}

	/**
	 * The newest token that can be used: fresh, and not suspect unless it is too early to replace it.
	 *
	 * @param stored what n8n has stored, perhaps by another process; passed over when it was made from
	 *   something else
	 * @param renewBeforeExpiry seconds
	 * @param now milliseconds since 1970
	 */
	find(
		fingerprint: string,
		stored: AccessToken | undefined,
		renewBeforeExpiry: number,
		now: number,
	): AccessToken | undefined {
		const entry = this.#entry(fingerprint);
		const early = entry.replacedAt !== undefined && now - entry.replacedAt < SUSPICION_INTERVAL;
		const usable = [entry.token, stored?.fingerprint === fingerprint ? stored : undefined]
			.filter((token) => token !== undefined)
			.filter((token) => isFresh(token, renewBeforeExpiry, now))
			.filter((token) => early || token.token !== entry.suspect)
			.sort((a, b) => b.obtainedAt - a.obtainedAt);
		const [newest] = usable;
		if (newest) entry.token = newest;
		return newest;
	}

	/** Keeps a token that was just obtained. */
	put(token: AccessToken): void {
		const entry = this.#entry(token.fingerprint);
		if (entry.suspect !== undefined) entry.replacedAt = token.obtainedAt;
		entry.suspect = undefined;
		entry.failure = undefined;
		entry.token = token;
	}

	/** Notes that a request with this token failed, so that the token may have been revoked. */
	suspect(fingerprint: string, token: string): void {
		const entry = this.#entry(fingerprint);
		// One that has been replaced in the meantime says nothing of the current one.
		if (entry.token === undefined || entry.token.token === token) entry.suspect = token;
	}

	/** Remembers for a moment why an exchange was refused, so that a thousand items do not all ask. */
	fail(fingerprint: string, error: JwtAuthError, now: number): void {
		this.#entry(fingerprint).failure = { error, until: now + FAILURE_MEMORY };
	}

	/** Why the exchange was refused a moment ago. */
	failure(fingerprint: string, now: number): JwtAuthError | undefined {
		const { failure } = this.#entry(fingerprint);
		return failure && now < failure.until ? failure.error : undefined;
	}
}
