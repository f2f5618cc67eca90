import { createPrivateKey, type KeyObject } from 'node:crypto';
import { JwtAuthError } from '../errors';
import { publicJwk } from './publicKey';

const ED25519_PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

// PKCS#8 with the 32-byte seed alone, RFC 9881 §6; the last octet of the OID tells the sizes apart.
const ML_DSA_PKCS8: ReadonlyMap<string, Buffer> = new Map(
	['ML-DSA-44', 'ML-DSA-65', 'ML-DSA-87'].map((name, index) => [
		name,
		Buffer.from(`3034020100300b060960864801650304031${index + 1}04228020`, 'hex'),
	]),
);

function fromPkcs8(prefix: Buffer, seed: Buffer): KeyObject {
	return createPrivateKey({ key: Buffer.concat([prefix, seed]), format: 'der', type: 'pkcs8' });
}

/**
 * Makes an Ed25519 key from its raw form: the 32-byte seed of RFC 8032 §5.1.5, or 64 bytes as
 * Coinbase and libsodium write them, the seed followed by the public key.
 *
 * @param bytes 32 or 64 bytes
 * @returns undefined where there are neither 32 nor 64 bytes
 * @throws {@link JwtAuthError} `KEY_MALFORMED` where the public half is not the seed's own
 */
export function importRawEd25519(bytes: Buffer): KeyObject | undefined {
	if (bytes.length !== 32 && bytes.length !== 64) return undefined;
	const key = fromPkcs8(ED25519_PKCS8, bytes.subarray(0, 32));
	if (bytes.length === 64 && publicJwk(key).x !== bytes.toString('base64url', 32)) {
		throw new JwtAuthError(
			'KEY_MALFORMED',
			'The second half of the 64-byte Ed25519 key is not the public key of its first half.',
		);
	}
	return key;
}

/**
 * Makes an ML-DSA key from its 32-byte seed, the `priv` member of an AKP JWK (RFC 9964 §3).
 *
 * @param name `ML-DSA-44`, `ML-DSA-65` or `ML-DSA-87`
 * @returns undefined where the running Node.js has no ML-DSA (before 24.7, or OpenSSL before 3.5)
 */
export function importMlDsaSeed(name: string, seed: Buffer): KeyObject | undefined {
	const prefix = ML_DSA_PKCS8.get(name);
	if (prefix === undefined || seed.length !== 32) return undefined;
	try {
		const key = fromPkcs8(prefix, seed);
		const type: string | undefined = key.asymmetricKeyType;
		return type === name.toLowerCase() ? key : undefined;
	} catch {
		return undefined;
	}
}

/** Whether the running Node.js signs with ML-DSA; found by trying, since core knows no versions. */
export function hasMlDsa(): boolean {
	return importMlDsaSeed('ML-DSA-44', Buffer.alloc(32)) !== undefined;
}
