import { JwtAuthError } from '../errors';
import { hasMembers } from '../shared/json';

/** Claims that null takes out, so that nothing is generated in their place; others by an empty text. */
const TAKEN_OUT_BY_NULL = ['exp', 'jti', 'nbf'];

/**
 * Registered claims (RFC 7519 §4.1) and `scope`, without which a token may be good for more, if the
 * payload holds them as an expression.
 */
export const COMPUTED_CLAIMS = ['iss', 'sub', 'aud', 'scope', 'exp', 'nbf', 'jti'] as const;

/** Whether a value has a member of this name with a value, at any depth. */
function hasClaim(value: unknown, name: string): boolean {
	if (!hasMembers(value)) return false;
	if (!Array.isArray(value) && Object.hasOwn(value, name) && value[name] !== undefined) return true;
	return Object.values(value).some((member) => hasClaim(member, name));
}

/**
 * Refuses claims in which one is missing that an expression of the payload was to give: n8n takes out
 * a claim whose expression finds nothing, and the token without it could be good for more.
 *
 * @param claims the payload, with the claims of the item over it
 * @param computed names of claims that are expressions in the payload, at any depth
 * @throws {@link JwtAuthError} `CLAIM_EMPTY`
 */
export function assertComputed(
	claims: Record<string, unknown>,
	computed: readonly string[] = [],
): void {
	const missing = computed.find((name) => !hasClaim(claims, name));
	if (missing === undefined) return;
	const nothing = TAKEN_OUT_BY_NULL.includes(missing) ? 'null' : '"" (an empty text)';
	throw new JwtAuthError(
		'CLAIM_EMPTY',
		`The claim ${missing} in Payload has no value: its expression finds nothing for this item.`,
		{
			hint: `Correct the expression. To leave the claim out for such items, let it end in ?? ${nothing}.`,
		},
	);
}
