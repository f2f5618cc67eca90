import type { Algorithm, KeyType } from './algorithms';
import { type DerStructure, isPrivateDer, type PrivateDerStructure } from './der';
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
	| 'javaKeyStore'
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
	javaKeyStore: {
		code: 'KEY_KEYSTORE',
		what: 'A Java key store',
		hint: 'Take the key out of it with keytool -importkeystore -deststoretype PKCS12 and openssl pkcs12 -nodes.',
	},
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

/** What an algorithm signs with, for messages, e.g. `ES256 wants an EC private key on P-256`. */
export function wantedKey({ name, keyType, curve }: Algorithm): string {
	const keys: Record<KeyType, string> = {
		oct: 'a shared secret',
		RSA: 'an RSA private key',
		EC: `an EC private key on ${curve}`,
		OKP: 'an Ed25519 private key',
		AKP: `an ${name} private key`,
	};
	return `${name} wants ${keys[keyType]}`;
}

/**
 * The error for something that was pasted in place of a key.
 *
 * @param found what was pasted, e.g. `A certificate`
 * @param wanted what should have been, e.g. `a public key is expected`
 */
export function wrongKeyError(
	code: JwtAuthErrorCode,
	found: string,
	wanted: string,
	hint?: string,
): JwtAuthError {
	return new JwtAuthError(code, `${found} was found where ${wanted}.`, { hint });
}

/** The error that names what was found in place of the key that `algorithm` wants. */
export function foreignKeyError(found: ForeignKey, algorithm: Algorithm): JwtAuthError {
	const { code, what, hint } = FOUND[found];
	return wrongKeyError(code, what, wantedKey(algorithm), hint);
}

/** Words for a key, e.g. `A certificate`; undefined stands for a private key. */
export function keyName(found: ForeignKey | undefined): string {
	return found ? FOUND[found].what.replace(/,.*$/, '') : 'A private key';
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
export function foreignDer(
	structure: DerStructure,
): Exclude<DerStructure, PrivateDerStructure> | undefined {
	return isPrivateDer(structure) ? undefined : structure;
}

/** Recognises binary key files that are not DER, once their Base64 is undone. */
export function foreignBytes(bytes: Buffer): ForeignKey | undefined {
	const magic = bytes.toString('latin1', 0, 15);
	if (magic === 'openssh-key-v1\0') return 'openssh';
	if (/^\0\0\0.(ssh-|ecds)/s.test(magic)) return 'sshPublicKey';
	return bytes.toString('hex', 0, 4) === 'feedfeed' ? 'javaKeyStore' : undefined;
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
