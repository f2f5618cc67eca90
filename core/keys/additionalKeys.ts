import type { Algorithm } from './algorithms';
import { JwtAuthError } from '../errors';
import { isObject } from '../shared/json';
import { readKeyText } from './pastedText';
import { assertKeyLength, readVerificationKeys } from './readVerificationKeys';
import type { AdditionalKey } from './types';
import { importPublicJwk, type VerificationKey } from './verificationKey';

/** A public key with what it is published under. */
export interface PublicKey extends Pick<VerificationKey, 'key'> {
	keyId: string;
	/** JWS `alg` value; undefined where nothing says which one of several. */
	algorithm: string | undefined;
}

/**
 * Every key of the text. A set that is looked for keys may hold others; one that is published may not,
 * since what is left out is missed only when its tokens are refused.
 */
function readAll(text: string): VerificationKey[] {
	assertKeyLength(text);
	const found = text.trim() === '' ? undefined : readKeyText(text, 'a public key is expected');
	if (found?.kind !== 'set' || found.keys.length === 0) return readVerificationKeys(text);
	return found.keys.map((jwk) => importPublicJwk(isObject(jwk) ? jwk : {}));
}

/**
 * The algorithm a key is published with. A key changes more often than its algorithm, so of several that
 * fit, the one the credential signs with is it.
 */
function algorithmOf(
	{ algorithms }: VerificationKey,
	chosen: string,
	current: Algorithm,
): string | undefined {
	const fits = (name: string): boolean => algorithms.some((algorithm) => algorithm.name === name);
	if (chosen !== '') {
		if (fits(chosen)) return chosen;
		throw new JwtAuthError('KEY_ALGORITHM_MISMATCH', `The key does not go with ${chosen}.`, {
			hint: 'Set Algorithm to From Key, or paste another key.',
		});
	}
	if (fits(current.name)) return current.name;
	return algorithms.length === 1 ? algorithms[0]?.name : undefined;
}

async function readOne(
	{ text, keyId, algorithm }: AdditionalKey,
	current: Algorithm,
): Promise<PublicKey[]> {
	const keys = readAll(text);
	if (keyId !== '' && keys.length > 1) {
		throw new JwtAuthError('FIELD_INVALID', `One Key ID is given for ${keys.length} keys.`, {
			hint: 'Give each key a row of its own, or leave Key ID empty.',
		});
	}
	return await Promise.all(
		keys.map(async (key) => ({
			key: key.key,
			keyId: keyId || key.keyId || ((await key.thumbprint) ?? ''),
			algorithm: algorithmOf(key, algorithm, current),
		})),
	);
}

/**
 * Reads public keys that are published beside a credential's own.
 *
 * @param current the algorithm the credential signs with
 * @returns all keys of the text, at least one
 * @throws {@link JwtAuthError} with the place in front of the message: `FIELD_INVALID` for one Key ID
 *   and several keys, `KEY_ALGORITHM_MISMATCH`, and the codes of readVerificationKeys
 */
export async function readAdditionalKey(
	additional: AdditionalKey,
	current: Algorithm,
): Promise<PublicKey[]> {
	try {
		return await readOne(additional, current);
	} catch (error) {
		if (!(error instanceof JwtAuthError)) throw error;
		const { code, message, hint } = error;
		throw new JwtAuthError(code, `In ${additional.place}: ${message}`, { hint });
	}
}
