import { buildClaims, type Claims } from './claims';
import type { SigningSettings } from './credentialSettings';
import { buildHeader } from './headerParameters';
import { signingKey } from './keyCache';
import { publicKeyFingerprint } from './publicKey';
import { signToken } from './sign';

/** What one token is made for. */
export interface MintOptions {
	/** Current time. */
	now: Date;
	/** Claims of the item; they win over the credential's payload. */
	itemClaims?: Claims;
	/** Header parameters of the item, JSON text or object; they win over the credential's. */
	itemHeaderParameters?: unknown;
	/** Lifetime of this token, as Expires In; overrides the credential's. */
	expiresIn?: string | number;
}

/** A signed token and what is in it. */
export interface MintedToken {
	/** Compact JWS. */
	token: string;
	header: Record<string, unknown>;
	claims: Claims;
}

/** Date to NumericDate in whole seconds, RFC 7519 §2. */
export function numericDate(date: Date): number {
	return Math.floor(date.getTime() / 1000);
}

/**
 * Makes one token from a credential's settings: key, claims, header, signature.
 *
 * @throws {@link JwtAuthError} any code of keys, claims and header parameters
 */
export async function mintToken(
	settings: SigningSettings,
	options: MintOptions,
): Promise<MintedToken> {
	const { key, algorithm, keyId } = signingKey(settings.key);
	const claims = buildClaims(
		{ ...settings.claims, expiresIn: options.expiresIn ?? settings.claims.expiresIn },
		{
			now: numericDate(options.now),
			itemClaims: options.itemClaims,
			publicKeyFingerprint: () => (key.type === 'secret' ? undefined : publicKeyFingerprint(key)),
		},
	);
	const header = buildHeader({
		algorithm: algorithm.name,
		keyId: settings.keyId === '' ? keyId : settings.keyId,
		headerParameters: settings.headerParameters,
		itemHeaderParameters: options.itemHeaderParameters,
	});
	return { token: await signToken(header, claims, { key, algorithm }), header, claims };
}
