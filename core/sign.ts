import { createHmac, sign } from 'node:crypto';
import type { Claims } from './claims';
import type { SigningKey } from './keys';
import { signatureParameters } from './signatureParameters';

// A library that signs with WebCrypto (jose) takes half as long again per token, and an HMAC, which
// is quicker than the way to the thread pool and back, ten times as long.

/** Signature of a JWS signing input, RFC 7518 §3. */
async function signatureOf(input: Buffer, { key, algorithm }: SigningKey): Promise<Buffer> {
	const { family, hash } = algorithm;
	if (family === 'HMAC') return createHmac(String(hash), key).update(input).digest();
	return await new Promise((resolve, reject) => {
		sign(hash, input, signatureParameters(key, algorithm), (error, signature) => {
			if (error) reject(error);
			else resolve(signature);
		});
	});
}

function encode(value: Record<string, unknown>): Buffer {
	return Buffer.from(JSON.stringify(value), 'utf8');
}

/**
 * Signs any bytes as a compact JWS, RFC 7515 §7.1: on the thread pool for all algorithms but HMAC.
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
	const signature = await signatureOf(Buffer.from(input, 'latin1'), signingKey);
	return `${input}.${signature.toString('base64url')}`;
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
