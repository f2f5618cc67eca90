import { digest } from '../shared/hash';
import type { SigningKey, SigningKeySettings } from './types';

import { ImportedOnce } from './importedOnce';
import { importSigningKey } from './importSigningKey';

// Importing a key takes longer than signing with it. No key text is kept, only digests and opaque
// key objects.
const keys = new ImportedOnce<SigningKey>();

/** Digests of settings, which are not changed once they are read. */
const digests = new WeakMap<SigningKeySettings, string>();

function makeDigest(settings: SigningKeySettings): string {
	const { algorithm, key, secretEncoding = 'utf8', allowShortSecret = false } = settings;
	const parts = [algorithm, key, secretEncoding, allowShortSecret, settings.passphrase ?? ''];
	return digest(settings.wantedId === undefined ? parts : [...parts, settings.wantedId]);
}

/**
 * Digest of everything a signing key is made from; others bind tokens and caches to it.
 *
 * @returns SHA-256 of algorithm, key text, encoding, Allow Short Secret, passphrase
 *   and, of a JWK Set, the key asked for; 64 hex digits
 */
export function keyDigest(settings: SigningKeySettings): string {
	const known = digests.get(settings) ?? makeDigest(settings);
	digests.set(settings, known);
	return known;
}

/**
 * Imports a key, or returns the one imported from the same settings before; where that failed, it fails
 * again at once. Of keys and of failures those 100 that were used last are kept.
 *
 * @throws {@link JwtAuthError} as {@link importSigningKey} does
 */
export function signingKey(settings: SigningKeySettings): SigningKey {
	return keys.get(keyDigest(settings), () => importSigningKey(settings));
}

/** Number of keys this process keeps. */
export function cachedKeyCount(): number {
	return keys.size;
}

/** Number of failures this process keeps. */
export function cachedFailureCount(): number {
	return keys.failures;
}
