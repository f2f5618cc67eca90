import { Cancelled } from '../shared/cancelled';
import type { CheckedToken } from './claimChecks';
import { fetchText, type FetchDocument } from './fetchDocument';
import { FAILURE_PAUSE, FetchedValue } from '../shared/refreshedValue';
import { LookLimit } from '../shared/lookLimit';
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

/** The keys behind one address, which has one for each key ID. */
class AddressKeys {
	readonly #now: Clock;

	readonly #keys = new RecentlyUsed<FetchedValue<readonly VerificationKey[]>>();

	readonly #looks: LookLimit;

	#failure: { error: unknown; failedAt: number } | undefined;

	/** The look for an unknown key ID that the next one waits for. */
	#before: Promise<unknown> = Promise.resolve();

	constructor(now: Clock) {
		this.#now = now;
		this.#looks = new LookLimit(now, { isForOne: true });
	}

	/** The key of an ID; empty where there is none, or where it is too early to ask for it. */
	async find(
		keyId: string,
		{ lifetime = 600, coolDown = 30 }: CacheSettings,
		load: () => Promise<readonly VerificationKey[]>,
	): Promise<readonly VerificationKey[]> {
		const known = await this.#known(keyId, lifetime, load);
		if (known.length > 0) return known;
		// One by one: which looks are in vain decides on the next one.
		const found = this.#before.then(
			async () => await this.#look(keyId, { lifetime, coolDown }, load),
		);
		this.#before = found.catch(() => {});
		return await found;
	}

	async #known(
		keyId: string,
		lifetime: number,
		load: () => Promise<readonly VerificationKey[]>,
	): Promise<readonly VerificationKey[]> {
		const value = this.#keys.peek(keyId);
		if (!value) return [];
		this.#keys.set(keyId, value);
		return await value.current(lifetime, load);
	}

	async #look(
		keyId: string,
		{ lifetime, coolDown }: { lifetime: number; coolDown: number },
		load: () => Promise<readonly VerificationKey[]>,
	): Promise<readonly VerificationKey[]> {
		const known = await this.#known(keyId, lifetime, load);
		if (known.length > 0) return known;
		const failure = this.#failure;
		if (failure && this.#now() - failure.failedAt < FAILURE_PAUSE) throw failure.error;
		this.#failure = undefined;
		const look = this.#looks.begin(coolDown, keyId);
		if (!look) return [];
		const value = new FetchedValue<readonly VerificationKey[]>(this.#now);
		try {
			const found = await value.current(lifetime, load);
			if (found.length === 0) return [];
			look.found();
			this.#keys.set(keyId, value);
			return found;
		} catch (error) {
			look.givenUp();
			if (!(error instanceof Cancelled)) this.#failure = { error, failedAt: this.#now() };
			throw error;
		}
	}
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
 * that a person entered. Key IDs without a key, which anybody can make up, are asked for once per
 * cool-down, see {@link LookLimit}. The source throws `JWKS_UNREACHABLE` and `JWKS_INVALID`.
 *
 * @param now a clock that does not jump
 */
export function loadBalancerKeyCache(now: Clock = monotonicClock): FindLoadBalancerKeys {
	const addresses = new RecentlyUsed<AddressKeys>();
	return (balancers, fetch, settings = {}) => ({
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
				return new JwtAuthError('KEY_NOT_FOUND', 'The key ID of the token is none that AWS gives.');
			}
			const { keyAddress } = balancer;
			const keys = await addresses
				.get(keyAddress, () => new AddressKeys(now))
				.find(kid, settings, async () => await fetchKey(keyAddress, kid, fetch));
			return { claimsOf, current: async () => await Promise.resolve(keys) };
		},
	});
}
