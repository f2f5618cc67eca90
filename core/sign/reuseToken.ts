import type { SigningSettings } from '../settings/readCredential';
import { digest } from '../shared/digest';
import { parseDuration } from '../shared/duration';
import { keyDigest } from '../keys/signingKeyCache';
import { mintToken, numericDate, type MintedToken, type MintOptions } from './mintToken';
import { RecentlyUsed } from '../shared/lruMap';

/** Share of its life after which a token is made anew. */
const REUSED_SHARE = 0.8;

/** The tokens of this process by what they were made from, each with the time it is used until. */
const kept = new RecentlyUsed<{ minted: MintedToken; until: number }>(500);

/** Digest of everything a token is made of but the time. */
function fingerprintOf(settings: SigningSettings, options: MintOptions): string {
	const { claims, keyId, headerParameters, certificate } = settings;
	const { itemClaims, itemHeaderParameters, expiresIn } = options;
	const parts = [keyDigest(settings.key), claims, keyId, headerParameters, certificate];
	return digest([...parts, itemClaims, itemHeaderParameters, expiresIn]);
}

/** Seconds a token lives; one without `exp` (APNs) as long as Expires In says. */
function lifetimeOf({ claims }: MintedToken, settings: SigningSettings, now: number): number {
	return typeof claims.exp === 'number'
		? claims.exp - now
		: parseDuration(settings.claims.expiresIn, 'Expires In');
}

/**
 * Makes a token, or, when the credential says Reuse Token, hands out one with the same claims again
 * until 80 % of its life has passed. Kept in this process only. A token that is unique by design
 * (`jti` generated, request binding) is always made anew.
 *
 * @throws {@link JwtAuthError} as {@link mintToken}
 */
export async function mintOrReuseToken(
	settings: SigningSettings,
	options: MintOptions,
): Promise<MintedToken> {
	if (!settings.reuseToken || settings.claims.addJti || settings.bindings.length > 0) {
		return await mintToken(settings, options);
	}
	const now = numericDate(options.now);
	const fingerprint = fingerprintOf(settings, options);
	const entry = kept.peek(fingerprint);
	if (entry && now < entry.until) return kept.set(fingerprint, entry).minted;
	const minted = await mintToken(settings, options);
	const until = now + lifetimeOf(minted, settings, now) * REUSED_SHARE;
	return kept.set(fingerprint, { minted, until }).minted;
}
