import type { KeyObject } from 'node:crypto';
import { JwtAuthError } from '../errors';
import { publicKeyThumbprint } from './publicKey';
import type { SigningKey } from './types';

/** Exporting a key and hashing it takes longer than some signatures, so each key is asked once. */
const thumbprints = new WeakMap<KeyObject, Promise<string>>();

function thumbprintOf(key: KeyObject): Promise<string> {
	const known = thumbprints.get(key);
	if (known) return known;
	const thumbprint = publicKeyThumbprint(key);
	thumbprints.set(key, thumbprint);
	return thumbprint;
}

/** What a signing credential says of the `kid` of its key. */
export interface KeyIdSettings {
	/** Key ID as entered; empty for none. */
	keyId: string;
	/** Whether a key that has no Key ID gets its thumbprint, RFC 7638. */
	keyIdFromKey: boolean;
}

/**
 * The `kid` of a signing key: the Key ID of its credential, or the one that came with the key, or, where
 * that is asked for, the key's thumbprint (RFC 7638 §3).
 *
 * @param signingKey the imported key, the same object for the same key
 * @returns undefined for a key without one
 * @throws {@link JwtAuthError} `KEY_WRONG_TYPE` where a shared secret is to have a thumbprint
 */
export async function signingKeyId(
	{ key, keyId: own }: SigningKey,
	{ keyId, keyIdFromKey }: KeyIdSettings,
): Promise<string | undefined> {
	if (keyId !== '') return keyId;
	if (own !== undefined || !keyIdFromKey) return own;
	if (key.type === 'secret') {
		throw new JwtAuthError(
			'KEY_WRONG_TYPE',
			'Key ID From Key is on, but a shared secret has no public key to take it from.',
			{ hint: 'Switch it off and enter a Key ID, or choose an algorithm with a private key.' },
		);
	}
	return await thumbprintOf(key);
}
