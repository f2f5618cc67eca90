import { findAlgorithm } from './algorithms';
import { JwtAuthError } from '../errors';
import { fitKey } from './keyFit';
import { readHmacKey, readPrivateKey } from './readSigningKey';
import { hasMlDsa } from './rawKeys';
import type { SigningKey, SigningKeySettings } from './types';

/** Longest text taken for a key, in characters; a PEM of RSA 16,384 has about 12,500. */
const MAXIMUM_LENGTH = 65_536;

function assertPlausible({ key, passphrase = '' }: SigningKeySettings): void {
	if (key.trim() === '') throw new JwtAuthError('KEY_MISSING', 'No key is given.');
	if (Math.max(key.length, passphrase.length) > MAXIMUM_LENGTH) {
		throw new JwtAuthError(
			'KEY_TOO_LONG',
			`The key or its passphrase is longer than ${MAXIMUM_LENGTH.toLocaleString('en')} characters.`,
		);
	}
	if (key.includes('\0')) {
		throw new JwtAuthError(
			'KEY_MALFORMED',
			'The key contains NUL characters, as a binary or UTF-16 file does.',
			{ hint: 'Save it as PEM text in UTF-8 and paste that.' },
		);
	}
}

/**
 * Makes a signing key of whatever was pasted, or says what was pasted and what was expected.
 *
 * Accepted for RS, PS, ES, EdDSA and ML-DSA: PEM with PKCS#8, encrypted PKCS#8, PKCS#1, SEC1 or
 * OpenSSL's legacy encryption, however its line breaks, escapes and quotes were mangled, Base64
 * encoded once more or without armour; an OpenSSH key without passphrase; JWK (RFC 7517), JWK Set with
 * one usable key; the key file of a service; Base64 of a raw Ed25519 key, 32 bytes of seed or 64 with
 * the public key.
 * Accepted for HS: text in the encoding of the settings, an `oct` JWK, a Ghost Admin API key.
 *
 * @returns the key, its size, type and curve checked (RFC 7518 §3), not cached
 * @throws {@link JwtAuthError} `ALGORITHM_UNSUPPORTED`, `ALGORITHM_UNAVAILABLE`, `SECRET_ENCODING`,
 * `SECRET_IS_KEY` and the codes that begin with `KEY_`
 */
export function importSigningKey(settings: SigningKeySettings): SigningKey {
	const algorithm = findAlgorithm(settings.algorithm);
	assertPlausible(settings);
	if (algorithm.keyType === 'oct') return { algorithm, ...readHmacKey(settings, algorithm) };
	if (algorithm.keyType === 'AKP' && !hasMlDsa()) {
		throw new JwtAuthError(
			'ALGORITHM_UNAVAILABLE',
			`${algorithm.name} needs Node.js 24.7 or newer; the Node.js that runs here does not have it.`,
		);
	}
	const { key: text, passphrase = '', wantedId } = settings;
	const { key, keyId } = readPrivateKey(text, passphrase, algorithm, wantedId);
	return { algorithm, key: fitKey(key, algorithm), keyId };
}
