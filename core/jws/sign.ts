import { CompactSign } from '../bundled/jose';
import type { SigningKey } from '../keys/types';
import { signEs256k } from './es256k';
import { signHmac } from './hmac';

function jsonBytes(value: Record<string, unknown>): Buffer {
	return Buffer.from(JSON.stringify(value), 'utf8');
}

/** The signature as base64url where node:crypto makes it; undefined where jose does. */
function ownSignature(input: string, { key, algorithm }: SigningKey): string | undefined {
	const { family, hash, name } = algorithm;
	if (family === 'HMAC') return signHmac(input, key, String(hash));
	if (name === 'ES256K') return signEs256k(Buffer.from(input, 'latin1'), key).toString('base64url');
	return undefined;
}

/**
 * Signs any bytes as a compact JWS, RFC 7515 §7.1: with jose, on the thread pool, but for HMAC and
 * ES256K.
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
	const protectedHeader = { ...header, alg: signingKey.algorithm.name };
	const input = `${jsonBytes(protectedHeader).toString('base64url')}.${payload.toString('base64url')}`;
	const signature = ownSignature(input, signingKey);
	if (signature !== undefined) return `${input}.${signature}`;
	return await new CompactSign(payload).setProtectedHeader(protectedHeader).sign(signingKey.key);
}

/**
 * Signs a claims set, RFC 7519 §7.1, as {@link signPayload} does.
 *
 * @param claims serialised as they are
 */
export async function signToken(
	header: Record<string, unknown>,
	claims: Record<string, unknown>,
	signingKey: SigningKey,
): Promise<string> {
	return await signPayload(header, jsonBytes(claims), signingKey);
}
