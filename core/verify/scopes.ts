import { JwtAuthError } from '../errors';
import { readMember } from '../shared/objectPath';

function scopesOf(value: unknown): string[] {
	if (Array.isArray(value)) return value.filter((scope) => typeof scope === 'string');
	return typeof value === 'string' ? value.split(' ').filter((scope) => scope !== '') : [];
}

/**
 * The scopes a token grants: words of a text (RFC 6749 §3.3, RFC 9068 §2.2.3) or members of a list.
 *
 * @param claim name or path of the claim, see {@link readMember}; default: `scope` (the standard's) and
 *   `scp` (Entra ID, Okta)
 */
export function tokenScopes(payload: Record<string, unknown>, claim?: string): Set<string> {
	const names = claim === undefined ? ['scope', 'scp'] : [claim];
	return new Set(names.flatMap((name) => scopesOf(readMember(payload, name))));
}

/**
 * Refuses a token that does not grant all the scopes that are wanted, RFC 6750 §3.1.
 *
 * @param claim as for {@link tokenScopes}
 * @throws {@link JwtAuthError} `SCOPE_MISSING`
 */
export function checkScopes(
	payload: Record<string, unknown>,
	wanted: readonly string[],
	claim?: string,
): void {
	const granted = tokenScopes(payload, claim);
	const missing = wanted.filter((scope) => !granted.has(scope));
	if (missing.length === 0) return;
	throw new JwtAuthError('SCOPE_MISSING', `The token lacks the scope ${missing.join(' ')}.`);
}
