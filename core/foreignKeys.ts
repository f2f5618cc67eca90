import type { Algorithm } from './algorithms';
import type { DerStructure } from './der';
import { JwtAuthError, type JwtAuthErrorCode } from './errors';

/** Something people paste where a signing key belongs. */
export type ForeignKey =
	| 'publicKey'
	| 'sshPublicKey'
	| 'certificate'
	| 'csr'
	| 'openssh'
	| 'pgp'
	| 'putty'
	| 'pkcs7'
	| 'pkcs12'
	| 'dsa'
	| 'ecParameters'
	| 'unknownBlock'
	| 'token'
	| 'path'
	| 'url';

const FOUND: Record<ForeignKey, { code: JwtAuthErrorCode; what: string; hint?: string }> = {
	publicKey: { code: 'KEY_IS_PUBLIC', what: 'A public key' },
	sshPublicKey: { code: 'KEY_IS_PUBLIC', what: 'An SSH public key' },
	certificate: { code: 'KEY_IS_CERTIFICATE', what: 'A certificate' },
	csr: { code: 'KEY_IS_CSR', what: 'A certificate signing request' },
	openssh: { code: 'KEY_OPENSSH', what: 'An OpenSSH private key' },
	pgp: { code: 'KEY_PGP', what: 'A PGP key' },
	putty: { code: 'KEY_PUTTY', what: 'A PuTTY key (.ppk)' },
	pkcs7: { code: 'KEY_IS_CERTIFICATE', what: 'A PKCS#7 bundle of certificates' },
	pkcs12: { code: 'KEY_KEYSTORE', what: 'A PKCS#12 key store (.p12, .pfx)' },
	dsa: { code: 'KEY_UNSUPPORTED', what: 'A DSA key, which no JWT algorithm uses,' },
	ecParameters: {
		code: 'KEY_TRUNCATED',
		what: 'The EC PARAMETERS block alone, without the key that follows it in the file,',
		hint: 'Paste the whole file, with its EC PRIVATE KEY block.',
	},
	unknownBlock: { code: 'KEY_MALFORMED', what: 'A PEM block that is not a private key' },
	token: { code: 'KEY_IS_TOKEN', what: 'A finished JWT' },
	path: { code: 'KEY_IS_PATH', what: 'The name of a file' },
	url: {
		code: 'KEY_IS_PATH',
		what: 'A web address',
		hint: 'Open the address and paste the key it leads to; keys are not downloaded.',
	},
};

/** What an algorithm signs with, for error messages, e.g. `an EC private key on P-256`. */
export function expectedKey(algorithm: Algorithm): string {
	switch (algorithm.keyType) {
		case 'oct':
			return 'a shared secret';
		case 'RSA':
			return 'an RSA private key';
		case 'EC':
			return `an EC private key on ${algorithm.curve}`;
		case 'OKP':
			return 'an Ed25519 private key';
		case 'AKP':
			return `an ${algorithm.name} private key`;
	}
}

/** The error that names what was found in place of the key that `algorithm` wants. */
export function foreignKeyError(found: ForeignKey, algorithm: Algorithm): JwtAuthError {
	const { code, what, hint } = FOUND[found];
	return new JwtAuthError(
		code,
		`${what} was found where ${algorithm.name} wants ${expectedKey(algorithm)}.`,
		{ hint },
	);
}

/** Same for HMAC, where key material of any kind would allow algorithm confusion, RFC 8725 §2.1. */
export function secretIsKeyError(what: string, algorithm: Algorithm): JwtAuthError {
	return new JwtAuthError(
		'SECRET_IS_KEY',
		`${what} was found where ${algorithm.name} wants a shared secret.`,
	);
}

/** Words for a foreign key, e.g. `A certificate`. */
export function foreignKeyName(found: ForeignKey): string {
	return FOUND[found].what.replace(/,.*$/, '');
}

/**
 * Recognises a PEM block that is no private key.
 *
 * @param label upper case without blanks
 * @returns undefined for the private keys this package reads
 */
export function foreignPemLabel(label: string): ForeignKey | undefined {
	if (label.startsWith('PGP')) return 'pgp';
	if (label.startsWith('OPENSSH') || label.startsWith('SSH2ENCRYPTED')) return 'openssh';
	if (label.endsWith('CERTIFICATEREQUEST')) return 'csr';
	if (label.endsWith('CERTIFICATE')) return 'certificate';
	if (label === 'PKCS7' || label === 'CMS') return 'pkcs7';
	if (label === 'DSAPRIVATEKEY') return 'dsa';
	if (label === 'ECPARAMETERS') return 'ecParameters';
	if (label.endsWith('PUBLICKEY')) return 'publicKey';
	return label.endsWith('PRIVATEKEY') ? undefined : 'unknownBlock';
}

/** Recognises DER that is no private key; undefined for the private keys this package reads. */
export function foreignDer(structure: DerStructure): ForeignKey | undefined {
	switch (structure) {
		case 'publicKey':
		case 'certificate':
		case 'csr':
		case 'pkcs7':
		case 'pkcs12':
		case 'dsa':
			return structure;
		case 'pkcs8':
		case 'encryptedPkcs8':
		case 'pkcs1':
		case 'sec1':
			return undefined;
	}
}

const KEY_FILE = /\.(pem|key|p8|p12|pfx|der|crt|cer|cert|pub|ppk|json|jwk|jwks|txt)$/i;
const PATH_START = /^(file:|~[/\\]|\.{1,2}[/\\]|[a-z]:[/\\]|\\\\|\/)/i;

/**
 * Recognises text without PEM armour that is no key: an SSH public key, a PuTTY key, a JWT, a file
 * path, a web address.
 */
export function foreignText(text: string): ForeignKey | undefined {
	if (/^PuTTY-User-Key-File/.test(text)) return 'putty';
	if (/^(ssh-|ecdsa-sha2-|sk-ssh-|sk-ecdsa-)[a-z0-9@.-]+\s+AAAA/.test(text)) return 'sshPublicKey';
	if (/^(Bearer\s+)?eyJ[\w-]*\.[\w-]*\.[\w-]*(\.[\w-]*\.[\w-]*)?$/.test(text)) return 'token';
	if (text.length > 1024 || /[\r\n]/.test(text)) return undefined;
	if (/^https?:\/\/\S+$/i.test(text)) return 'url';
	const isPath = KEY_FILE.test(text) && (PATH_START.test(text) || /^[\w .@()-]+$/.test(text));
	return isPath || /^(~|\.{1,2}|[a-z]:)[/\\]/i.test(text) ? 'path' : undefined;
}
