import { JwtAuthError } from './errors';

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

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown): string | undefined {
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
			const value: object = JSON.parse(candidate);
			return value;
		} catch {
			// V8 quotes the text in its message, so nothing of the error may be kept.
		}
	}
	return undefined;
}

/**
 * Picks the key out of parsed JSON: a JWK (RFC 7517 §4), a JWK Set (§5) or an array of JWKs, the key
 * files of Google (`private_key`, `private_key_id`), Coinbase (`privateKey`, `name` or `id`) and Box
 * (`boxAppSettings.appAuth`: `privateKey`, `passphrase`, `publicKeyID`).
 *
 * @throws {@link JwtAuthError} `KEY_JSON_UNKNOWN`
 */
export function pickKeyJson(value: object): KeyJson {
	if (Array.isArray(value) && value.some((item) => isObject(item) && 'kty' in item)) {
		return { kind: 'set', keys: value };
	}
	if (isObject(value)) {
		if (Array.isArray(value.keys)) return { kind: 'set', keys: value.keys };
		if ('kty' in value) return { kind: 'jwk', jwk: value };
		if (isObject(value.private_key)) return { kind: 'jwk', jwk: value.private_key };
		if (isObject(value.privateKey)) return { kind: 'jwk', jwk: value.privateKey };

		const google = text(value.private_key);
		if (google) return { kind: 'text', text: google, keyId: text(value.private_key_id) };

		const coinbase = text(value.privateKey);
		if (coinbase) {
			return { kind: 'text', text: coinbase, keyId: text(value.name) ?? text(value.id) };
		}

		const box = isObject(value.boxAppSettings) ? value.boxAppSettings.appAuth : undefined;
		const boxKey = isObject(box) ? text(box.privateKey) : undefined;
		if (isObject(box) && boxKey) {
			const keyId = text(box.publicKeyID);
			return { kind: 'text', text: boxKey, keyId, passphrase: text(box.passphrase) };
		}
	}
	throw new JwtAuthError(
		'KEY_JSON_UNKNOWN',
		Array.isArray(value)
			? 'A JSON array without any JWK was found where a key is expected.'
			: 'JSON without a key in it was found where a key is expected.',
	);
}
