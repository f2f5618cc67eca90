import { hasMembers, tryJson } from '../shared/json';
import { MAXIMUM_JSON_DEPTH } from '../shared/strictJson';
import { COMPUTED_CLAIMS } from '../sign/computedClaims';
import type { CredentialData } from './credentialFields';

/**
 * Name of the hidden field in which n8n hands over what is stored in a field, as JSON; see
 * `withExpressionGuards` of the credentials.
 */
export function storedName(field: string): string {
	return `${field}Stored`;
}

/**
 * What is stored in a field, before n8n computes the expressions inside.
 *
 * @param data the credential's fields, expressions resolved
 * @returns the value of a stored JSON text, or a text that is no JSON; undefined for an
 *   expression as a whole and for a field with nothing in it
 */
export function readStored(data: CredentialData, field: string): unknown {
	const json = data[storedName(field)];
	return typeof json === 'string' ? tryJson(json) : undefined;
}

/** Whether a member of this name, at any depth, is an expression. */
function isComputed(value: unknown, name: string, depth = 0): boolean {
	// What is deeper is refused as JSON.
	if (!hasMembers(value) || depth > MAXIMUM_JSON_DEPTH) return false;
	return Object.entries(value).some(
		([member, inner]) =>
			(member === name && typeof inner === 'string' && inner.startsWith('=')) ||
			isComputed(inner, name, depth + 1),
	);
}

/**
 * Claims that the stored payload holds as an expression, of those without which a token may be good
 * for more. n8n takes one out whose expression finds nothing; see `assertComputed`.
 */
export function computedClaims(data: CredentialData): string[] {
	const payload = readStored(data, 'payload');
	return COMPUTED_CLAIMS.filter((claim) => isComputed(payload, claim));
}
