import type { JsonWebKey } from 'node:crypto';
import { signingKey } from './signingKeyCache';
import { publicJwk, publicKeyThumbprint } from './publicKey';
import type { SigningKeySettings } from './types';

/** A JWK Set, RFC 7517 §5. */
export interface JwkSet {
	keys: JsonWebKey[];
}

/** A key as pasted, with the Key ID of its credential; '' for none. */
export interface PublishedKey {
	key: SigningKeySettings;
	keyId: string;
}

/**
 * The public half of a signing credential's key, for others to verify its tokens with.
 *
 * @returns one key with `use` `sig`, `alg`, and as `kid` the credential's Key ID, or the one that
 *   came with the key, or its thumbprint (RFC 7638)
 * @throws {@link JwtAuthError} `KEY_WRONG_TYPE` for a shared secret, and the codes of importSigningKey
 */
export async function publicJwkSet({ key: settings, keyId }: PublishedKey): Promise<JwkSet> {
	const { key, algorithm, keyId: own } = signingKey(settings);
	const kid = keyId || own || (await publicKeyThumbprint(key));
	return { keys: [{ ...publicJwk(key), kid, use: 'sig', alg: algorithm.name }] };
}
