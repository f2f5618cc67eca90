import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { derChildren, readDer } from './der';
import { JwtAuthError } from './errors';
import { calculateJwkThumbprint, type JWK } from './bundled/jose';
import { sha256 } from './sha256';

/**
 * The public key that belongs to a key, and nothing of its private part.
 *
 * The details and the JWK of a damaged key must not be asked for: Node.js ends the whole process over
 * an EC key whose private number is out of range or whose public point is the one at infinity. What
 * this returns can be asked; the point at infinity is refused.
 *
 * @param key private or public key
 * @throws {@link JwtAuthError} `KEY_WRONG_TYPE` for a shared secret, `KEY_MALFORMED` for an EC key
 *   whose public point is the one at infinity
 */
export function publicKeyOf(key: KeyObject): KeyObject {
	if (key.type === 'secret') {
		throw new JwtAuthError('KEY_WRONG_TYPE', 'A shared secret was found; it has no public key.', {
			hint: 'Choose an RS, PS, ES or EdDSA algorithm with a private key.',
		});
	}
	const publicKey = key.type === 'public' ? key : createPublicKey(key);
	try {
		const spki = publicKey.export({ format: 'der', type: 'spki' });
		return key.type === 'public'
			? key
			: createPublicKey({ key: spki, format: 'der', type: 'spki' });
	} catch {
		throw new JwtAuthError('KEY_MALFORMED', 'The key has no usable public part; it is damaged.');
	}
}

/**
 * The public key as a JWK, RFC 7517 §4.
 *
 * @param key private or public key
 * @returns `kty` and the members of the key, base64url; neither `kid` nor `alg` (`alg` for AKP only)
 * @throws {@link JwtAuthError} `KEY_WRONG_TYPE` for a shared secret
 */
export function publicJwk(key: KeyObject): JsonWebKey {
	const publicKey = publicKeyOf(key);
	if (publicKey.asymmetricKeyType !== 'rsa-pss') return publicKey.export({ format: 'jwk' });
	// Node.js exports no id-RSASSA-PSS key as a JWK; the RSAPublicKey inside is an ordinary one.
	const spki = derChildren(readDer(publicKey.export({ format: 'der', type: 'spki' })));
	const inner = spki[1]?.content.subarray(1) ?? Buffer.alloc(0);
	const plain = createPublicKey({ key: inner, format: 'der', type: 'pkcs1' });
	return plain.export({ format: 'jwk' });
}

/**
 * Thumbprint of a public key, RFC 7638 §3, the usual `kid` of a key that has none.
 *
 * @param key private or public key
 * @returns SHA-256 of the required members of its JWK as base64url, 43 characters
 * @throws {@link JwtAuthError} `KEY_WRONG_TYPE` for a shared secret
 */
export async function publicKeyThumbprint(key: KeyObject): Promise<string> {
	return await calculateJwkThumbprint(publicJwk(key) as JWK);
}

/**
 * Fingerprint of a public key as Snowflake wants it in `iss` (`RSA_PUBLIC_KEY_FP`).
 *
 * @param key private or public key
 * @returns `SHA256:` and the SHA-256 of the SubjectPublicKeyInfo DER (RFC 5280 §4.1) in standard
 * Base64 with padding
 * @throws {@link JwtAuthError} `KEY_WRONG_TYPE` for a shared secret
 */
export function publicKeyFingerprint(key: KeyObject): string {
	const spki = publicKeyOf(key).export({ format: 'der', type: 'spki' });
	return `SHA256:${sha256(spki, 'base64')}`;
}
