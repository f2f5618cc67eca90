import { generateKeyPair, type KeyObject } from 'node:crypto';
import type { Algorithm } from './algorithms';
import { JwtAuthError } from '../errors';
import { hasMlDsa } from './rawKeys';

/** Sizes of RSA keys that can be chosen, in bits; RFC 7518 §3.3 wants 2048 at least. */
export const RSA_KEY_SIZES = [2048, 3072, 4096] as const;

export type RsaKeySize = (typeof RSA_KEY_SIZES)[number];

type Made = (error: Error | null, publicKey: KeyObject, privateKey: KeyObject) => void;

function startMaking(algorithm: Algorithm, rsaKeySize: RsaKeySize, made: Made): void {
	switch (algorithm.keyType) {
		case 'RSA':
			generateKeyPair('rsa', { modulusLength: rsaKeySize }, made);
			break;
		case 'EC':
			generateKeyPair('ec', { namedCurve: algorithm.curve ?? '' }, made);
			break;
		case 'OKP':
			generateKeyPair('ed25519', {}, made);
			break;
		case 'AKP':
			// The types of Node.js know the names of ML-DSA from version 24 on.
			generateKeyPair(algorithm.name.toLowerCase() as 'ed25519', {}, made);
			break;
		case 'oct':
			throw new JwtAuthError('KEY_WRONG_TYPE', `${algorithm.name} signs with a shared secret.`, {
				hint: 'Choose an algorithm with a private key, or Paste as Key Source.',
			});
	}
}

/**
 * Makes a new private key for an algorithm, off the main thread.
 *
 * @param algorithm any but HMAC, whose secret others hand out
 * @param rsaKeySize bits; RS and PS only
 * @returns PKCS#8 DER (RFC 5958), not encrypted
 * @throws {@link JwtAuthError} `KEY_WRONG_TYPE` for HMAC, `ALGORITHM_UNAVAILABLE` for ML-DSA where
 *   Node.js does not have it
 */
export async function generatePrivateKey(
	algorithm: Algorithm,
	rsaKeySize: RsaKeySize = 2048,
): Promise<Buffer> {
	if (algorithm.keyType === 'AKP' && !hasMlDsa()) {
		throw new JwtAuthError(
			'ALGORITHM_UNAVAILABLE',
			`${algorithm.name} needs Node.js 24.7 or newer; the Node.js that runs here does not have it.`,
		);
	}
	return await new Promise((resolve, reject) => {
		startMaking(algorithm, rsaKeySize, (error, _publicKey, privateKey) => {
			if (error) reject(error);
			else resolve(privateKey.export({ format: 'der', type: 'pkcs8' }));
		});
	});
}
