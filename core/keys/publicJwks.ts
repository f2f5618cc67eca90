import type { JsonWebKey } from 'node:crypto';
import type { SigningSettings } from '../settings/readCredential';
import { signingKey } from './signingKeyCache';
import { publicJwk, publicKeyThumbprint } from './publicKey';

/** A JWK Set, RFC 7517 §5. */
export interface JwkSet {
	keys: JsonWebKey[];
}

/**
 * The public half of a signing credential's key, for others to verify its tokens with.
 *
 * @returns one key with `use` `sig`, `alg`, and as `kid` the credential's Key ID, or the one that
 *   came with the key, or its thumbprint (RFC 7638)
 * @throws {@link JwtAuthError} `KEY_WRONG_TYPE` for a shared secret, and the codes of importSigningKey
 */
export async function publicJwkSet({ key: settings, keyId }: SigningSettings): Promise<JwkSet> {
	const { key, algorithm, keyId: own } = signingKey(settings);
	const kid = keyId || own || (await publicKeyThumbprint(key));
	return { keys: [{ ...publicJwk(key), kid, use: 'sig', alg: algorithm.name }] };
}
