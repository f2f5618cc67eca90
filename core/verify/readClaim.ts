/**
 * Reads a claim by its name, or, where there is none of that name, by a path of names joined by dots.
 *
 * @param name `role`, `https://example.com/role` or `realm_access.roles`
 * @returns undefined where the token has no such claim of its own
 */
export function readClaim(payload: Record<string, unknown>, name: string): unknown {
	if (Object.hasOwn(payload, name)) return payload[name];
	let value: unknown = payload;
	for (const step of name.split('.')) {
		if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step))
			return undefined;
		value = (value as Record<string, unknown>)[step];
	}
	return value;
}

function scopesOf(value: unknown): string[] {
	if (Array.isArray(value)) return value.filter((scope) => typeof scope === 'string');
	return typeof value === 'string' ? value.split(' ').filter((scope) => scope !== '') : [];
}

/**
 * The scopes a token grants: words of a text (RFC 6749 §3.3, RFC 9068 §2.2.3) or members of a list.
 *
 * @param claim name of the claim; default: `scope` (the standard's) and `scp` (Entra ID, Okta)
 */
export function tokenScopes(payload: Record<string, unknown>, claim?: string): Set<string> {
	const names = claim === undefined ? ['scope', 'scp'] : [claim];
	return new Set(names.flatMap((name) => scopesOf(readClaim(payload, name))));
}
