import { createSecretKey, type KeyObject } from 'node:crypto';
import type { Algorithm } from './algorithms';
import { derStructure } from './der';
import { JwtAuthError } from '../errors';
import {
	type ForeignKey,
	foreignBytes,
	foreignDer,
	foreignKeyError,
	foreignPemLabel,
	foreignText,
	keyName,
	wantedKey,
	wrongKeyError,
} from './wrongKey';
import { decodeBase64Text, findPemBlocks, unescapeText } from './pem';
import type { SecretEncoding } from './types';

const ALPHABETS: Record<Exclude<SecretEncoding, 'utf8'>, { pattern: RegExp; name: string }> = {
	base64: { pattern: /^[A-Za-z0-9+/]*={0,2}$/, name: 'Base64' },
	base64url: { pattern: /^[\w-]*={0,2}$/, name: 'Base64URL' },
	hex: { pattern: /^[0-9a-f]*$/i, name: 'hexadecimal digits' },
};

/**
 * Decodes an HMAC secret.
 *
 * @param text a UTF-8 secret is taken as it stands, but for a byte order mark and a line break at
 * its end, which come from files; in the other encodings blanks and quotes are left out
 * @throws {@link JwtAuthError} `SECRET_ENCODING`
 */
export function decodeSecret(text: string, encoding: SecretEncoding): Buffer {
	if (encoding === 'utf8') return Buffer.from(text.replace(/^\uFEFF|\r?\n$/g, ''), 'utf8');
	const compact = text.replace(/[\s"'\uFEFF]/g, '');
	const { pattern, name } = ALPHABETS[encoding];
	const encodingError = (found: string): JwtAuthError =>
		new JwtAuthError('SECRET_ENCODING', `The secret is to be read as ${name}, but ${found}.`);
	if (!pattern.test(compact)) {
		const [isUrl, isStandard] = [/[-_]/.test(compact), /[+/]/.test(compact)];
		if (encoding === 'base64' && isUrl) {
			throw encodingError('it has "-" or "_", which only Base64URL has');
		}
		if (encoding === 'base64url' && isStandard) {
			throw encodingError('it has "+" or "/", which only Base64 has');
		}
		throw encodingError('it has other characters');
	}
	if (encoding === 'hex' ? compact.length % 2 : compact.replace(/=/g, '').length % 4 === 1) {
		throw encodingError('one character is missing or too many');
	}
	return Buffer.from(compact, encoding);
}

/** Names the PEM blocks of a text, a private key first. */
function pemName(text: string): string | undefined {
	let found: Array<ForeignKey | undefined>;
	try {
		found = findPemBlocks(text).map(({ label }) => foreignPemLabel(label));
	} catch {
		return 'A damaged PEM text';
	}
	if (found.length === 0) return undefined;
	return keyName(found.includes(undefined) ? undefined : found[0]);
}

function bytesName(bytes: Buffer): string | undefined {
	const structure = derStructure(bytes);
	if (structure) return keyName(foreignDer(structure));
	const foreign = foreignBytes(bytes);
	return foreign ? keyName(foreign) : pemName(bytes.toString('latin1'));
}

/** Names what stands in Base64, however often it was encoded. */
function wrappedName(text: string): string | undefined {
	const bytes = decodeBase64Text(unescapeText(text));
	return bytes && (bytesName(bytes) ?? wrappedName(bytes.toString('latin1')));
}

/**
 * Refuses key material of another kind in place of an HMAC secret. A public key or a certificate is
 * known to everybody, so a secret made of its text lets anybody sign (RFC 8725 §2.1).
 *
 * @param text as pasted
 * @param decoded the same after its encoding was undone
 * @throws {@link JwtAuthError} `SECRET_IS_KEY`, `KEY_IS_TOKEN`, `KEY_IS_PATH`
 */
export function assertNoKey(text: string, decoded: Buffer, algorithm: Algorithm): void {
	const secretIsKeyError = (what: string): JwtAuthError =>
		wrongKeyError('SECRET_IS_KEY', what, wantedKey(algorithm));
	const name = pemName(text) ?? bytesName(decoded) ?? wrappedName(text);
	if (name) throw secretIsKeyError(name);
	const trimmed = text.trim();
	const foreign = foreignText(trimmed);
	// A file name without a folder could be a secret, however poor; a path could not.
	if (foreign === 'token' || (foreign === 'path' && /[/\\]/.test(trimmed))) {
		throw foreignKeyError(foreign, algorithm);
	}
	if (foreign === 'sshPublicKey' || foreign === 'putty') throw secretIsKeyError(keyName(foreign));
}

/**
 * Makes an HMAC key and checks its size, RFC 7518 §3.2.
 *
 * @param secret bytes of the key
 * @param allowShort true accepts any length but zero
 * @throws {@link JwtAuthError} `KEY_MISSING`, `KEY_TOO_SHORT`
 */
export function hmacKey(secret: Buffer, algorithm: Algorithm, allowShort: boolean): KeyObject {
	if (secret.length === 0) throw new JwtAuthError('KEY_MISSING', 'The secret is empty.');
	const minimum = (algorithm.minimumKeyBits ?? 0) / 8;
	if (secret.length < minimum && !allowShort) {
		throw new JwtAuthError(
			'KEY_TOO_SHORT',
			`The secret has ${secret.length} bytes; ${algorithm.name} wants ${minimum} or more.`,
			{
				hint: 'Paste the whole secret, and check Secret Encoding. If the service handed out a secret this short, turn on Allow Short Secret.',
			},
		);
	}
	return createSecretKey(secret);
}
