import type { Algorithm } from './algorithms';
import { JwtAuthError } from './errors';
import { jwkProblem } from './jwk';

/**
 * Selects the one key of a JWK Set (RFC 7517 §5) that can sign with an algorithm.
 *
 * @param keys the `keys` member; what is no object is passed over
 * @throws {@link JwtAuthError} `KEY_NOT_IN_SET`, `KEY_AMBIGUOUS`; of a set with a single key, what is
 * wrong with that key
 */
export function selectJwk(keys: readonly unknown[], algorithm: Algorithm): Record<string, unknown> {
	const jwks = keys.filter(
		(key): key is Record<string, unknown> => typeof key === 'object' && key !== null,
	);
	const usable = jwks.filter((jwk) => jwkProblem(jwk, algorithm) === undefined);
	const [first] = usable;
	if (first && usable.length === 1) return first;
	if (first) {
		throw new JwtAuthError(
			'KEY_AMBIGUOUS',
			`The JWK Set has ${usable.length} keys that can sign with ${algorithm.name}.`,
			{ hint: 'Paste the one JWK to sign with.' },
		);
	}
	const [only] = jwks;
	const problem = only && jwks.length === 1 ? jwkProblem(only, algorithm) : undefined;
	throw (
		problem ??
		new JwtAuthError(
			'KEY_NOT_IN_SET',
			jwks.length === 0
				? 'The JWK Set has no keys.'
				: `None of the ${jwks.length} keys of the JWK Set can sign with ${algorithm.name}.`,
		)
	);
}
