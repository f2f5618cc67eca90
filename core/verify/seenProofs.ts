import { RecentlyUsed } from '../shared/lruMap';

/**
 * The proofs that were accepted, by their key and `jti`, so that none is accepted twice. It lets go of
 * the oldest: a proof is too old by then, unless more come within its life than there is room for.
 */
export class SeenProofs {
	readonly #seen: RecentlyUsed<true>;

	/** @param limit most proofs remembered */
	constructor(limit = 100_000) {
		this.#seen = new RecentlyUsed(limit);
	}

	/** Remembers a proof. @returns whether it is the first with this `jti` and key */
	isFirst(thumbprint: string, jti: string): boolean {
		const name = `${thumbprint} ${jti}`;
		if (this.#seen.peek(name)) return false;
		this.#seen.set(name, true);
		return true;
	}
}
