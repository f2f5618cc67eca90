import type { JwtAuthError } from '../errors';
import { digest } from '../shared/hash';
import type { SigningKeySettings } from '../keys/types';

import { ImportedOnce } from '../keys/importedOnce';
import { keyDigest, signingKey } from '../keys/signingKeyCache';

import { verificationKeyOf, type VerificationKey } from '../keys/verificationKey';
import { readVerificationKeys } from '../keys/readVerificationKeys';
import { readSecretKeys, type SecretKeys } from './secretKeys';

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
	/** Why the key cannot be used with an algorithm although it is of the right kind, by `alg`. */
	readonly unusable?: ReadonlyMap<string, JwtAuthError>;
}

const pasted = new ImportedOnce<readonly VerificationKey[]>();

const secrets = new ImportedOnce<SecretKeys>();

/** A source whose keys are read once, whatever is made from the same material later. */
function fixed(material: readonly unknown[], read: () => readonly VerificationKey[]): KeySource {
	const keys = pasted.get(digest(material), read);
	return {
		keyIdOptional: keys.length === 1,
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

/**
 * An HMAC secret that was pasted, for the HS algorithms it is long enough for.
 *
 * @throws {@link JwtAuthError} the codes of {@link readSecretKeys}
 */
export function pastedSecret(settings: Omit<SigningKeySettings, 'algorithm'>): KeySource {
	const material = digest(['secret', keyDigest({ ...settings, algorithm: 'HS256' })]);
	const { keys, unusable } = secrets.get(material, () => readSecretKeys(settings));
	return { keyIdOptional: true, unusable, current: async () => await Promise.resolve(keys) };
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
