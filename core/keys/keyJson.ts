import { isObject } from '../shared/json';
import { findFiledKey } from './keyFile';
import { wrongKeyError } from './wrongKey';

/** What a JSON text holds that a key can be made from. */
export type KeyJson =
	| { readonly kind: 'jwk'; readonly jwk: Record<string, unknown> }
	| { readonly kind: 'set'; readonly keys: readonly unknown[] }
	| {
			readonly kind: 'text';
			/** A key in a text form again: PEM, Base64 or JSON. */
			readonly text: string;
			readonly keyId?: string;
			readonly passphrase?: string;
	  };

/** The value if it is a text that is not empty. */
export function nonEmptyText(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? value : undefined;
}

/**
 * Parses a JSON object or array, with the escaping and line breaks of a text that went through an
 * environment file or another JSON text undone.
 *
 * @param plain text without quotes around it
 * @returns undefined where it is not JSON
 */
export function parseKeyJson(plain: string): object | undefined {
	if (!/^[{[]/.test(plain)) return undefined;
	const repaired = plain
		.replace(/\\{1,8}(?:"|u0022)/gi, '"')
		.replace(/\\{1,8}[rnt]/g, ' ')
		.replace(/[\r\n\t]/g, ' ');
	for (const candidate of [plain, repaired]) {
		try {
			return JSON.parse(candidate) as object;
		} catch {
			// V8 quotes the text in its message, so nothing of the error may be kept.
		}
	}
	return undefined;
}

/**
 * Picks the key out of parsed JSON: a JWK (RFC 7517 §4), a JWK Set (§5), an array of JWKs, or a
 * vendor's key file as {@link findFiledKey} reads it.
 *
 * @throws {@link JwtAuthError} `KEY_JSON_UNKNOWN`, `KEY_AMBIGUOUS`
 */
export function pickKeyJson(value: object): KeyJson {
	if (isObject(value)) {
		if (Array.isArray(value.keys)) return { kind: 'set', keys: value.keys };
		if ('kty' in value) return { kind: 'jwk', jwk: value };
		const filed = findFiledKey(value);
		if (filed) {
			const { key, keyId, passphrase } = filed;
			if (typeof key === 'string') return { kind: 'text', text: key, keyId, passphrase };
			return { kind: 'jwk', jwk: keyId === undefined ? key : { kid: keyId, ...key } };
		}
	}
	const isList = Array.isArray(value);
	if (isList && value.some((item) => isObject(item) && 'kty' in item)) {
		return { kind: 'set', keys: value };
	}
	const found = isList ? 'A JSON array without any JWK' : 'JSON without a key in it';
	throw wrongKeyError('KEY_JSON_UNKNOWN', found, 'a key is expected');
}
