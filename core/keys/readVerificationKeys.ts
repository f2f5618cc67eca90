import { isObject } from '../shared/json';
import { createPublicKey, type KeyObject } from 'node:crypto';
import { certificateKey } from './certificate';
import { derStructure } from './der';
import { JwtAuthError, type JwtAuthErrorCode } from '../errors';
import {
	type ForeignKey,
	foreignBytes,
	foreignDer,
	foreignPemLabel,
	keyName,
	wrongKeyError,
} from './wrongKey';

import { readKeyText, unquote, unreadableKeyError } from './pastedText';
import { decodeBase64Text, decodePemBody, type PemBlock } from './pem';
import { importPublicJwk, publicVerificationKey, type VerificationKey } from './verificationKey';

/** Longest text taken for public keys, in characters; JWK Sets with certificates are long. */
const MAXIMUM_LENGTH = 262_144;

/** Most keys taken from one JWK Set; each may have to be tried. */
const MAXIMUM_KEYS = 100;

const WANTED = 'a public key is expected';

const SECRET_ADVICE = 'If this is a shared secret, choose Shared Secret as the Key Source.';

/** Code, and a hint where the code's own is not exact enough, for what is no public key. */
const FOREIGN: Partial<Record<ForeignKey, readonly [code: JwtAuthErrorCode, hint?: string]>> = {
	url: ['KEY_IS_PATH', 'Choose JWKS URL as the key source for an address of keys.'],
	path: ['KEY_IS_PATH'],
	token: ['KEY_IS_TOKEN', 'Paste the public key here; the token has its own field.'],
	sshPublicKey: ['KEY_UNSUPPORTED', 'Convert it with: ssh-keygen -e -m PKCS8 -f your-key.pub'],
	openssh: ['KEY_IS_PRIVATE'],
	ssh2: ['KEY_IS_PRIVATE'],
};

function foreignError(found: ForeignKey): JwtAuthError {
	const [code, hint] = FOREIGN[found] ?? [
		'KEY_MALFORMED',
		'Paste a public key or a certificate as PEM, or a JWK.',
	];
	return wrongKeyError(code, keyName(found), WANTED, hint);
}

const privateKeyError = (): JwtAuthError =>
	wrongKeyError('KEY_IS_PRIVATE', 'A private key', WANTED);

function importSpki(der: Buffer): KeyObject {
	for (const type of ['spki', 'pkcs1'] as const) {
		try {
			return createPublicKey({ key: der, format: 'der', type });
		} catch {
			// OpenSSL's reasons say nothing to the person who pasted the key.
		}
	}
	throw new JwtAuthError('KEY_MALFORMED', 'The text was decoded, but it is not a public key.');
}

/**
 * Every public key there is, or else the first certificate; its issuers, which follow it in a chain,
 * are not looked at.
 */
function readPem(blocks: readonly PemBlock[]): KeyObject[] {
	const kinds = blocks.map(({ label }) => foreignPemLabel(label));
	if (kinds.includes(undefined)) throw privateKeyError();
	const publicKeys = blocks.filter((_, index) => kinds[index] === 'publicKey');
	if (publicKeys.length > 0) return publicKeys.map(({ body }) => importSpki(decodePemBody(body)));
	const certificate = blocks[kinds.indexOf('certificate')];
	if (certificate) return [certificateKey(decodeBase64Text(certificate.body))];
	throw foreignError(kinds[0] ?? 'unknownBlock');
}

function readBytes(bytes: Buffer): KeyObject {
	const foreign = foreignBytes(bytes);
	if (foreign) throw foreignError(foreign);
	const structure = derStructure(bytes);
	if (!structure) throw unreadableKeyError(WANTED, SECRET_ADVICE);
	const found = foreignDer(structure);
	if (found === 'publicKey') return importSpki(bytes);
	if (found === 'certificate') return certificateKey(bytes);
	throw found ? foreignError(found) : privateKeyError();
}

/**
 * Takes the keys out of a JWK Set (RFC 7517 §5) that tokens can be verified with. Keys of other kinds
 * and uses, shared secrets and private keys are passed over, RFC 7517 §5 and RFC 8725 §3.1.
 *
 * @param keys the `keys` member; at most 100 are looked at
 * @throws {@link JwtAuthError} what is wrong with the first key where none can be used;
 *   `KEY_NOT_IN_SET` where there is none
 */
export function importPublicJwkSet(keys: readonly unknown[]): VerificationKey[] {
	const found: VerificationKey[] = [];
	let problem: unknown;
	for (const jwk of keys.slice(0, MAXIMUM_KEYS).filter(isObject)) {
		try {
			found.push(importPublicJwk(jwk));
		} catch (error) {
			problem ??= error;
		}
	}
	if (found.length > 0) return found;
	throw (
		problem ??
		new JwtAuthError('KEY_NOT_IN_SET', 'The JWK Set has no keys.', {
			hint: 'Paste a public key, or a set that has some.',
		})
	);
}

/**
 * Refuses a text that is too long for public keys, before anything in it is read.
 *
 * @throws {@link JwtAuthError} `KEY_TOO_LONG` for more than 262,144 characters
 */
export function assertKeyLength(pasted: string): void {
	if (pasted.length <= MAXIMUM_LENGTH) return;
	throw new JwtAuthError('KEY_TOO_LONG', 'The public key is longer than 256 kB.');
}

/**
 * Reads public keys from text: PEM (SubjectPublicKeyInfo, PKCS#1, certificate), however mangled,
 * Base64 DER, JWK or JWK Set.
 *
 * @param pasted at most 262,144 characters
 * @returns at least one; several for a JWK Set and for several PEM blocks
 * @throws {@link JwtAuthError} `CERTIFICATE_MALFORMED` and the codes that begin with `KEY_`
 */
export function readVerificationKeys(pasted: string): VerificationKey[] {
	if (unquote(pasted) === '') {
		throw new JwtAuthError('KEY_MISSING', 'No public key is given.', {
			hint: 'Paste the public key, the certificate or the JWK of the issuer.',
		});
	}
	assertKeyLength(pasted);
	const found = readKeyText(pasted, WANTED, SECRET_ADVICE);
	switch (found.kind) {
		case 'jwk':
			return [importPublicJwk(found.jwk)];
		case 'set':
			return importPublicJwkSet(found.keys);
		case 'pem':
			return readPem(found.blocks).map((key) => publicVerificationKey(key));
		case 'bytes':
			return [publicVerificationKey(readBytes(found.bytes))];
		case 'foreign':
			throw foreignError(found.found);
	}
}
