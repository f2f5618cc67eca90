import type { Algorithm, KeyType } from './algorithms';
import { type DerStructure, isPrivateDer, type PrivateDerStructure } from './der';
import { JwtAuthError, type JwtAuthErrorCode } from '../errors';

/** Something people paste where another kind of key belongs. */
export type ForeignKey =
	| 'publicKey'
	| 'sshPublicKey'
	| 'certificate'
	| 'csr'
	| 'openssh'
	| 'ssh2'
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

/** Code and words for each, and a hint where the code's own is not exact enough. */
const FOUND: Record<ForeignKey, readonly [code: JwtAuthErrorCode, words: string, hint?: string]> = {
	publicKey: ['KEY_IS_PUBLIC', 'A public key'],
	sshPublicKey: ['KEY_IS_PUBLIC', 'An SSH public key'],
	certificate: ['KEY_IS_CERTIFICATE', 'A certificate'],
	csr: ['KEY_IS_CSR', 'A certificate signing request'],
	openssh: ['KEY_OPENSSH', 'An OpenSSH private key'],
	ssh2: [
		'KEY_OPENSSH',
		'An SSH2 private key (ssh.com)',
		'Load it in PuTTYgen, empty both passphrase fields, choose Conversions > Export OpenSSH key and paste that.',
	],
	pgp: ['KEY_PGP', 'A PGP key'],
	putty: ['KEY_PUTTY', 'A PuTTY key (.ppk)'],
	pkcs7: ['KEY_IS_CERTIFICATE', 'A PKCS#7 bundle of certificates'],
	pkcs12: ['KEY_KEYSTORE', 'A PKCS#12 key store (.p12, .pfx)'],
	javaKeyStore: [
		'KEY_KEYSTORE',
		'A Java key store',
		'Take the key out of it with keytool -importkeystore -deststoretype PKCS12 and openssl pkcs12 -nodes.',
	],
	dsa: ['KEY_UNSUPPORTED', 'A DSA key, which no JWT algorithm uses,'],
	ecParameters: [
		'KEY_TRUNCATED',
		'The EC PARAMETERS block alone, without the key that follows it in the file,',
		'Paste the whole file, with its EC PRIVATE KEY block.',
	],
	unknownBlock: ['KEY_MALFORMED', 'A PEM block that is not a private key'],
	token: ['KEY_IS_TOKEN', 'A finished JWT'],
	path: ['KEY_IS_PATH', 'The name of a file'],
	url: [
		'KEY_IS_PATH',
		'A web address',
		'Open the address and paste the key it leads to; keys are not downloaded.',
	],
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

/** What to do if that what was pasted for an algorithm is a shared secret. */
export function secretAdvice({ hash = 'sha256' }: Algorithm): string {
	const name = hash.replace('sha', 'HS');
	return `If this is a shared secret, choose ${name} as Algorithm and paste it into Secret.`;
}

/** The error that names what was found in place of the key that `algorithm` wants. */
export function foreignKeyError(found: ForeignKey, algorithm: Algorithm): JwtAuthError {
	const [code, words, hint] = FOUND[found];
	return wrongKeyError(code, words, wantedKey(algorithm), hint);
}

/** Words for a key, e.g. `A certificate`; undefined stands for a private key. */
export function keyName(found: ForeignKey | undefined): string {
	if (!found) return 'A private key';
	const [name = ''] = FOUND[found][1].split(',');
	return name;
}

/** Well-known PEM blocks that are no private key this package reads; the first that fits. */
const FOREIGN_LABELS: ReadonlyArray<readonly [label: RegExp, found: ForeignKey]> = [
	[/^PGP/, 'pgp'],
	[/^OPENSSH/, 'openssh'],
	[/^SSH2ENCRYPTED/, 'ssh2'],
	[/CERTIFICATEREQUEST$/, 'csr'],
	[/CERTIFICATE$/, 'certificate'],
	[/^(PKCS7|CMS)$/, 'pkcs7'],
	[/^DSAPRIVATEKEY$/, 'dsa'],
	[/^ECPARAMETERS$/, 'ecParameters'],
	[/PUBLICKEY$/, 'publicKey'],
];

/**
 * Recognises a PEM block that is no private key.
 *
 * @param label upper case without blanks
 * @returns undefined for the private keys this package reads
 */
export function foreignPemLabel(label: string): ForeignKey | undefined {
	const known = FOREIGN_LABELS.find(([pattern]) => pattern.test(label))?.[1];
	if (known) return known;
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
	const isPath = KEY_FILE.test(text) && (PATH_START.test(text) || /^[\w .@()/\\-]+$/.test(text));
	return isPath || /^(~|\.{1,2}|[a-z]:)[/\\]/i.test(text) ? 'path' : undefined;
}
