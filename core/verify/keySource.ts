import type { JwtAuthError } from '../errors';
import type { CheckedToken } from './claimChecks';
import { digest } from '../shared/hash';
import type { PublishedKey } from '../keys/publicJwks';
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
	 * @param keyId `kid` of the token; one that was never seen is worth a look at once
	 */
	newer?(keyId?: string): Promise<readonly VerificationKey[] | undefined>;
	/** Why a key that the source has by this ID cannot be used; undefined where that is not so. */
	keyProblem?(keyId: string): JwtAuthError | undefined;
	/**
	 * Whether a token that names another `kid` may be tried with the only key that fits. For a key that
	 * a person chose the signature alone decides.
	 */
	readonly keyIdOptional?: boolean;
	/** Whether tokens may be padded, see {@link KeySelector.allowsPadding}. Here never. */
	readonly allowsPadding?: false;
	/**
	 * The claims to be checked, for an issuer that puts some of them into the header. Throws
	 * {@link JwtAuthError} for a token that lacks one. Default: the payload.
	 */
	claimsOf?(token: CheckedToken): Record<string, unknown>;
	/** Why the key cannot be used with an algorithm although it is of the right kind, by `alg`. */
	readonly unusable?: ReadonlyMap<string, JwtAuthError>;
}

/** What a token says of itself before anything of it was verified. */
export interface UnverifiedToken {
	header: Record<string, unknown>;
	/** The claims set; where it cannot be read, why. */
	payload: () => Record<string, unknown> | JwtAuthError;
	/** Current time. */
	now: Date;
}

/**
 * Finds the keys for one token where a person fixed more than one issuer. What the token says selects
 * among what was fixed; it is never itself used as an address or a key.
 */
export interface KeySelector {
	/**
	 * Whether the parts of tokens may be padded with `=`, which no JWT is (RFC 7515 §2) but those of AWS
	 * load balancers are. Default false.
	 */
	readonly allowsPadding?: boolean;
	/** The source for this token, or why it may not be trusted. Throws for keys that cannot be had. */
	select(token: UnverifiedToken): Promise<KeySource | JwtAuthError>;
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
 * The key of a signing credential, for its own algorithm, and other keys that the credential holds.
 *
 * @param keyId `kid` of the credential; empty takes the one that came with the key, if any
 * @throws {@link JwtAuthError} the codes of importSigningKey
 */
export function signingCredentialKey(
	settings: SigningKeySettings,
	keyId: string,
	beside: readonly PublishedKey[] = [],
): KeySource {
	const all = [{ key: settings, keyId }, ...beside];
	const material = all.map((one) => [keyDigest(one.key), one.keyId]);
	return fixed(['credential', material], () =>
		all.map((one) => {
			const key = signingKey(one.key);
			return verificationKeyOf(key, one.keyId || key.keyId);
		}),
	);
}
