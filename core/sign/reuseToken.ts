import { numericDate } from '../shared/time';
import { digest } from '../shared/hash';
import type { SigningSettings } from './signingSettings';
import { parseDuration } from '../shared/duration';
import { keyDigest } from '../keys/signingKeyCache';
import { mintToken, type MintedToken, type MintOptions } from './mintToken';
import { monotonicClock, type Clock } from '../shared/monotonicClock';
import { RecentlyUsed } from '../shared/lruMap';
import { SingleFlight } from '../shared/singleFlight';

/** Share of its life after which a token is made anew. */
const REUSED_SHARE = 0.8;

/** Seconds by which the time of day may be behind the one a token was made at. */
const CLOCK_JITTER = 1;

/** A token, and for how long it is used. */
interface Kept {
	minted: MintedToken;
	/** Seconds since 1970. */
	madeAt: number;
	/** Seconds. */
	reusedFor: number;
	/** Milliseconds by the clock that does not jump. */
	until: number;
}

/** The tokens of this process by what they were made from. */
const kept = new RecentlyUsed<Kept>(500);

const flights = new SingleFlight<Kept>();

/** Digest of everything a token is made of but the time. */
function fingerprintOf(settings: SigningSettings, options: MintOptions): string {
	const { claims, keyId, keyIdFromKey, headerParameters, certificate } = settings;
	const { itemClaims, itemHeaderParameters, expiresIn } = options;
	const parts = [keyDigest(settings.key), claims, keyId, headerParameters, certificate];
	return digest([...parts, keyIdFromKey, itemClaims, itemHeaderParameters, expiresIn]);
}

/**
 * Whether a token is still handed out. One made in the future, or longer ago than the time of day shows,
 * is not: the clock was put right since.
 */
function isReusable({ madeAt, reusedFor, until }: Kept, now: number, monotonic: Clock): boolean {
	const age = now - madeAt;
	return age >= -CLOCK_JITTER && age < reusedFor && monotonic() < until;
}

/** Seconds a token lives; one without `exp` (APNs) as long as Expires In says. */
function lifetimeOf({ expiresAt }: MintedToken, settings: SigningSettings, now: number): number {
	return expiresAt === undefined
		? parseDuration(settings.claims.expiresIn, 'Expires In')
		: expiresAt - now;
}

/**
 * Makes a token, or, when the credential says Reuse Token, hands out one with the same claims again
 * until 80 % of its life has passed. Kept in this process only. A token that is unique by design
 * (`jti` generated, request binding) is always made anew. However many ask at once, one is made.
 *
 * @param monotonic a clock that does not jump
 * @throws {@link JwtAuthError} as {@link mintToken}
 */
export async function mintOrReuseToken(
	settings: SigningSettings,
	options: MintOptions,
	monotonic = monotonicClock,
): Promise<MintedToken> {
	if (!settings.reuseToken || settings.claims.addJti || settings.bindings.length > 0) {
		return await mintToken(settings, options);
	}
	const now = numericDate(options.now);
	const fingerprint = fingerprintOf(settings, options);
	const entry = kept.peek(fingerprint);
	if (entry && isReusable(entry, now, monotonic)) return kept.set(fingerprint, entry).minted;
	const { value } = await flights.run(fingerprint, async () => {
		const startedAt = monotonic();
		const minted = await mintToken(settings, options);
		const reusedFor = lifetimeOf(minted, settings, now) * REUSED_SHARE;
		const until = startedAt + reusedFor * 1000;
		return kept.set(fingerprint, { minted, madeAt: now, reusedFor, until });
	});
	return value.minted;
}
