import { createHmac, timingSafeEqual, verify, type KeyObject } from 'node:crypto';
import type { Algorithm } from '../keys/algorithms';
import { ECDSA_SIGNATURE_BYTES } from './ecdsaSignature';
import { signatureParameters } from './signatureParameters';

/** Larger RSA keys take longer than handing the work to another thread does. */
const LARGEST_QUICK_RSA = 4096;

function verifyNow(
	input: Buffer,
	signature: Buffer,
	key: KeyObject,
	algorithm: Algorithm,
): boolean {
	try {
		return verify(algorithm.hash, input, signatureParameters(key, algorithm), signature);
	} catch {
		return false;
	}
}

/**
 * Verifies the signature of a JWS, RFC 7518 §3, RFC 8037 §3.1, RFC 8812 §3.2, RFC 9964 §3. The
 * caller has made sure that key and algorithm go together.
 *
 * @param input the JWS signing input, RFC 7515 §5.1
 * @param signature as it was in the token, decoded; of any length and content
 * @param key secret key for HMAC, public key otherwise
 * @returns whether it verifies; found out on the thread pool for all but HMAC and RSA
 */
export async function verifySignature(
	input: Buffer,
	signature: Buffer,
	key: KeyObject,
	algorithm: Algorithm,
): Promise<boolean> {
	const { family, hash, curve } = algorithm;
	if (family === 'HMAC') {
		if (key.type !== 'secret' || hash === undefined) return false;
		const expected = createHmac(hash, key).update(input).digest();
		return expected.length === signature.length && timingSafeEqual(expected, signature);
	}
	if (key.type !== 'public') return false;
	if (family === 'ECDSA' && signature.length !== ECDSA_SIGNATURE_BYTES[curve ?? '']) return false;
	// Verifying with RSA takes some 30 µs, which is less than the way to another thread and back.
	const bits = key.asymmetricKeyDetails?.modulusLength;
	if (bits !== undefined && bits <= LARGEST_QUICK_RSA) {
		return verifyNow(input, signature, key, algorithm);
	}
	return await new Promise((resolve) => {
		verify(hash, input, signatureParameters(key, algorithm), signature, (error, verified) => {
			resolve(!error && verified);
		});
	});
}
