import { CompactSign } from '../bundled/jose';
import type { Algorithm } from '../keys/algorithms';
import type { SigningKey } from '../keys/types';
import { signEs256k } from './es256k';
import { signHmac } from './hmac';

function jsonBytes(value: Record<string, unknown>): Buffer {
	return Buffer.from(JSON.stringify(value), 'utf8');
}

/** Whether jose signs; hmac.ts and es256k.ts say why not. */
function isLeftToJose({ family, name }: Algorithm): boolean {
	return family !== 'HMAC' && name !== 'ES256K';
}

function ownSignature(input: string, { key, algorithm }: SigningKey): string {
	return algorithm.family === 'HMAC'
		? signHmac(input, key, String(algorithm.hash))
		: signEs256k(Buffer.from(input, 'latin1'), key).toString('base64url');
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
	const { key, algorithm } = signingKey;
	const protectedHeader = { ...header, alg: algorithm.name };
	if (isLeftToJose(algorithm)) {
		return await new CompactSign(payload).setProtectedHeader(protectedHeader).sign(key);
	}
	const input = `${jsonBytes(protectedHeader).toString('base64url')}.${payload.toString('base64url')}`;
	return `${input}.${ownSignature(input, signingKey)}`;
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
