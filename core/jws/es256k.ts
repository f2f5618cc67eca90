import { sign, verify, type KeyObject } from 'node:crypto';

// jose and WebCrypto know no secp256k1, so ES256K (RFC 8812 §3.2) is signed by node:crypto.

/** R and S side by side, 32 bytes each, RFC 8812 §3.2. */
const SIGNATURE_BYTES = 64;

const asConcatenated = (key: KeyObject) => ({ key, dsaEncoding: 'ieee-p1363' as const });

/**
 * Signs with ECDSA on secp256k1 and SHA-256. The S value is left as it comes: RFC 8812 does not ask
 * for the lower of the two possible values, as Bitcoin and Ethereum do.
 *
 * @param input JWS signing input, RFC 7515 §5.1
 * @param key private key on secp256k1
 * @returns 64 bytes
 */
export function signEs256k(input: Buffer, key: KeyObject): Buffer {
	return sign('sha256', input, asConcatenated(key));
}

/**
 * Verifies what {@link signEs256k} makes.
 *
 * @param signature of any length and content
 * @param key public key on secp256k1
 */
export function verifyEs256k(input: Buffer, signature: Buffer, key: KeyObject): boolean {
	if (signature.length !== SIGNATURE_BYTES) return false;
	try {
		return verify('sha256', input, asConcatenated(key), signature);
	} catch {
		return false;
	}
}
