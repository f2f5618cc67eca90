import { createHash, type JsonWebKey } from 'node:crypto';
import type { JwkSet, PublishedKey } from './publicJwks';
import { publicKeyFingerprint, publicKeyOf, publicKeyThumbprint } from './publicKey';
import { publicJwkSet } from './publicJwks';
import { signingKey } from './signingKeyCache';

/** A public key in every form in which services ask for it. */
export interface PublicKeyForms {
	/** JWS `alg` value of the credential. */
	algorithm: string;
	/** `kid`: the Key ID given, the one that came with the key, or its thumbprint. */
	keyId: string;
	/** SubjectPublicKeyInfo as PEM (RFC 7468 §13). */
	publicKey: string;
	/** With `kid`, `use` and `alg`, RFC 7517 §4. */
	jwk: JsonWebKey;
	/** The same in a JWK Set (RFC 7517 §5), with the other keys of one that was pasted. */
	jwks: JwkSet;
	/** SHA-256 of the required members of the JWK, base64url, RFC 7638. */
	thumbprint: string;
	/** SHA-256 of the SubjectPublicKeyInfo: pairs of hexadecimal digits with colons between. */
	fingerprint: string;
	/** The same as Snowflake shows it: `SHA256:` and standard Base64. */
	snowflakeFingerprint: string;
	/** What gives the key to a Snowflake user; RSA only, Snowflake takes no other. */
	snowflakeStatement?: string;
}

/** A name as Snowflake reads it: without quotes where it needs none. */
function snowflakeName(user: string): string {
	if (user === '') return '<user>';
	return /^[A-Za-z_][\w$]*$/.test(user) ? user : `"${user.replaceAll('"', '""')}"`;
}

/** Bytes as openssl writes fingerprints: `AB:CD:…`. */
export function colonHex(bytes: Buffer): string {
	return bytes.toString('hex').toUpperCase().match(/../g)?.join(':') ?? '';
}

/**
 * The public half of a signing credential's key.
 *
 * @param published the key, and the Key ID of its credential
 * @param snowflakeUser name for the statement; empty leaves a place for it
 * @throws {@link JwtAuthError} `KEY_WRONG_TYPE` for a shared secret, and the codes of importSigningKey
 */
export async function publicKeyForms(
	published: PublishedKey,
	snowflakeUser = '',
): Promise<PublicKeyForms> {
	const jwks = await publicJwkSet(published);
	const jwk = jwks.keys[0] ?? {};
	const { key, algorithm } = signingKey(published.key);
	const publicKey = publicKeyOf(key);
	const spki = publicKey.export({ format: 'der', type: 'spki' });
	const forms: PublicKeyForms = {
		algorithm: algorithm.name,
		keyId: String(jwk.kid),
		publicKey: String(publicKey.export({ format: 'pem', type: 'spki' })),
		jwk,
		jwks,
		thumbprint: await publicKeyThumbprint(key),
		fingerprint: colonHex(createHash('sha256').update(spki).digest()),
		snowflakeFingerprint: publicKeyFingerprint(key),
	};
	if (algorithm.keyType === 'RSA') {
		forms.snowflakeStatement = `ALTER USER ${snowflakeName(snowflakeUser)} SET RSA_PUBLIC_KEY='${spki.toString('base64')}';`;
	}
	return forms;
}
