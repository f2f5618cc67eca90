import { createPublicKey, type KeyObject } from 'node:crypto';
import { findCertificates } from './certificate';
import { derStructure } from './der';
import { JwtAuthError, type JwtAuthErrorCode } from './errors';
import {
	type ForeignKey,
	foreignDer,
	foreignKeyName,
	foreignPemLabel,
	foreignText,
} from './foreignKeys';
import { parseKeyJson, pickKeyJson } from './keyJson';
import { unquote } from './keyText';
import { decodeBase64Text, decodePemBody, findPemBlocks, unescapeText, type PemBlock } from './pem';
import { importPublicJwk, publicVerificationKey, type VerificationKey } from './verificationKey';

/** Longest text taken for public keys, in characters; JWK Sets with certificates are long. */
const MAXIMUM_LENGTH = 262_144;

/** Most keys taken from one JWK Set; each may have to be tried. */
const MAXIMUM_KEYS = 100;

const MAXIMUM_LAYERS = 6;

const FOREIGN: Partial<Record<ForeignKey, { code: JwtAuthErrorCode; hint?: string }>> = {
	url: { code: 'KEY_IS_PATH', hint: 'Choose JWKS URL as the key source for an address of keys.' },
	path: { code: 'KEY_IS_PATH' },
	token: { code: 'KEY_IS_TOKEN', hint: 'Paste the public key here; the token has its own field.' },
	sshPublicKey: {
		code: 'KEY_UNSUPPORTED',
		hint: 'Convert it with: ssh-keygen -e -m PKCS8 -f your-key.pub',
	},
	openssh: { code: 'KEY_IS_PRIVATE' },
};

function foreignError(found: ForeignKey): JwtAuthError {
	const { code = 'KEY_MALFORMED', hint = 'Paste a public key or a certificate as PEM, or a JWK.' } =
		FOREIGN[found] ?? {};
	return new JwtAuthError(
		code,
		`${foreignKeyName(found)} was found where a public key is expected.`,
		{ hint },
	);
}

const isPrivate = (): JwtAuthError =>
	new JwtAuthError('KEY_IS_PRIVATE', 'A private key was found where a public key is expected.');

function unreadable(): JwtAuthError {
	return new JwtAuthError(
		'KEY_MALFORMED',
		'Text that is neither PEM nor a JWK nor Base64 of a key was found where a public key is expected.',
	);
}

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

/** Every public key there is, or else the first certificate, whose issuers follow it in a chain. */
function readPem(blocks: readonly PemBlock[], text: string): KeyObject[] {
	const kinds = blocks.map(({ label }) => foreignPemLabel(label));
	if (kinds.includes(undefined)) throw isPrivate();
	const publicKeys = blocks.filter((_, index) => kinds[index] === 'publicKey');
	if (publicKeys.length > 0) return publicKeys.map(({ body }) => importSpki(decodePemBody(body)));
	if (kinds.includes('certificate')) {
		return findCertificates(text)
			.slice(0, 1)
			.map(({ publicKey }) => publicKey);
	}
	throw foreignError(kinds[0] ?? 'unknownBlock');
}

function readDerKey(bytes: Buffer, text: string): KeyObject {
	const structure = derStructure(bytes);
	if (structure === 'publicKey') return importSpki(bytes);
	const [certificate] = structure === 'certificate' ? findCertificates(text) : [];
	if (certificate) return certificate.publicKey;
	if (!structure) throw unreadable();
	const foreign = foreignDer(structure);
	throw foreign ? foreignError(foreign) : isPrivate();
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
	for (const jwk of keys.slice(0, MAXIMUM_KEYS)) {
		if (typeof jwk !== 'object' || jwk === null) continue;
		try {
			found.push(importPublicJwk(jwk as Record<string, unknown>));
		} catch (error) {
			problem ??= error;
		}
	}
	if (found.length > 0) return found;
	throw problem ?? new JwtAuthError('KEY_NOT_IN_SET', 'The JWK Set has no keys.');
}

/**
 * Reads public keys from text: PEM (SubjectPublicKeyInfo, PKCS#1, certificate), however mangled,
 * Base64 DER, JWK or JWK Set.
 *
 * @param pasted at most 262,144 characters
 * @returns at least one; several for a JWK Set and for several PEM blocks
 * @throws {@link JwtAuthError} `CERTIFICATE_MALFORMED` and the codes that begin with `KEY_`
 */
export function readVerificationKeys(pasted: string, layers = 0): VerificationKey[] {
	const text = unquote(pasted);
	if (text === '') {
		throw new JwtAuthError('KEY_MISSING', 'No public key is given.', {
			hint: 'Paste the public key, the certificate or the JWK of the issuer.',
		});
	}
	if (text.length > MAXIMUM_LENGTH) {
		throw new JwtAuthError('KEY_TOO_LONG', 'The public key is longer than 256 kB.');
	}
	if (layers > MAXIMUM_LAYERS) throw unreadable();
	const json = parseKeyJson(text);
	if (json !== undefined) {
		const found = pickKeyJson(json);
		if (found.kind === 'jwk') return [importPublicJwk(found.jwk)];
		if (found.kind === 'set') return importPublicJwkSet(found.keys);
		return readVerificationKeys(found.text, layers + 1);
	}
	const blocks = findPemBlocks(text);
	if (blocks.length > 0) return readPem(blocks, text).map((key) => publicVerificationKey(key));
	const foreign = foreignText(text);
	if (foreign) throw foreignError(foreign);
	const bytes = decodeBase64Text(unescapeText(text));
	if (!bytes || bytes.length === 0) throw unreadable();
	const inside = bytes.toString('utf8');
	if (/^\s*\{|-{2,5}\s?(BEGIN|END)/.test(inside)) return readVerificationKeys(inside, layers + 1);
	return [publicVerificationKey(readDerKey(bytes, text))];
}
