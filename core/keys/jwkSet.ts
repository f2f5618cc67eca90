import type { Algorithm } from './algorithms';
import { JwtAuthError } from '../errors';
import { isObject } from '../shared/isObject';
import { jwkProblem } from './jwk';

/**
 * Selects the one key of a JWK Set (RFC 7517 §5) that can sign with an algorithm.
 *
 * @param keys the `keys` member; what is no object is passed over
 * @throws {@link JwtAuthError} `KEY_NOT_IN_SET`, `KEY_AMBIGUOUS`; of a set with a single key, what is
 * wrong with that key
 */
export function selectJwk(keys: readonly unknown[], algorithm: Algorithm): Record<string, unknown> {
	const jwks = keys.filter(isObject);
	const problems = jwks.map((jwk) => jwkProblem(jwk, algorithm));
	const usable = jwks.filter((_, index) => problems[index] === undefined);
	if (usable.length > 1) {
		throw new JwtAuthError(
			'KEY_AMBIGUOUS',
			`The JWK Set has ${usable.length} keys that can sign with ${algorithm.name}.`,
			{ hint: 'Paste the one JWK to sign with.' },
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
