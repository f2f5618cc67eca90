import { Cancelled } from '../shared/cancelled';
import type { CheckedToken } from './claimChecks';
import { fetchText, type FetchDocument } from './fetchDocument';
import { FetchedValue, LOOKS_OF_THEIR_OWN } from '../shared/refreshedValue';
import { JwtAuthError } from '../errors';
import type { CacheSettings } from './jwks';
import type { KeySelector } from './keySource';
import type { LoadBalancer } from './loadBalancer';
import { RecentlyUsed } from '../shared/lruMap';
import { monotonicClock, type Clock } from '../shared/monotonicClock';
import { publicVerificationKey, type VerificationKey } from '../keys/verificationKey';
import { readVerificationKeys } from '../keys/readVerificationKeys';

/** All that AWS signs these tokens with. */
const ALGORITHM = 'ES256';

/** Key IDs are UUIDs. They become part of an address, so that nothing else will do. */
const KEY_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** S3 answers 403 for what is not there. */
const NOT_THERE = [403, 404, 410];

/** The keys behind one address: for each key ID a key, or none. */
interface AddressKeys {
	keys: RecentlyUsed<FetchedValue<readonly VerificationKey[]>>;
	/** When key IDs were asked for that turned out to have no key, or have no answer yet. */
	misses: Set<{ at: number }>;
}

function readKey(pem: string, keyId: string, host: string): VerificationKey {
	try {
		const [found] = readVerificationKeys(pem);
		if (found) return publicVerificationKey(found.key, keyId, ALGORITHM);
	} catch (error) {
		if (!(error instanceof JwtAuthError)) throw error;
	}
	throw new JwtAuthError(
		'JWKS_INVALID',
		`${host} answered with something else than a public key.`,
		{
			hint: 'Check Load Balancer ARN, and Public Key Address if it is set.',
		},
	);
}

async function fetchKey(
	base: string,
	keyId: string,
	fetch: FetchDocument,
): Promise<readonly VerificationKey[]> {
	const { host } = new URL(base);
	const { status, text } = await fetchText(fetch, base + keyId, 'JWKS_UNREACHABLE');
	if (text !== undefined) return [readKey(text, keyId, host)];
	if (NOT_THERE.includes(status)) return [];
	throw new JwtAuthError(
		'JWKS_UNREACHABLE',
		`${host} answered ${status} to the request for the key.`,
	);
}

/**
 * The claims of a token of a load balancer. Expiry, issuer and client stand in the header; those of the
 * payload come from the user information of the identity provider and do not count.
 */
function claimsOf({ header, payload }: CheckedToken): Record<string, unknown> {
	const { exp, iss, client } = header;
	if (exp === undefined) {
		throw new JwtAuthError('CLAIM_MISSING', 'The token has no exp in its header.', {
			hint: 'Tokens of a load balancer have one; check where the token comes from.',
		});
	}
	return { ...payload, exp, iss, aud: client };
}

/**
 * The keys of load balancers.
 *
 * @param balancers those whose tokens are accepted; `signer` of a token selects one
 */
export type FindLoadBalancerKeys = (
	balancers: readonly LoadBalancer[],
	fetch: FetchDocument,
	settings?: CacheSettings,
) => KeySelector;

/**
 * Fetches the keys of AWS Application Load Balancers, each from an address of its own, and keeps them.
 * All load balancers of a region share that address, whoever owns them, so that `signer` has to be one
 * that a person entered. Key IDs without a key, which anybody can make up, are asked for
 * {@link LOOKS_OF_THEIR_OWN} times per cool-down at most. The source throws `JWKS_UNREACHABLE` and
 * `JWKS_INVALID`.
 *
 * @param now a clock that does not jump
 */
export function loadBalancerKeyCache(now: Clock = monotonicClock): FindLoadBalancerKeys {
	const addresses = new RecentlyUsed<AddressKeys>();
	return (balancers, fetch, { lifetime = 600, coolDown = 30 } = {}) => {
		const find = async (base: string, keyId: string): Promise<readonly VerificationKey[]> => {
			const { keys, misses } = addresses.get(base, () => ({
				keys: new RecentlyUsed(),
				misses: new Set(),
			}));
			const known = keys.peek(keyId);
			for (const miss of misses) {
				if (now() - miss.at >= coolDown * 1000) misses.delete(miss);
			}
			if (!known && misses.size >= LOOKS_OF_THEIR_OWN) return [];
			const entry = keys.get(keyId, () => new FetchedValue(now));
			const load = async (): Promise<readonly VerificationKey[]> => {
				const miss = { at: now() };
				misses.add(miss);
				try {
					const found = await fetchKey(base, keyId, fetch);
					if (found.length > 0) misses.delete(miss);
					return found;
				} catch (error) {
					if (error instanceof Cancelled) misses.delete(miss);
					throw error;
				}
			};
			const current = await entry.current(lifetime, load);
			if (current.length > 0 || !known || misses.size >= LOOKS_OF_THEIR_OWN) return current;
			return (await entry.newer(coolDown, load)) ?? current;
		};
		return {
			allowsPadding: true,
			select: async ({ header: { signer, kid } }) => {
				const balancer = balancers.find(({ arn }) => arn === signer);
				if (!balancer) {
					return new JwtAuthError(
						'ISSUER_MISMATCH',
						'The token does not come from a load balancer that is listed.',
						{
							hint: 'Check Load Balancer ARN: it has to be the "signer" in the header of the token.',
						},
					);
				}
				if (typeof kid !== 'string' || !KEY_ID.test(kid)) {
					return new JwtAuthError(
						'KEY_NOT_FOUND',
						'The key ID of the token is none that AWS gives.',
					);
				}
				const keys = await find(balancer.keyAddress, kid);
				return { claimsOf, current: async () => await Promise.resolve(keys) };
			},
		};
	};
}
