import { JwtAuthError } from '../errors';
import type { Algorithm } from './algorithms';
import { parseKeyJson, pickKeyJson } from './keyJson';
import { jwkProblem, jwkPurposeProblem } from './jwk';
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

/**
 * Selects the one key of a JWK Set (RFC 7517 §5) that can sign with an algorithm. Where keys of the set
 * have the `kid` that is asked for, it is one of those.
 *
 * @param set the `keys` member; what is no object is passed over
 * @param keyId `kid`; empty for any
 * @throws {@link JwtAuthError} `KEY_NOT_IN_SET`, `KEY_AMBIGUOUS`; of a set with a single key, what is
 * wrong with that key
 */
export function selectJwk(
	set: readonly unknown[],
	algorithm: Algorithm,
	keyId = '',
): Record<string, unknown> {
	const all = set.filter(isObject);
	const named = all.filter(({ kid }) => keyId !== '' && kid === keyId);
	const jwks = named.length > 0 ? named : all;
	const problems = jwks.map((jwk) => jwkProblem(jwk, algorithm));
	const usable = jwks.filter((_, index) => problems[index] === undefined);
	if (usable.length > 1) {
		throw new JwtAuthError(
			'KEY_AMBIGUOUS',
			`The JWK Set has ${usable.length} keys that can sign with ${algorithm.name}.`,
			{ hint: 'Enter the "kid" of the one that signs in Key ID, or paste that JWK alone.' },
		);
	}
	if (usable[0]) return usable[0];
	if (jwks.length === 1 && problems[0]) throw problems[0];
	throw new JwtAuthError(
		'KEY_NOT_IN_SET',
		jwks.length === 0
			? 'The JWK Set has no keys.'
			: `None of the ${jwks.length} keys of the JWK Set can sign with ${algorithm.name}.`,
	);
}
