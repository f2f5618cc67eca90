import type { KeyObject } from 'node:crypto';
import { flattenedVerify } from '../bundled/jose';
import type { Algorithm } from '../keys/algorithms';
import { verifyEs256k } from './es256k';
import { verifyHmac } from './hmac';

/** The parts of a compact JWS, RFC 7515 §7.1, each as base64url. */
export interface EncodedJws {
	header: string;
	payload: string;
	signature: string;
}

/**
 * Verifies the signature of a JWS, RFC 7518 §3, RFC 8037 §3.1, RFC 8812 §3.2, RFC 9964 §3: with
 * jose, but for HMAC and ES256K. The caller has read header and signature strictly, refused what
 * `crit` demands, and made sure that key and algorithm go together.
 *
 * @param key secret key for HMAC, public key otherwise
 * @returns whether it verifies
 */
export async function verifySignature(
	{ header, payload, signature }: EncodedJws,
	key: KeyObject,
	{ family, hash, name }: Algorithm,
): Promise<boolean> {
	if (key.type !== (family === 'HMAC' ? 'secret' : 'public')) return false;
	const input = `${header}.${payload}`;
	const bytes = Buffer.from(signature, 'base64url');
	if (family === 'HMAC') return verifyHmac(input, bytes, key, String(hash));
	if (name === 'ES256K') return verifyEs256k(Buffer.from(input, 'latin1'), bytes, key);
	try {
		await flattenedVerify({ protected: header, payload, signature }, key, { algorithms: [name] });
		return true;
	} catch {
		return false;
	}
}
