import { JwtAuthError } from '../errors';
import { importPublicJwk, type VerificationKey } from '../keys/verificationKey';
import { isObject } from '../shared/json';
import { RecentlyUsed } from '../shared/lruMap';

/** Most keys of a set that one token may be tried with. */
const MOST_KEYS = 100;

interface Refused {
	keyId: unknown;
	problem: JwtAuthError;
}

interface Imported {
	keys: readonly VerificationKey[];
	refused: readonly Refused[];
}

function importKeys(jwks: ReadonlyArray<Record<string, unknown>>): Imported {
	const keys: VerificationKey[] = [];
	const refused: Refused[] = [];
	for (const jwk of jwks) {
		try {
			keys.push(importPublicJwk(jwk));
		} catch (error) {
			if (!(error instanceof JwtAuthError)) throw error;
			refused.push({ keyId: jwk.kid, problem: error });
		}
	}
	return { keys, refused };
}

/**
 * The keys of a JWK Set, RFC 7517 §5. Keys that no token can be verified with are passed over, and
 * why is remembered. Of a set with more than a hundred keys those a token names are looked at first.
 */
export class PublishedKeys {
	readonly #jwks: ReadonlyArray<Record<string, unknown>>;

	readonly #imported = new RecentlyUsed<Imported>(MOST_KEYS);

	/** @param keys the `keys` member */
	constructor(keys: readonly unknown[]) {
		this.#jwks = keys.filter(isObject);
	}

	get #isSmall(): boolean {
		return this.#jwks.length <= MOST_KEYS;
	}

	/** Key IDs of all keys, of whatever use. */
	get keyIds(): string[] {
		return this.#jwks.flatMap(({ kid }) => (typeof kid === 'string' ? [kid] : []));
	}

	/**
	 * Why there is nothing to verify any token with; undefined where there is, or may be.
	 */
	get problem(): JwtAuthError | undefined {
		if (this.#jwks.length === 0) {
			return new JwtAuthError('KEY_NOT_IN_SET', 'The JWK Set has no keys.');
		}
		const { keys, refused } = this.#select('first', () => true);
		return this.#isSmall && keys.length === 0 ? refused[0]?.problem : undefined;
	}

	/**
	 * The keys that a token may be tried with: all of a small set; of a large one those of its `kid`,
	 * then those without one; a hundred at most.
	 */
	of(keyId: string | undefined): readonly VerificationKey[] {
		return this.#parts(keyId)
			.flatMap(({ keys }) => keys)
			.slice(0, MOST_KEYS);
	}

	/** Why the key of this ID is of no use; undefined where there is none or it is of use. */
	refusalOf(keyId: string): JwtAuthError | undefined {
		const parts = this.#parts(keyId);
		if (parts.some(({ keys }) => keys.some((key) => key.keyId === keyId))) return undefined;
		return parts.flatMap(({ refused }) => refused).find((key) => key.keyId === keyId)?.problem;
	}

	#parts(keyId: string | undefined): Imported[] {
		if (this.#isSmall || keyId === undefined) return [this.#select('first', () => true)];
		const unnamed = this.#select('unnamed', ({ kid }) => kid === undefined);
		const isThere = this.#jwks.some(({ kid }) => kid === keyId);
		if (!isThere) return [unnamed];
		return [this.#select(`named ${keyId}`, ({ kid }) => kid === keyId), unnamed];
	}

	#select(name: string, fits: (jwk: Record<string, unknown>) => boolean): Imported {
		return this.#imported.get(name, () => importKeys(this.#jwks.filter(fits).slice(0, MOST_KEYS)));
	}
}
