import { ALGORITHMS } from '../keys/algorithms';
import { JwtAuthError } from '../errors';
import { unquote } from '../keys/pastedText';
import { signingKey } from '../keys/signingKeyCache';
import type { SigningKeySettings } from '../keys/types';
import { splitGhostKey } from '../keys/ghostKey';
import { parseKeyJson, pickKeyJson } from '../keys/keyJson';
import { verificationKeyOf, type VerificationKey } from '../keys/verificationKey';

/** Most keys taken from one JWK Set; each may have to be tried. */
const MAXIMUM_KEYS = 100;

/** What a pasted secret can verify, and what it is too short for. */
export interface SecretKeys {
	/** At least one, each for one HS algorithm. */
	readonly keys: readonly VerificationKey[];
	/** `KEY_TOO_SHORT` by the `alg` that none of the keys is long enough for. */
	readonly unusable: ReadonlyMap<string, JwtAuthError>;
}

/** The text, or that of each JWK where it is a JWK Set: any of them may have signed. */
function secretTexts(text: string): string[] {
	const json = parseKeyJson(unquote(text));
	const found = json && pickKeyJson(json);
	if (found?.kind !== 'set' || found.keys.length === 0) return [text];
	return found.keys.slice(0, MAXIMUM_KEYS).map((jwk) => JSON.stringify({ keys: [jwk] }));
}

/**
 * Reads an HMAC secret for the HS algorithms it is long enough for.
 *
 * @throws {@link JwtAuthError} `KEY_MISSING`, `KEY_TOO_SHORT`, `SECRET_ENCODING`, `SECRET_IS_KEY`,
 *   `KEY_JSON_UNKNOWN`, where it is good for no algorithm
 */
export function readSecretKeys(settings: Omit<SigningKeySettings, 'algorithm'>): SecretKeys {
	const keys: VerificationKey[] = [];
	const tooShort = new Map<string, JwtAuthError>();
	let problem: unknown;
	for (const text of secretTexts(settings.key)) {
		for (const { name, family } of ALGORITHMS) {
			// A Ghost key is read as such for HS256 alone; for the others it would be another secret.
			if (family !== 'HMAC' || (name !== 'HS256' && splitGhostKey(text))) continue;
			try {
				const key = signingKey({ ...settings, key: text, algorithm: name });
				keys.push(verificationKeyOf(key, key.keyId));
			} catch (error) {
				problem ??= error;
				if (error instanceof JwtAuthError && error.code === 'KEY_TOO_SHORT') {
					tooShort.set(name, error);
				}
			}
		}
	}
	// A JWK that is for one algorithm alone is refused for the others with less to say.
	if (keys.length === 0) throw [...tooShort.values()][0] ?? problem;
	const usable = new Set(keys.flatMap(({ algorithms }) => algorithms.map(({ name }) => name)));
	return { keys, unusable: new Map([...tooShort].filter(([name]) => !usable.has(name))) };
}
