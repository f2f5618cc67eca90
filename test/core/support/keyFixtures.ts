import { execFileSync } from 'node:child_process';
import { createPublicKey, generateKeyPairSync, KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const PASSPHRASE = 'correct horse battery staple';

export interface Family {
	algorithm: string;
	privateKey: KeyObject;
}

export const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
export const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
export const ed25519 = generateKeyPairSync('ed25519').privateKey;
export const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey;
export const p521 = generateKeyPairSync('ec', { namedCurve: 'P-521' }).privateKey;
const secp256k1 = generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).privateKey;

export const FAMILIES: Record<string, Family> = {
	'RSA 2048': { algorithm: 'RS256', privateKey: rsa },
	'EC P-256': { algorithm: 'ES256', privateKey: ec },
	'EC P-384': { algorithm: 'ES384', privateKey: p384 },
	'EC P-521': { algorithm: 'ES512', privateKey: p521 },
	'EC secp256k1': { algorithm: 'ES256K', privateKey: secp256k1 },
	Ed25519: { algorithm: 'EdDSA', privateKey: ed25519 },
};

export function pem(key: KeyObject, type: 'pkcs8' | 'pkcs1' | 'sec1', cipher?: string): string {
	const encryption = cipher ? { cipher, passphrase: PASSPHRASE } : {};
	return key.export({ format: 'pem', type, ...encryption } as never).toString();
}

export const publicPem = (key: KeyObject): string =>
	createPublicKey(key).export({ format: 'pem', type: 'spki' }).toString();

export const spki = (key: KeyObject): string =>
	createPublicKey(key).export({ format: 'der', type: 'spki' }).toString('hex');

export const jwk = (key: KeyObject): Record<string, unknown> => ({
	...key.export({ format: 'jwk' }),
});

/** Every PEM form a key of this family comes in. */
export function pemFormats({ privateKey }: Family): Record<string, string> {
	const formats: Record<string, string> = {
		'PKCS#8': pem(privateKey, 'pkcs8'),
		'encrypted PKCS#8 (AES-256)': pem(privateKey, 'pkcs8', 'aes-256-cbc'),
		'encrypted PKCS#8 (3DES)': pem(privateKey, 'pkcs8', 'des-ede3-cbc'),
	};
	if (privateKey.asymmetricKeyType === 'rsa') {
		formats['PKCS#1'] = pem(privateKey, 'pkcs1');
		formats['legacy PKCS#1 (AES-128)'] = pem(privateKey, 'pkcs1', 'aes-128-cbc');
		formats['legacy PKCS#1 (3DES)'] = pem(privateKey, 'pkcs1', 'des-ede3-cbc');
	}
	if (privateKey.asymmetricKeyType === 'ec') {
		formats.SEC1 = pem(privateKey, 'sec1');
		formats['legacy SEC1 (AES-256)'] = pem(privateKey, 'sec1', 'aes-256-cbc');
		formats['EC PARAMETERS and SEC1'] =
			`-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n${formats.SEC1}`;
	}
	formats['public key and PKCS#8'] = publicPem(privateKey) + pem(privateKey, 'pkcs8');
	return formats;
}

