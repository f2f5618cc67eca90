import type { CredentialData } from './credentialFields';
import { isMarkedExpression } from '../shared/expressionText';
import { hasMembers, tryJson } from '../shared/json';
import {
	findText,
	nestedExpressionError,
	refuseUnmarkedExpressions,
} from '../shared/unresolvedExpression';
import { readStored } from './storedContent';

/** JSON text as a value; an object is one that an expression gave, so nobody wrote it in the form. */
function readJson(value: unknown): unknown {
	return typeof value === 'string' ? tryJson(value) : undefined;
}

/** Whether a text is what is left of an expression inside another. */
function isUnresolved(text: string): boolean {
	return text.startsWith('=') && !isMarkedExpression(text);
}

/** The JSON fields of all credential types, as the person calls them. */
const JSON_FIELDS: Readonly<Record<string, string>> = {
	payload: 'Payload',
	headerParameters: 'Header Parameters',
	additionalHeaders: 'Additional Headers',
	bodyParameters: 'Additional Body Parameters',
	exchangeHeaders: 'Exchange Headers',
	metadata: 'Metadata',
};

/**
 * Refuses a credential in which an expression is not computed as it was meant: written as plain text,
 * or inside a JSON field that is an expression as a whole.
 *
 * A value that came from an expression is data and may hold braces, so plain text is looked for in
 * what is stored. What is stored of an expression as a whole n8n does not hand over; there a value
 * that begins with "=" gives it away, unless n8n left `expressionsApart`, saying that no stored value
 * begins with an expression.
 *
 * @param data the credential's fields, expressions resolved
 * @throws {@link JwtAuthError} `EXPRESSION_UNRESOLVED`
 */
export function assertExpressionsInPlace(data: CredentialData): void {
	for (const [name, label] of Object.entries(JSON_FIELDS)) {
		const stored = readStored(data, name);
		if (hasMembers(stored)) refuseUnmarkedExpressions(stored, label);
		if (stored !== undefined || data.expressionsApart === true) continue;
		const path = findText(readJson(data[name]), isUnresolved);
		if (path) throw nestedExpressionError(label, path);
	}
	const hint = 'Switch Key ID to Expression; it is then stored as ={{ $json.keyId }}';
	refuseUnmarkedExpressions(readStored(data, 'keyId'), 'Key ID', hint);
}
