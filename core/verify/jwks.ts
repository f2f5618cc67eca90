import { httpsUrl } from '../shared/url';
import { JwtAuthError } from '../errors';
import { fetchJsonObject, type FetchDocument } from './fetchDocument';
import { MOST_ADDRESSES } from './discovery';
import { FetchedValue } from '../shared/refreshedValue';

import type { KeySource } from './keySource';
import { monotonicClock, type Clock } from '../shared/monotonicClock';
import { RecentlyUsed } from '../shared/lruMap';
import { foundInstead } from './foundInstead';
import { jwksKeys, pemMapKeys, PublishedKeys } from './publishedKeys';

/** How a JWK Set is fetched, and how long it is used. */
export interface CacheSettings {
	/** Seconds a document is used before it is fetched again. Default 600. */
	lifetime?: number;
	/**
	 * Seconds between two looks for newer keys that unknown tokens cause in vain, see {@link LookLimit}.
	 * Default 30.
	 */
	coolDown?: number;
	/** Whether the address may begin with `http:` in a network of one's own. Default false. */
	allowsOwnNetwork?: boolean;
}

/** The keys of one address, and the key IDs that it has ever had. */
interface FetchedKeys {
	keys: FetchedValue<PublishedKeys>;
	/** Those fetched last. */
	latest?: PublishedKeys;
	seen: RecentlyUsed<true>;
}

/** Most key IDs remembered of an address. */
const MOST_KEY_IDS = 500;

const CODES = { unreachable: 'JWKS_UNREACHABLE', invalid: 'JWKS_INVALID' } as const;

/** The error for a status of 400 to 499. */
function jwksStatusError(host: string, status: number): JwtAuthError {
	const code = 'JWKS_UNREACHABLE';
	if (status === 404 || status === 410) {
		return new JwtAuthError(code, `${host} has no keys at this address: it answered ${status}.`, {
			hint: 'Compare the address with the one that the issuer publishes (jwks_uri), letter by letter.',
		});
	}
	return new JwtAuthError(code, `${host} answered ${status} to the request for its keys.`, {
		hint: 'That may pass: try again in a while. If it stays, ask whether the address wants a login or lets this n8n in; keys are fetched without a credential.',
	});
}

/** The keys of a JWK Set, or of a map from `kid` to PEM as Google publishes it. */
async function fetchKeys(url: URL, fetch: FetchDocument): Promise<PublishedKeys> {
	const { host, href } = url;
	const { status, members } = await fetchJsonObject(fetch, href, CODES);
	if (!members) throw jwksStatusError(host, status);
	const published = Array.isArray(members.keys) ? jwksKeys(members.keys) : pemMapKeys(members);
	if (published.length === 0 && !Array.isArray(members.keys)) {
		const { what, hint } = foundInstead(JSON.stringify(members));
		throw new JwtAuthError('JWKS_INVALID', `${host} answered with ${what}, not with a JWK Set.`, {
			hint,
		});
	}
	const keys = new PublishedKeys(published);
	const { problem } = keys;
	if (!problem) return keys;
	throw new JwtAuthError(
		'JWKS_INVALID',
		`None of the keys of ${host} can verify tokens: ${problem.message}`,
		{
			hint: 'Ask the issuer to publish a key that can, or check that the address is the right one.',
		},
	);
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
 * once, an address is fetched once per lifetime. In between a token with a key ID that was never in the
 * set has it fetched at once, as often as that finds the key; tokens that none of its keys verifies, which
 * anybody can make up, have it fetched once per cool-down, see {@link LookLimit}.
 *
 * @param now a clock that does not jump
 */
export function jwksCache(now: Clock = monotonicClock): FindJwks {
	const entries = new RecentlyUsed<FetchedKeys>(MOST_ADDRESSES);
	return (address, fetch, settings = {}) => {
		const { lifetime = 600, coolDown = 30, allowsOwnNetwork } = settings;
		const url = httpsUrl(address, 'JWKS URL', allowsOwnNetwork);
		const entry = entries.get(url.href, () => ({
			keys: new FetchedValue(now),
			seen: new RecentlyUsed(MOST_KEY_IDS),
		}));
		const { keys, seen } = entry;
		const load = async () => {
			const fetched = await fetchKeys(url, fetch);
			for (const keyId of fetched.keyIds) seen.set(keyId, true);
			entry.latest = fetched;
			return fetched;
		};
		return {
			current: async (keyId) => (await keys.current(lifetime, load)).of(keyId),
			newer: async (keyId) => {
				// A key that was there before was withdrawn; it will hardly be back.
				const isNew = keyId !== undefined && !seen.peek(keyId);
				const lack = isNew
					? { name: keyId, isIn: ({ keyIds }: PublishedKeys) => keyIds.includes(keyId) }
					: undefined;
				const newer = await keys.newer(coolDown, load, lack);
				return newer?.of(keyId);
			},
			keyProblem: (keyId) => entry.latest?.keyProblem(keyId),
		};
	};
}
