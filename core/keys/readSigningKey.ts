import type { KeyObject } from 'node:crypto';
import type { Algorithm } from './algorithms';
import { JwtAuthError } from '../errors';
import { declaredLength } from './der';
import { foreignBytes, foreignKeyError, secretAdvice, wantedKey, wrongKeyError } from './wrongKey';
import { importJwk } from './jwk';
import { selectJwk } from './pastedSet';
import { splitGhostKey } from './ghostKey';
import { type KeyJson, nonEmptyText, parseKeyJson, pickKeyJson } from './keyJson';
import { readKeyText, unquote, unreadableKeyError } from './pastedText';
import { importOpenssh } from './opensshKey';
import type { SigningKeySettings } from './types';
import { assertWholeDer, decodeBase64Text, unescapeText } from './pem';
import { importDer, importPem } from './privateKey';
import { importRawEd25519 } from './rawKeys';
import { assertNoKey, decodeSecret, hmacKey } from './hmacSecret';

/** A key with the key ID that came with it. */
export interface ReadKey {
	key: KeyObject;
	keyId?: string;
}

function readJwk(
	found: Exclude<KeyJson, { kind: 'text' }>,
	algorithm: Algorithm,
	wantedId = '',
): ReadKey {
	const jwk = found.kind === 'jwk' ? found.jwk : selectJwk(found.keys, algorithm, wantedId);
	return { key: importJwk(jwk, algorithm), keyId: nonEmptyText(jwk.kid) };
}

function readBytes(bytes: Buffer, passphrase: string, algorithm: Algorithm): KeyObject {
	if (foreignBytes(bytes) === 'openssh') return importOpenssh(bytes);
	const raw = algorithm.keyType === 'OKP' ? importRawEd25519(bytes) : undefined;
	if (raw) return raw;
	if (declaredLength(bytes) !== undefined && bytes.length > 32) {
		assertWholeDer(bytes);
		return importDer(bytes, passphrase, algorithm);
	}
	const wanted = wantedKey(algorithm);
	const advice = secretAdvice(algorithm);
	if (bytes.length !== 32 && bytes.length !== 64) throw unreadableKeyError(wanted, advice);
	const found = `Base64 of ${bytes.length} bytes, as secrets and Ed25519 keys have,`;
	throw wrongKeyError(
		'KEY_WRONG_TYPE',
		found,
		wanted,
		`${advice} For an Ed25519 key choose EdDSA.`,
	);
}

/**
 * Reads a private key from text.
 *
 * @param text as pasted
 * @param given passphrase of an encrypted key; '' for none. One that came with the key wins
 * @param wantedId `kid` of the key to take from a JWK Set; '' for any
 * @throws {@link JwtAuthError} as importSigningKey does
 */
export function readPrivateKey(
	text: string,
	given: string,
	algorithm: Algorithm,
	wantedId = '',
): ReadKey {
	const found = readKeyText(text, wantedKey(algorithm), secretAdvice(algorithm));
	const { keyId, passphrase = given } = found;
	switch (found.kind) {
		case 'jwk':
		case 'set': {
			const read = readJwk(found, algorithm, wantedId);
			return { key: read.key, keyId: keyId ?? read.keyId };
		}
		case 'pem':
			return { key: importPem(found.blocks, passphrase, algorithm), keyId };
		case 'bytes':
			return { key: readBytes(found.bytes, passphrase, algorithm), keyId };
		case 'foreign':
			throw foreignKeyError(found.found, algorithm);
	}
}

/** What JSON holds, or JSON in Base64 if that is a key: whatever else is in Base64 may be a secret. */
function hmacKeyJson(text: string): KeyJson | undefined {
	const json = parseKeyJson(text);
	if (json) return pickKeyJson(json);
	const inside = parseKeyJson(decodeBase64Text(unescapeText(text))?.toString('utf8') ?? '');
	try {
		return inside && pickKeyJson(inside);
	} catch (error) {
		if (error instanceof JwtAuthError && error.code === 'KEY_JSON_UNKNOWN') return undefined;
		throw error;
	}
}

/**
 * Reads an HMAC key: an `oct` JWK, in Base64 or not, a Ghost Admin API key for HS256, or a secret in its encoding.
 *
 * @throws {@link JwtAuthError} as importSigningKey does
 */
export function readHmacKey(settings: SigningKeySettings, algorithm: Algorithm): ReadKey {
	const { key: text, secretEncoding = 'utf8', allowShortSecret = false } = settings;
	const size = (secret: Buffer): KeyObject => hmacKey(secret, algorithm, allowShortSecret);
	const ghost = algorithm.name === 'HS256' ? splitGhostKey(text) : undefined;
	if (ghost) return { key: size(ghost.secret), keyId: ghost.keyId };
	const found = hmacKeyJson(unquote(text));
	if (found) {
		if (found.kind === 'text') {
			throw wrongKeyError('SECRET_IS_KEY', 'A private key file', wantedKey(algorithm));
		}
		const { key, keyId } = readJwk(found, algorithm, settings.wantedId);
		return { key: size(key.export()), keyId };
	}
	// A key of another kind is named as such, whatever encoding was chosen for the secret.
	assertNoKey(text, Buffer.alloc(0), algorithm);
	const secret = decodeSecret(text, secretEncoding);
	assertNoKey(text, secret, algorithm);
	return { key: size(secret) };
}
