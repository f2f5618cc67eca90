import type { KeyObject } from 'node:crypto';
import type { Algorithm } from './algorithms';
import { declaredLength } from './der';
import { JwtAuthError } from './errors';
import { expectedKey, foreignKeyError, foreignText } from './foreignKeys';
import { importJwk } from './jwk';
import { selectJwk } from './jwkSet';
import { type KeyJson, parseKeyJson, pickKeyJson } from './keyJson';
import type { SigningKeySettings } from './keys';
import { assertWholeDer, decodeBase64Text, findPemBlocks, unescapeText } from './pem';
import { importDer, importPem } from './privateKey';
import { importRawEd25519 } from './rawKeys';
import { assertNoKey, decodeSecret, hmacKey, splitGhostKey } from './secrets';

/** A key with the key ID that came with it. */
export interface ReadKey {
	key: KeyObject;
	keyId?: string;
}

// A key file inside Base64 inside JSON is four layers; more is somebody's game.
const MAXIMUM_LAYERS = 6;

const OPENSSH_MAGIC = 'openssh-key-v1\0';
const JAVA_KEY_STORE = 'feedfeed';

function nonEmpty(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Takes off the quotes and blanks that came along when a text was copied, however many layers. */
export function unquote(text: string): string {
	let plain = text.trim();
	for (let layer = 0; layer < MAXIMUM_LAYERS; layer += 1) {
		const quoted = /^(\\{0,8}["'`])([^]*)\1[,;]?$/.exec(plain);
		if (!quoted) break;
		plain = (quoted[2] ?? '').trim();
	}
	return plain;
}

function readJwk(found: Exclude<KeyJson, { kind: 'text' }>, algorithm: Algorithm): ReadKey {
	const jwk = found.kind === 'jwk' ? found.jwk : selectJwk(found.keys, algorithm);
	return { key: importJwk(jwk, algorithm), keyId: nonEmpty(jwk.kid) };
}

function unreadable(algorithm: Algorithm): JwtAuthError {
	return new JwtAuthError(
		'KEY_MALFORMED',
		`Text that is neither PEM nor a JWK nor Base64 of a key was found where ${algorithm.name} wants ${expectedKey(algorithm)}.`,
	);
}

/** A key text that was encoded in Base64 as a whole; a raw key may begin like one by chance. */
function wrappedText(bytes: Buffer): string | undefined {
	const text = bytes.toString('utf8');
	if (/[^\P{Cc}\s]|\uFFFD/u.test(text)) return undefined;
	const isKeyText = /^\s*["'{[]|-{2,5}\s?(BEGIN|END)|^[\w+/\s-]{65,}={0,2}\s*$/.test(text);
	return isKeyText ? text : undefined;
}

function readBytes(bytes: Buffer, passphrase: string, algorithm: Algorithm): KeyObject {
	const magic = bytes.toString('latin1', 0, OPENSSH_MAGIC.length);
	if (magic === OPENSSH_MAGIC) throw foreignKeyError('openssh', algorithm);
	if (/^\0\0\0.(ssh-|ecds)/s.test(magic)) throw foreignKeyError('sshPublicKey', algorithm);
	if (bytes.toString('hex', 0, 4) === JAVA_KEY_STORE) {
		throw new JwtAuthError('KEY_KEYSTORE', 'A Java key store was found where a key is expected.', {
			hint: 'Take the key out of it with keytool -importkeystore -deststoretype PKCS12 and openssl pkcs12 -nodes.',
		});
	}
	const raw = algorithm.keyType === 'OKP' ? importRawEd25519(bytes) : undefined;
	if (raw) return raw;
	if (declaredLength(bytes) !== undefined && bytes.length > 32) {
		assertWholeDer(bytes);
		return importDer(bytes, passphrase, algorithm);
	}
	throw bytes.length === 32 || bytes.length === 64
		? new JwtAuthError(
				'KEY_WRONG_TYPE',
				`Base64 of ${bytes.length} bytes, as secrets and Ed25519 keys have, was found where ${algorithm.name} wants ${expectedKey(algorithm)}.`,
			)
		: unreadable(algorithm);
}

/**
 * Reads a private key from text, undoing one layer of wrapping after the other.
 *
 * @param text as pasted
 * @param passphrase of an encrypted key; '' for none. A passphrase that came with the key wins
 * @throws {@link JwtAuthError} as importSigningKey does
 */
export function readPrivateKey(
	text: string,
	passphrase: string,
	algorithm: Algorithm,
	layers = 0,
): ReadKey {
	const plain = unquote(text);
	if (layers > MAXIMUM_LAYERS) throw unreadable(algorithm);
	const json = parseKeyJson(plain);
	if (json !== undefined) {
		const found = pickKeyJson(json);
		if (found.kind !== 'text') return readJwk(found, algorithm);
		const inner = found.passphrase ?? passphrase;
		const { key, keyId } = readPrivateKey(found.text, inner, algorithm, layers + 1);
		return { key, keyId: found.keyId ?? keyId };
	}
	const blocks = findPemBlocks(plain);
	if (blocks.length > 0) return { key: importPem(blocks, passphrase, algorithm) };
	if (/^[{[]/.test(plain)) {
		throw new JwtAuthError(
			'KEY_MALFORMED',
			'The key begins like JSON, but it is not valid JSON; it may be cut off.',
			{ hint: 'Paste the whole file, from the first brace to the last.' },
		);
	}
	const foreign = foreignText(plain);
	if (foreign) throw foreignKeyError(foreign, algorithm);
	const bytes = decodeBase64Text(unescapeText(plain));
	if (!bytes || bytes.length === 0) throw unreadable(algorithm);
	const inside = wrappedText(bytes);
	if (inside !== undefined) return readPrivateKey(inside, passphrase, algorithm, layers + 1);
	return { key: readBytes(bytes, passphrase, algorithm) };
}

/**
 * Reads an HMAC key: an `oct` JWK, a Ghost Admin API key for HS256, or a secret in its encoding.
 *
 * @throws {@link JwtAuthError} as importSigningKey does
 */
export function readHmacKey(settings: SigningKeySettings, algorithm: Algorithm): ReadKey {
	const { key: text, secretEncoding = 'utf8', allowShortSecret = false } = settings;
	const size = (secret: Buffer): KeyObject => hmacKey(secret, algorithm, allowShortSecret);
	const ghost = algorithm.name === 'HS256' ? splitGhostKey(text) : undefined;
	if (ghost) return { key: size(ghost.secret), keyId: ghost.keyId };
	const plain = unquote(text);
	const json = parseKeyJson(plain);
	if (json !== undefined) {
		const found = pickKeyJson(json);
		if (found.kind === 'text') {
			throw new JwtAuthError(
				'SECRET_IS_KEY',
				`A private key file was found where ${algorithm.name} wants a shared secret.`,
			);
		}
		const { key, keyId } = readJwk(found, algorithm);
		return { key: size(key.export()), keyId };
	}
	// A key of another kind is named as such, whatever encoding was chosen for the secret.
	assertNoKey(text, Buffer.alloc(0), algorithm);
	const secret = decodeSecret(text, secretEncoding);
	assertNoKey(text, secret, algorithm);
	return { key: size(secret), keyId: undefined };
}
