import { sign, type KeyObject } from 'node:crypto';

// jose dropped ES256K, since WebCrypto has no secp256k1.

/**
 * Signs with ES256K, RFC 8812 §3.2: ECDSA on secp256k1 with SHA-256.
 *
 * The S value is left as it comes: RFC 8812 does not ask for the lower of the two possible values,
 * as Bitcoin and Ethereum do.
 *
 * @param input the JWS signing input, RFC 7515 §5.1
 * @param key secp256k1 private key
 * @returns R and S, 32 bytes each, RFC 7518 §3.4
 */
export function signEs256k(input: Uint8Array, key: KeyObject): Buffer {
	return sign('sha256', input, { key, dsaEncoding: 'ieee-p1363' });
}
