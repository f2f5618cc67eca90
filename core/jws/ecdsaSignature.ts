import { derChildren, readDer } from '../keys/der';

/** R and S of an ECDSA signature together, in bytes, RFC 7518 §3.4, RFC 8812 §3.2. */
export const ECDSA_SIGNATURE_BYTES: Readonly<Record<string, number>> = {
	'P-256': 64,
	secp256k1: 64,
	'P-384': 96,
	'P-521': 132,
};

/**
 * Turns the DER form of an ECDSA signature (RFC 3279 §2.2.3) into the form of JWS, RFC 7518 §3.4: R
 * and S side by side, padded with zeros. Node.js does so too, but with Node.js 24 it nearly doubles
 * the time a signature on P-256 takes.
 *
 * @param signature as node:crypto makes it unless told otherwise
 * @param bytes length of the result, a member of {@link ECDSA_SIGNATURE_BYTES}
 */
export function concatenatedSignature(signature: Buffer, bytes: number): Buffer {
	const result = Buffer.alloc(bytes);
	derChildren(readDer(signature)).forEach(({ content }, index) => {
		// DER puts a zero before an integer whose first bit is set, and leaves other leading zeros out.
		const digits = content.subarray(-bytes / 2);
		digits.copy(result, (bytes / 2) * (index + 1) - digits.length);
	});
	return result;
}
