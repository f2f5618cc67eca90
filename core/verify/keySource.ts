import type { JwtAuthError } from '../errors';
import { digest } from '../shared/hash';
import { splitGhostKey } from '../keys/vendorKeys';
import type { SigningKeySettings } from '../keys/types';
import { ALGORITHMS } from '../keys/algorithms';

import { ImportedOnce } from '../keys/importedOnce';
import { keyDigest, signingKey } from '../keys/signingKeyCache';

import { verificationKeyOf, type VerificationKey } from '../keys/verificationKey';
import { readVerificationKeys } from '../keys/readVerificationKeys';

/** Where the keys come from that tokens are verified with. Never from the token itself. */
export interface KeySource {
	/**
	 * The keys as they are known now.
	 *
	 * @param keyId `kid` of the token, by which a large set is narrowed down
	 */
	current(keyId?: string): Promise<readonly VerificationKey[]>;
	/**
	 * Looks whether there are newer keys, after the current ones did not do; undefined where it is too
	 * early to look again.
	 *
	 * @param keyId `kid` of the token; one that was never seen is worth a look of its own
	 */
	newer?(keyId?: string): Promise<readonly VerificationKey[] | undefined>;
	/** Why a key that the source has by this ID cannot be used; undefined where that is not so. */
	refusalOf?(keyId: string): JwtAuthError | undefined;
	/**
	 * Whether a token that names another `kid` may be tried with the only key that fits. For a key that
	 * a person chose the signature alone decides.
	 */
	readonly keyIdOptional?: boolean;
}

const pasted = new ImportedOnce<readonly VerificationKey[]>();

/** A source whose keys are read once, whatever is made from the same material later. */
function fixed(
	material: readonly unknown[],
	read: () => readonly VerificationKey[],
	keyIdOptional?: boolean,
): KeySource {
	const keys = pasted.get(digest(material), read);
	return {
		keyIdOptional: keyIdOptional ?? keys.length === 1,
		current: async () => await Promise.resolve(keys),
	};
}

/**
 * Public keys that were pasted; see {@link readVerificationKeys}. They are imported once.
 *
 * @throws {@link JwtAuthError} the codes of {@link readVerificationKeys}
 */
export function pastedPublicKeys(text: string): KeySource {
	return fixed(['public', text], () => readVerificationKeys(text));
}

function readSecret(settings: Omit<SigningKeySettings, 'algorithm'>): VerificationKey[] {
	const keys: VerificationKey[] = [];
	let problem: unknown;
	for (const { name, family } of ALGORITHMS) {
		// A Ghost key is read as such for HS256 alone; for the others it would be another secret.
		if (family !== 'HMAC' || (name !== 'HS256' && splitGhostKey(settings.key))) continue;
		try {
			const key = signingKey({ ...settings, algorithm: name });
			keys.push(verificationKeyOf(key, key.keyId));
		} catch (error) {
			problem ??= error;
		}
	}
	if (keys.length > 0) return keys;
	throw problem;
}

/**
 * An HMAC secret that was pasted, for the HS algorithms it is long enough for.
 *
 * @throws {@link JwtAuthError} `KEY_MISSING`, `KEY_TOO_SHORT`, `SECRET_ENCODING`, `SECRET_IS_KEY`
 */
export function pastedSecret(settings: Omit<SigningKeySettings, 'algorithm'>): KeySource {
	const material = ['secret', keyDigest({ ...settings, algorithm: 'HS256' })];
	return fixed(material, () => readSecret(settings), true);
}

/**
 * The key of a signing credential, for its own algorithm.
 *
 * @param keyId `kid` of the credential; empty takes the one that came with the key, if any
 * @throws {@link JwtAuthError} the codes of importSigningKey
 */
export function signingCredentialKey(settings: SigningKeySettings, keyId: string): KeySource {
	return fixed(['credential', keyDigest(settings), keyId], () => {
		const key = signingKey(settings);
		return [verificationKeyOf(key, keyId || key.keyId)];
	});
}
