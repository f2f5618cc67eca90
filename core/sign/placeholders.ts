import { isObject } from '../shared/json';
import { JwtAuthError } from '../errors';

/** Written inside any text of the payload, replaced by the fingerprint of the public key. */
export const FINGERPRINT_PLACEHOLDER = '{publicKeyFingerprint}';

function fillMembers(
	members: Record<string, unknown>,
	fill: (value: unknown, name: string) => unknown,
): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(members).map(([name, value]) => [name, fill(value, name)]),
	);
}

/**
 * Replaces {@link FINGERPRINT_PLACEHOLDER} in every text value, at any depth; names of members are
 * left alone. What is inserted is public, so a placeholder that arrives in an item's data is harmless.
 *
 * @param claims claims set, left as it is
 * @param fingerprint `SHA256:` and the Base64 of the SHA-256 of the key's SubjectPublicKeyInfo; asked
 *   only when it is needed; absent or undefined for an HMAC secret, which has no public key
 * @returns a copy
 * @throws {@link JwtAuthError} `CLAIM_INVALID` when the key has no public half
 */
export function fillPlaceholders(
	claims: Record<string, unknown>,
	fingerprint: (() => string | undefined) | undefined,
): Record<string, unknown> {
	const insert = (claim: string): string => {
		const inserted = fingerprint?.();
		if (inserted !== undefined) return inserted;
		const shown = claim.length > 40 ? `${claim.slice(0, 40)}…` : claim;
		throw new JwtAuthError(
			'CLAIM_INVALID',
			`The claim ${shown} asks for the fingerprint of a public key, but the key is a secret.`,
			{ hint: 'Choose an algorithm with a private key, or write the value out.' },
		);
	};
	const fill = (value: unknown, claim: string): unknown => {
		if (typeof value === 'string') {
			return value.replaceAll(FINGERPRINT_PLACEHOLDER, () => insert(claim));
		}
		if (Array.isArray(value)) return value.map((element) => fill(element, claim));
		return isObject(value) ? fillMembers(value, (member) => fill(member, claim)) : value;
	};
	return fillMembers(claims, fill);
}
