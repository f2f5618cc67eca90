import { parseKeyJson, pickKeyJson } from './keyJson';
import { jwkPurposeProblem } from './jwk';
import { unquote } from './pastedText';
import { isObject } from '../shared/json';

/** Types of keys that have a public half; "oct" has none. */
const PUBLIC_KEY_TYPES: readonly unknown[] = ['RSA', 'EC', 'OKP', 'AKP'];

/** What may be told of a JWK, RFC 7518 §6, RFC 8037 §2, RFC 9964 §3; everything else is left out. */
const PUBLIC_MEMBERS = ['kty', 'crv', 'n', 'e', 'x', 'y', 'pub', 'kid', 'alg'];

function publicMembers(jwk: Record<string, unknown>): Record<string, unknown> {
	return Object.fromEntries(Object.entries(jwk).filter(([name]) => PUBLIC_MEMBERS.includes(name)));
}

function keysOfSet(text: string): readonly unknown[] | undefined {
	const json = parseKeyJson(unquote(text));
	if (json === undefined) return undefined;
	const found = pickKeyJson(json);
	return found.kind === 'set' ? found.keys : undefined;
}

/** Whether a text is a JWK Set, of which Key ID names a key; what is wrong with it is told elsewhere. */
export function holdsKeySet(text: string): boolean {
	try {
		return keysOfSet(text) !== undefined;
	} catch {
		return false;
	}
}

/**
 * The public halves of all keys in a pasted JWK Set that are made for signatures.
 *
 * @param text as pasted into Private Key
 * @returns public members alone; empty where the text is no set
 * @throws {@link JwtAuthError} `KEY_JSON_UNKNOWN`, `KEY_AMBIGUOUS`
 */
export function publicKeysOfSet(text: string): Array<Record<string, unknown>> {
	return (keysOfSet(text) ?? [])
		.filter(isObject)
		.filter(({ kty }) => PUBLIC_KEY_TYPES.includes(kty))
		.filter((jwk) => jwkPurposeProblem(jwk, 'sign') === undefined)
		.map(publicMembers);
}
