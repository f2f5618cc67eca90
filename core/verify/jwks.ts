import { httpsUrl } from '../shared/url';
import { JwtAuthError } from '../errors';
import { fetchJsonObject, type FetchDocument } from './fetchDocument';
import { FetchedValue } from '../shared/refreshedValue';

import type { KeySource } from './keySource';
import { monotonicClock, type Clock } from '../shared/monotonicClock';
import { RecentlyUsed } from '../shared/lruMap';
import type { VerificationKey } from '../keys/verificationKey';
import { importPublicJwkSet } from '../keys/readVerificationKeys';

/** How long what was fetched is used. */
export interface CacheSettings {
	/** Seconds a document is used before it is fetched again. Default 600. */
	lifetime?: number;
	/**
	 * Seconds between two looks for newer keys that unknown tokens cause; a key ID that was not asked
	 * for within a minute may get a look of its own. Default 30.
	 */
	coolDown?: number;
}

/** The keys of one address, and the key IDs that it has ever had. */
interface FetchedKeys {
	keys: FetchedValue<readonly VerificationKey[]>;
	seen: RecentlyUsed<true>;
}

/** Most key IDs remembered of an address. */
const MOST_KEY_IDS = 500;

async function fetchKeys(url: URL, fetch: FetchDocument): Promise<readonly VerificationKey[]> {
	const { host, href } = url;
	const document = await fetchJsonObject(fetch, href, 'JWKS_UNREACHABLE');
	if (!document) throw new JwtAuthError('JWKS_UNREACHABLE', `${host} has no keys at this address.`);
	if (!Array.isArray(document.keys)) {
		throw new JwtAuthError('JWKS_INVALID', `What ${host} answered is not a JWK Set.`);
	}
	try {
		return importPublicJwkSet(document.keys);
	} catch {
		throw new JwtAuthError('JWKS_INVALID', `None of the keys of ${host} can verify tokens.`);
	}
}

/**
 * The keys behind an address.
 *
 * @param address `https:`, or `http:` on this machine
 * @throws {@link JwtAuthError} `URL_INVALID`; the source throws `JWKS_UNREACHABLE`, `JWKS_INVALID`
 */
export type FindJwks = (
	address: string,
	fetch: FetchDocument,
	settings?: CacheSettings,
) => KeySource;

/**
 * Fetches JWK Sets (RFC 7517 §5) and keeps them, by address. However many tokens are verified at
 * once, an address is fetched once per lifetime. In between tokens that none of its keys verifies, which
 * anybody can make up, have it fetched at most once per cool-down, and a few times a minute more for key
 * IDs that are not in the set: a key may have been rotated twice.
 *
 * @param now a clock that does not jump
 */
export function jwksCache(now: Clock = monotonicClock): FindJwks {
	const entries = new RecentlyUsed<FetchedKeys>();
	return (address, fetch, settings = {}) => {
		const { lifetime = 600, coolDown = 30 } = settings;
		const url = httpsUrl(address, 'JWKS URL');
		const { keys, seen } = entries.get(url.href, () => ({
			keys: new FetchedValue(now),
			seen: new RecentlyUsed(MOST_KEY_IDS),
		}));
		const load = async () => {
			const fetched = await fetchKeys(url, fetch);
			for (const { keyId } of fetched) seen.set(keyId ?? '', true);
			return fetched;
		};
		return {
			current: async () => await keys.current(lifetime, load),
			newer: async (keyId = '') => {
				// A key that was there before was withdrawn; it will hardly be back.
				const isNew = keyId !== '' && !seen.peek(keyId);
				return await keys.newer(coolDown, load, isNew ? keyId : undefined);
			},
		};
	};
}
