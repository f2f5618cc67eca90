import { JwtAuthError } from './errors';
import { fetchJsonObject, type FetchDocument } from './fetchDocument';
import { httpsUrl } from './httpsUrl';
import type { KeySource } from './keySource';
import { RecentlyUsed } from './recentlyUsed';
import type { VerificationKey } from './verificationKey';
import { importPublicJwkSet } from './verificationKeyText';

/** How long what was fetched is used. */
export interface CacheSettings {
	/** Seconds a document is used before it is fetched again. Default 600. */
	lifetime?: number;
	/** Seconds between two looks for newer keys that unknown tokens cause. Default 30. */
	coolDown?: number;
}

/** Current time in milliseconds. */
export type Clock = () => number;

const DEFAULT_LIFETIME = 600;
const DEFAULT_COOL_DOWN = 30;

/** What is known of one address. */
interface Entry {
	keys?: readonly VerificationKey[];
	fetchedAt: number;
	/** Last time a token made us look before the keys were due. */
	lookedAt: number;
	underWay?: Promise<readonly VerificationKey[]>;
	/** What the last fetch failed with. */
	failure?: { error: unknown; at: number };
}

/** Milliseconds during which a failed fetch is not tried again, however many items wait for it. */
const FAILURE_PAUSE = 5000;

/**
 * Fetches JWK Sets (RFC 7517 §5) and keeps them, by address. However many tokens are verified at
 * once, an address is fetched once per lifetime, and in between at most once per cool-down for tokens
 * that none of its keys verifies, which anybody can make up.
 */
export class JwksCache {
	readonly #entries = new RecentlyUsed<Entry>();

	readonly #now: Clock;

	/** @param now current time in milliseconds; default: the clock */
	constructor(now: Clock = Date.now) {
		this.#now = now;
	}

	/**
	 * The keys behind an address.
	 *
	 * @param url `https:`, or `http:` on this machine
	 * @throws {@link JwtAuthError} `URL_INVALID`; the source throws `JWKS_UNREACHABLE`, `JWKS_INVALID`
	 */
	source(url: string, fetch: FetchDocument, settings: CacheSettings = {}): KeySource {
		const { lifetime = DEFAULT_LIFETIME, coolDown = DEFAULT_COOL_DOWN } = settings;
		const { href } = httpsUrl(url, 'JWKS URL');
		const entry = this.#entries.get(href, () => ({ fetchedAt: -Infinity, lookedAt: -Infinity }));
		return {
			current: async () => {
				const isFresh = this.#now() - entry.fetchedAt < lifetime * 1000;
				return entry.keys && isFresh ? entry.keys : await this.#fetch(entry, href, fetch);
			},
			newer: async () => {
				if (entry.underWay) return await entry.underWay;
				if (this.#now() - entry.lookedAt < coolDown * 1000) {
					if (entry.failure) throw entry.failure.error;
					return undefined;
				}
				entry.lookedAt = this.#now();
				return await this.#fetch(entry, href, fetch);
			},
		};
	}

	async #fetch(
		entry: Entry,
		url: string,
		fetch: FetchDocument,
	): Promise<readonly VerificationKey[]> {
		const { failure } = entry;
		if (failure && this.#now() - failure.at < FAILURE_PAUSE) throw failure.error;
		entry.underWay ??= this.#refresh(entry, url, fetch);
		return await entry.underWay;
	}

	async #refresh(
		entry: Entry,
		url: string,
		fetch: FetchDocument,
	): Promise<readonly VerificationKey[]> {
		try {
			entry.keys = await this.#load(url, fetch);
			entry.fetchedAt = this.#now();
			entry.failure = undefined;
			return entry.keys;
		} catch (error) {
			entry.failure = { error, at: this.#now() };
			throw error;
		} finally {
			entry.underWay = undefined;
		}
	}

	async #load(url: string, fetch: FetchDocument): Promise<readonly VerificationKey[]> {
		const { host } = new URL(url);
		const document = await fetchJsonObject(fetch, url, 'JWKS_UNREACHABLE');
		if (!document)
			throw new JwtAuthError('JWKS_UNREACHABLE', `${host} has no keys at this address.`);
		if (!Array.isArray(document.keys)) {
			throw new JwtAuthError('JWKS_INVALID', `What ${host} answered is not a JWK Set.`);
		}
		try {
			return importPublicJwkSet(document.keys);
		} catch {
			throw new JwtAuthError('JWKS_INVALID', `None of the keys of ${host} can verify tokens.`);
		}
	}
}
