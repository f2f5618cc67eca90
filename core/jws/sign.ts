import { createHmac, sign } from 'node:crypto';
import type { Claims } from '../sign/claims';
import { concatenatedSignature, ECDSA_SIGNATURE_BYTES } from './ecdsaSignature';
import type { SigningKey } from '../keys/importSigningKey';
import { signatureParameters } from './signatureParameters';

// jose signs with WebCrypto: as fast for RSA, but an HMAC, which is quicker than the way to the
// thread pool and back, takes it ten times as long (npm run bench core).

/** Curves on which signing takes some 40 µs: less than to have an idle thread do it. */
const QUICK_CURVES: readonly unknown[] = ['P-256', 'Ed25519'];

/** Signature as node:crypto makes it: on the thread pool where it takes long. */
async function rawSignature(input: Buffer, { key, algorithm }: SigningKey): Promise<Buffer> {
	const { family, hash, curve } = algorithm;
	const parameters = family === 'ECDSA' ? key : signatureParameters(key, algorithm);
	if (QUICK_CURVES.includes(curve)) return sign(hash, input, parameters);
	return await new Promise((resolve, reject) => {
		sign(hash, input, parameters, (error, signature) => {
			if (error) reject(error);
			else resolve(signature);
		});
	});
}

/** Signature of a JWS signing input, RFC 7518 §3, as base64url. */
async function signatureOf(input: string, signingKey: SigningKey): Promise<string> {
	const { family, hash, curve = '' } = signingKey.algorithm;
	if (family === 'HMAC') {
		return createHmac(String(hash), signingKey.key).update(input).digest('base64url');
	}
	const raw = await rawSignature(Buffer.from(input, 'latin1'), signingKey);
	const bytes = ECDSA_SIGNATURE_BYTES[curve];
	return (bytes ? concatenatedSignature(raw, bytes) : raw).toString('base64url');
}

function encode(value: Record<string, unknown>): Buffer {
	return Buffer.from(JSON.stringify(value), 'utf8');
}

/**
 * Signs any bytes as a compact JWS, RFC 7515 §7.1: on the thread pool where it takes long (RSA, large
 * curves, ML-DSA).
 *
 * The S value of ES256K is left as it comes: RFC 8812 does not ask for the lower of the two possible
 * values, as Bitcoin and Ethereum do.
 *
 * @param header JOSE header; `alg` is set to the key's algorithm
 * @param signingKey imported key with its algorithm
 * @returns three base64url parts joined by dots
 */
export async function signPayload(
	header: Record<string, unknown>,
	payload: Buffer,
	signingKey: SigningKey,
): Promise<string> {
	const protectedHeader = encode({ ...header, alg: signingKey.algorithm.name });
	const input = `${protectedHeader.toString('base64url')}.${payload.toString('base64url')}`;
	return `${input}.${await signatureOf(input, signingKey)}`;
}

/**
 * Signs a claims set, RFC 7519 §7.1, as {@link signPayload} does.
 *
 * @param claims serialised as they are
 */
export async function signToken(
	header: Record<string, unknown>,
	claims: Claims,
	signingKey: SigningKey,
): Promise<string> {
	return await signPayload(header, encode(claims), signingKey);
}
