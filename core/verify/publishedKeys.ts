import { JwtAuthError } from '../errors';
import { readVerificationKeys } from '../keys/readVerificationKeys';
import { importPublicJwk, type VerificationKey } from '../keys/verificationKey';
import { isObject } from '../shared/json';
import { RecentlyUsed } from '../shared/lruMap';

/** Most keys of a set that one token may be tried with. */
const MOST_KEYS = 100;

/** A key as it is published, not read yet. */
export interface PublishedKey {
	/** `kid`; whatever an issuer put there. */
	keyId: unknown;
	/** Reads it; throws {@link JwtAuthError} for one that no token can be verified with. */
	read: () => VerificationKey;
}

/**
 * The keys of a JWK Set, RFC 7517 §5.
 *
 * @param keys the `keys` member; what is no object is passed over
 */
export function jwksKeys(keys: readonly unknown[]): PublishedKey[] {
	return keys.filter(isObject).map((jwk) => ({ keyId: jwk.kid, read: () => importPublicJwk(jwk) }));
}

/** A public key or certificate as PEM, by its `kid`. */
function readPem(pem: string, keyId: string): VerificationKey {
	const [first] = readVerificationKeys(pem);
	if (!first) throw new JwtAuthError('KEY_MALFORMED', 'A PEM text has no key in it.');
	return { ...first, keyId };
}

/**
 * The keys of a map from `kid` to PEM, as Google publishes them (Firebase, IAP): certificates or
 * public keys. A certificate counts as its public key, since who publishes it vouches for it. What is
 * no PEM text is passed over.
 *
 * @returns an empty list for an object that is no such map
 */
export function pemMapKeys(members: Record<string, unknown>): PublishedKey[] {
	return Object.entries(members).flatMap(([keyId, pem]) =>
		typeof pem === 'string' && pem.includes('-----BEGIN ')
			? [{ keyId, read: () => readPem(pem, keyId) }]
			: [],
	);
}

interface Refused {
	keyId: unknown;
	problem: JwtAuthError;
}

interface Imported {
	keys: readonly VerificationKey[];
	refused: readonly Refused[];
}

function importKeys(published: readonly PublishedKey[]): Imported {
	const keys: VerificationKey[] = [];
	const refused: Refused[] = [];
	for (const { keyId, read } of published) {
		try {
			keys.push(read());
		} catch (error) {
			if (!(error instanceof JwtAuthError)) throw error;
			refused.push({ keyId, problem: error });
		}
	}
	return { keys, refused };
}

/**
 * The keys that an issuer publishes. Keys that no token can be verified with are passed over, and
 * why is remembered. Of more than a hundred keys those a token names are looked at first.
 */
export class PublishedKeys {
	readonly #published: readonly PublishedKey[];

	readonly #imported = new RecentlyUsed<Imported>(MOST_KEYS);

	/** @param published see {@link jwksKeys} and {@link pemMapKeys} */
	constructor(published: readonly PublishedKey[]) {
		this.#published = published;
	}

	get #isSmall(): boolean {
		return this.#published.length <= MOST_KEYS;
	}

	/** Key IDs of all keys, of whatever use. */
	get keyIds(): string[] {
		return this.#published.flatMap(({ keyId }) => (typeof keyId === 'string' ? [keyId] : []));
	}

	/**
	 * Why there is nothing to verify any token with; undefined where there is, or may be.
	 */
	get problem(): JwtAuthError | undefined {
		if (this.#published.length === 0) {
			return new JwtAuthError('KEY_NOT_IN_SET', 'The JWK Set has no keys.', {
				hint: 'Compare the address of the keys with the documentation of whoever issues the tokens.',
			});
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
	keyProblem(keyId: string): JwtAuthError | undefined {
		const parts = this.#parts(keyId);
		if (parts.some(({ keys }) => keys.some((key) => key.keyId === keyId))) return undefined;
		return parts.flatMap(({ refused }) => refused).find((key) => key.keyId === keyId)?.problem;
	}

	#parts(keyId: string | undefined): Imported[] {
		if (this.#isSmall || keyId === undefined) return [this.#select('first', () => true)];
		const unnamed = this.#select('unnamed', (key) => key.keyId === undefined);
		const isThere = this.#published.some((key) => key.keyId === keyId);
		if (!isThere) return [unnamed];
		return [this.#select(`named ${keyId}`, (key) => key.keyId === keyId), unnamed];
	}

	#select(name: string, fits: (key: PublishedKey) => boolean): Imported {
		return this.#imported.get(name, () =>
			importKeys(this.#published.filter(fits).slice(0, MOST_KEYS)),
		);
	}
}