const lines = (text: string): string[] => text.trim().split('\n');
const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** What happens to a PEM text between the file and the form. */
export const PEM_MANGLINGS: Record<string, (text: string) => string> = {
	'as it is': (text) => text,
	'newlines lost to spaces': (text) => text.replace(/\n/g, ' '),
	'newlines lost': (text) => text.replace(/\n/g, ''),
	'literal \\n': (text) => text.replace(/\n/g, '\\n'),
	'literal \\r\\n': (text) => text.replace(/\n/g, '\\r\\n'),
	'literal \\\\n': (text) => text.replace(/\n/g, '\\\\n'),
	'literal \\n and newline': (text) => text.replace(/\n/g, '\\n\n'),
	CRLF: (text) => text.replace(/\n/g, '\r\n'),
	CR: (text) => text.replace(/\n/g, '\r'),
	'double quotes': (text) => `"${text}"`,
	'single quotes and comma': (text) => `'${text.trim()}',`,
	'JSON string': (text) => JSON.stringify(text),
	'JSON string twice': (text) => JSON.stringify(JSON.stringify(text)),
	'JSON member': (text) => `"private_key": ${JSON.stringify(text)},`,
	'\\u002B and \\/': (text) =>
		text
			.replace(/\n/g, '\\n')
			.replace(/\+/g, '\\u002B')
			.replace(/\//g, '\\/')
			.replace(/=/g, '\\u003d'),
	'quoted lines': (text) =>
		lines(text)
			.map((line) => `"${line}\\n"`)
			.join('\n'),
	indentation: (text) => text.replace(/^/gm, '    \t'),
	'trailing blanks': (text) => text.replace(/\n/g, ' \t \n'),
	'blank lines': (text) => text.replace(/\n/g, '\n\n'),
	'body in one line': (text) => text.replace(/(?<=[\w+/=])\n(?=[\w+/=]+$)/gm, ''),
	'text around': (text) => `Bag Attributes\n    friendlyName: my key\n${text}\nkind regards`,
	'YAML block': (text) => `private_key: |\n${text.replace(/^/gm, '  ')}`,
	'typographic dashes': (text) => text.replace(/-----/g, '\u2014\u2014\u2013'),
	'byte order mark': (text) => `\uFEFF${text}`,
	'zero-width spaces': (text) => text.replace(/\n/g, '\u200B\n'),
	'no-break spaces': (text) => text.replace(/\n/g, '\u00A0\n'),
	'whole text in Base64': base64,
	'whole text in Base64, wrapped': (text) => base64(text).replace(/.{76}/g, '$&\n'),
	'whole text in Base64URL': (text) => Buffer.from(text).toString('base64url'),
	'whole text in Base64 twice': (text) => base64(base64(text)),
};

/** Bare DER, for PEM texts with a single block without header lines. */
export const DER_MANGLINGS: Record<string, (text: string) => string> = {
	'Base64 DER': (text) => lines(text).slice(1, -1).join(''),
	'Base64 DER in lines': (text) => lines(text).slice(1, -1).join('\n'),
	'Base64 DER in lines, literal \\n': (text) => lines(text).slice(1, -1).join('\\n'),
	'Base64 DER without padding': (text) => lines(text).slice(1, -1).join('').replace(/=/g, ''),
	'Base64URL DER': (text) =>
		Buffer.from(lines(text).slice(1, -1).join(''), 'base64').toString('base64url'),
	'quoted Base64 DER': (text) => `"${lines(text).slice(1, -1).join('')}"`,
	'no END line': (text) => lines(text).slice(0, -1).join('\n'),
	'no BEGIN line': (text) => lines(text).slice(1).join('\n'),
	'wrong but matching armour': (text) =>
		text.replace(/(BEGIN|END) [A-Z0-9 ]*PRIVATE KEY/g, '$1 PRIVATE KEY'),
};

/** What happens to a JSON key file. */
export const JSON_MANGLINGS: Record<string, (text: string) => string> = {
	'as it is': (text) => text,
	indented: (text) => JSON.stringify(JSON.parse(text), null, 2),
	'CRLF, indented': (text) => JSON.stringify(JSON.parse(text), null, 4).replace(/\n/g, '\r\n'),
	'byte order mark': (text) => `\uFEFF${text}`,
	'JSON string': (text) => JSON.stringify(text),
	'JSON string twice': (text) => JSON.stringify(JSON.stringify(text)),
	'escaped quotes': (text) => text.replace(/"/g, '\\"'),
	'single quotes around': (text) => `'${text}'`,
	'newlines inside strings': (text) => text.replace(/\\n/g, '\n'),
	Base64: base64,
	'Base64 of indented': (text) => base64(JSON.stringify(JSON.parse(text), null, 2)),
};

/** 64 bytes as Coinbase hands them out: seed and public key. */
export function coinbaseEd25519(key: KeyObject): Buffer {
	const { d = '', x = '' } = key.export({ format: 'jwk' });
	return Buffer.concat([Buffer.from(d, 'base64url'), Buffer.from(x, 'base64url')]);
}

/**
 * Runs openssl in a folder of its own and returns what it wrote to stdout.
 *
 * @param files what the folder has; a key alone is written to key.pem
 */
export function openssl(files: KeyObject | Record<string, string>, ...args: string[]): string {
	const folder = mkdtempSync(join(tmpdir(), 'jwt-auth-'));
	try {
		const contents = files instanceof KeyObject ? { 'key.pem': pem(files, 'pkcs8') } : files;
		for (const [name, text] of Object.entries(contents)) writeFileSync(join(folder, name), text);
		const stdio = ['ignore', 'pipe', 'ignore'] as const;
		return execFileSync('openssl', args, { cwd: folder, stdio: [...stdio] }).toString();
	} finally {
		rmSync(folder, { recursive: true });
	}
}

/** A self-signed certificate of the key. */
export const certificate = (key: KeyObject): string =>
	openssl(key, 'req', '-new', '-x509', '-key', 'key.pem', '-subj', '/CN=test', '-days', '30');

/** Base64 body and JWK members of a key text: what no error may quote. */
export function secretParts(text: string): string[] {
	const decoded = text.replace(/\\[nr]/g, '').replace(/-----[^-]+-----/g, ' ');
	return decoded.match(/[\w+/-]{16,}/g) ?? [];
}

/** First run of 8 characters of `parts` that stands in `text`. */
export function leak(text: string, parts: readonly string[]): string | undefined {
	for (const part of parts) {
		for (let start = 0; start + 8 <= part.length; start += 1) {
			const piece = part.slice(start, start + 8);
			if (text.includes(piece)) return piece;
		}
	}
	return undefined;
}
