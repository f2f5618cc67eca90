import { readChoice, type CredentialData } from './credentialFields';
import type { Algorithm } from '../keys/algorithms';
import { RSA_KEY_SIZES, type RsaKeySize } from '../keys/generateKey';
import { type KeptKey, readKeptKey } from '../keys/keptKey';
import { signingKey } from '../keys/signingKeyCache';
import type { SigningKeySettings } from '../keys/types';
import { JwtAuthError } from '../errors';
import { keptKeyField } from './keptKeyFields';

/** Hidden field in which n8n keeps the first private key that it made, and from which one is read. */
export const KEPT_KEY_FIELD = keptKeyField(1);

/** Where the private key comes from: the form, or n8n itself. */
export type KeySource = 'paste' | 'generate';

/**
 * Where a credential's key comes from.
 *
 * @param algorithm HMAC secrets are always pasted, since others hand them out
 * @throws {@link JwtAuthError} `FIELD_INVALID`
 */
export function readKeySource(data: CredentialData, { family }: Algorithm): KeySource {
	return family === 'HMAC' ? 'paste' : keySourceChoice(data);
}

/** What Key Source says. @throws {@link JwtAuthError} `FIELD_INVALID` */
export function keySourceChoice(data: CredentialData): KeySource {
	const field = { name: 'keySource', label: 'Key Source' };
	return readChoice<KeySource>(data, field, ['paste', 'generate'], 'paste');
}

/**
 * The key that n8n made for a credential.
 *
 * @returns undefined where none has been made
 * @throws {@link JwtAuthError} `KEY_MALFORMED`
 */
export function keptKey(data: CredentialData): KeptKey | undefined {
	return readKeptKey(data[KEPT_KEY_FIELD]);
}

/** Size of the RSA key that is to be made, in bits. @throws {@link JwtAuthError} `FIELD_INVALID` */
export function readRsaKeySize(advanced: CredentialData): RsaKeySize {
	const field = { name: 'rsaKeySize', label: 'RSA Key Size' };
	const chosen = readChoice(advanced, field, ['2048', '3072', '4096'], '2048');
	return RSA_KEY_SIZES.find((size) => String(size) === chosen) ?? 2048;
}

/** What a key that was made just now cannot do yet, and what is to be done meanwhile. */
export function keyJustMadeError(): JwtAuthError {
	return new JwtAuthError(
		'KEY_JUST_MADE',
		'n8n has made the key pair of this credential just now, so the service cannot know it yet.',
	);
}

/** The key does not go with the algorithm; what signing.ts says of pasted keys would mislead. */
function assertFits(settings: SigningKeySettings): void {
	try {
		signingKey(settings);
	} catch (error) {
		if (!(error instanceof JwtAuthError)) throw error;
		if (error.code === 'ALGORITHM_UNAVAILABLE') throw error;
		throw new JwtAuthError(
			'KEY_ALGORITHM_MISMATCH',
			`The key pair that n8n made for this credential does not go with ${settings.algorithm}.`,
			{
				hint: 'Choose the algorithm it was made for again. For another kind of key create a new credential: this one keeps its key.',
			},
		);
	}
}

/**
 * The key that n8n made, ready to sign with.
 *
 * @throws {@link JwtAuthError} `KEY_NOT_MADE`, `KEY_JUST_MADE` for one that was not read from what is
 *   stored, `KEY_ALGORITHM_MISMATCH`, `KEY_MALFORMED`
 */
export function readGeneratedKey(data: CredentialData, { name }: Algorithm): SigningKeySettings {
	const kept = keptKey(data);
	if (!kept) {
		throw new JwtAuthError(
			'KEY_NOT_MADE',
			'The key pair of this credential has not been made yet.',
		);
	}
	if (!kept.isStored) throw keyJustMadeError();
	const settings = { algorithm: name, key: kept.key };
	assertFits(settings);
	return settings;
}
