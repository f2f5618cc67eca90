import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { JwtAuthError } from './errors';

const ED25519_PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

// PKCS#8 with the 32-byte seed alone, RFC 9881 §6; the last octet of the OID tells the sizes apart.
const ML_DSA_PKCS8 = '3034020100300b060960864801650304031';
const ML_DSA_OID_END: ReadonlyMap<string, string> = new Map([
	['ML-DSA-44', '1'],
	['ML-DSA-65', '2'],
	['ML-DSA-87', '3'],
]);

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
	if (bytes.length === 64) {
		const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
		if (!spki.subarray(-32).equals(bytes.subarray(32))) {
			throw new JwtAuthError(
				'KEY_MALFORMED',
				'The second half of the 64-byte Ed25519 key is not the public key of its first half.',
			);
		}
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
	const end = ML_DSA_OID_END.get(name);
	if (end === undefined || seed.length !== 32) return undefined;
	try {
		const key = fromPkcs8(Buffer.from(`${ML_DSA_PKCS8}${end}04228020`, 'hex'), seed);
		const type: string | undefined = key.asymmetricKeyType;
		return type === name.toLowerCase() ? key : undefined;
	} catch {
		return undefined;
	}
}

/** SubjectPublicKeyInfo up to the key itself, RFC 9881 §4, and the bytes of that key. */
const ML_DSA_SPKI: ReadonlyMap<string, { prefix: string; bytes: number }> = new Map([
	['ML-DSA-44', { prefix: '30820532300b06096086480165030403110382052100', bytes: 1312 }],
	['ML-DSA-65', { prefix: '308207b2300b0609608648016503040312038207a100', bytes: 1952 }],
	['ML-DSA-87', { prefix: '30820a32300b060960864801650304031303820a2100', bytes: 2592 }],
]);

/**
 * Makes an ML-DSA public key from its raw form, the `pub` member of an AKP JWK (RFC 9964 §3).
 *
 * @param name `ML-DSA-44`, `ML-DSA-65` or `ML-DSA-87`
 * @returns undefined where the length is not the algorithm's, or Node.js has no ML-DSA
 */
export function importMlDsaPublic(name: string, raw: Buffer): KeyObject | undefined {
	const spki = ML_DSA_SPKI.get(name);
	if (raw.length !== spki?.bytes) return undefined;
	const prefix = Buffer.from(spki.prefix, 'hex');
	try {
		return createPublicKey({ key: Buffer.concat([prefix, raw]), format: 'der', type: 'spki' });
	} catch {
		return undefined;
	}
}

/** Whether the running Node.js signs with ML-DSA; found by trying, since core knows no versions. */
export function hasMlDsa(): boolean {
	return importMlDsaSeed('ML-DSA-44', Buffer.alloc(32)) !== undefined;
}
