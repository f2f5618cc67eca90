import { JwtAuthError } from '../errors';
import { isObject } from '../shared/json';

/** A private key found in somebody's key file, and what stands beside it. */
export interface FiledKey {
	/** A key in a text form, or a JWK. */
	readonly key: string | Record<string, unknown>;
	readonly keyId?: string;
	readonly passphrase?: string;
}

/** Box files its key two levels down; nobody goes deeper. */
const MAXIMUM_DEPTH = 3;

// All names are compared in lower case and without anything but letters and digits.
const PRIVATE_KEY_NAMES = new Set([
	...['privatekey', 'privatekeypem', 'privatekeydata', 'privatekeyjwk', 'privatepem', 'privatejwk'],
	...['pemprivatekey', 'rsaprivatekey', 'ecprivatekey', 'jwkprivatekey'],
]);

/** Names that mean many things; what they hold has to look like a private key. */
const OTHER_KEY_NAMES = new Set(['key', 'pem', 'jwk', 'keypem', 'pemkey', 'keydata', 'signingkey']);

/** Names that can mean nothing but the ID of the key. */
const KEY_ID_NAMES = new Set([
	...['kid', 'keyid', 'privatekeyid', 'publickeyid', 'signingkeyid', 'keypairid', 'jwkkid'],
]);

const PASSPHRASE_NAMES = new Set(['passphrase', 'privatekeypassphrase', 'keypassphrase']);

/** What a file tells of a key itself; `id` beside anything else may be of a user, an app, a project. */
const KEY_FACT_NAMES = new Set([
	...['id', 'name', 'publickey', 'algorithm', 'alg', 'keyalgorithm', 'keytype', 'keysize'],
	...['createdat', 'expiresat', 'serviceaccountid', 'useraccountid'],
]);

const ID = new Set(['id']);
const NAME = new Set(['name']);

/** What Coinbase calls the "name" of a key is its ID; elsewhere a name is for people. */
const COINBASE_NAME = /^(organizations\/|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$)/i;

const plainName = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** The values under any of the names, each once. */
function valuesOf(file: Record<string, unknown>, names: ReadonlySet<string>): unknown[] {
	const named = Object.entries(file).filter(([name]) => names.has(plainName(name)));
	return [...new Set(named.map(([, value]) => value))];
}

function textsOf(file: Record<string, unknown>, names: ReadonlySet<string>): string[] {
	return valuesOf(file, names).filter(
		(value): value is string => typeof value === 'string' && value.trim() !== '',
	);
}

function isPrivateJwk(value: unknown): value is Record<string, unknown> {
	if (!isObject(value) || typeof value.kty !== 'string') return false;
	return ['d', 'priv', 'k'].some((member) => typeof value[member] === 'string');
}

/** PEM, perhaps in Base64, a JWK as text, or DER of a private key in Base64. */
function looksPrivate(text: string): boolean {
	return /PRIVATE\s?KEY\s?-|^\s*(\{|LS0tLS1CRUdJTi|M[CEGHI][\w+/]{40})/i.test(text);
}

function isKey(value: unknown): value is FiledKey['key'] {
	return isObject(value) ? 'kty' in value : typeof value === 'string' && value.trim() !== '';
}

function looksLikeKey(value: unknown): value is FiledKey['key'] {
	return typeof value === 'string' ? looksPrivate(value) : isPrivateJwk(value);
}

/** The ID of the key, if the file leaves no doubt which it is. */
function keyIdIn(file: Record<string, unknown>): string | undefined {
	const named = textsOf(file, KEY_ID_NAMES);
	if (named.length > 0) return named.length === 1 ? named[0] : undefined;
	const [coinbaseName] = textsOf(file, NAME).filter((name) => COINBASE_NAME.test(name));
	if (coinbaseName !== undefined && 'privateKey' in file) return coinbaseName;
	const isAboutTheKey = Object.keys(file).every(
		(name) => PRIVATE_KEY_NAMES.has(plainName(name)) || KEY_FACT_NAMES.has(plainName(name)),
	);
	return isAboutTheKey ? textsOf(file, ID)[0] : undefined;
}

function keysIn(file: Record<string, unknown>): Array<FiledKey['key']> {
	const named = valuesOf(file, PRIVATE_KEY_NAMES).filter(isKey);
	return named.length > 0 ? named : valuesOf(file, OTHER_KEY_NAMES).filter(looksLikeKey);
}

interface Holding {
	/** What the key stands in. */
	readonly holder: Record<string, unknown>;
	readonly key: FiledKey['key'];
}

function holdings(holder: Record<string, unknown>): Holding[] {
	if (isPrivateJwk(holder)) return [{ holder: {}, key: holder }];
	return keysIn(holder).map((key) => ({ holder, key }));
}

function ambiguousKeyError(count: number): JwtAuthError {
	return new JwtAuthError(
		'KEY_AMBIGUOUS',
		`The JSON has ${count} private keys where one is expected.`,
		{ hint: 'Paste the one key to sign with, and its ID in Key ID.' },
	);
}

/**
 * Finds the private key in a vendor's key file by the names that are usual, at the top or up to three
 * levels below, with the key ID and the passphrase that stand beside it: Google, Yandex, Zitadel,
 * Huawei, Coinbase, Box, eBay, fastlane and others of the kind.
 *
 * @param file parsed JSON, not itself a JWK
 * @returns undefined where there is none; no `keyId` where it is not certain which it is
 * @throws {@link JwtAuthError} `KEY_AMBIGUOUS` where there are several on one level
 */
export function findFiledKey(file: Record<string, unknown>): FiledKey | undefined {
	let level = [file];
	for (let depth = 0; depth <= MAXIMUM_DEPTH && level.length > 0; depth += 1) {
		const found = level.flatMap(holdings);
		if (found.length > 1) throw ambiguousKeyError(found.length);
		const [only] = found;
		if (only) {
			const passphrases = textsOf(only.holder, PASSPHRASE_NAMES);
			const passphrase = passphrases.length === 1 ? passphrases[0] : undefined;
			return { key: only.key, keyId: keyIdIn(only.holder), passphrase };
		}
		level = level.flatMap((holder) => Object.values(holder).filter(isObject));
	}
	return undefined;
}
