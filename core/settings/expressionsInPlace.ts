import { tryJson } from '../shared/json';
import type { CredentialData } from './credentialFields';
import { isMarkedExpression } from '../shared/expressionText';
import {
	findText,
	nestedExpressionError,
	refuseUnmarkedExpressions,
} from '../shared/unresolvedExpression';

/** The JSON fields of all credential types, as the person calls them. */
const JSON_FIELDS: Readonly<Record<string, string>> = {
	payload: 'Payload',
	headerParameters: 'Header Parameters',
	additionalHeaders: 'Additional Headers',
	bodyParameters: 'Additional Body Parameters',
	exchangeHeaders: 'Exchange Headers',
	metadata: 'Metadata',
};

/** JSON text as a value; an object is one that an expression gave, so nobody wrote it in the form. */
function readJson(value: unknown): unknown {
	return typeof value === 'string' ? tryJson(value) : undefined;
}

/**
 * Refuses a credential in which an expression is not computed as it was meant: written as plain text,
 * or inside a JSON field that is an expression as a whole.
 *
 * A value that came from an expression is data and may hold braces. Two fields tell them apart, which
 * n8n leaves in the data only where the stored texts are as they should be; see
 * `withExpressionGuards` of the credentials. Without `expressionsMarked` every value counts as
 * written by hand; without `expressionsApart` beside it, one field is an expression within another.
 *
 * @param data the credential's fields, expressions resolved
 * @throws {@link JwtAuthError} `EXPRESSION_UNRESOLVED`
 */
export function assertExpressionsInPlace(data: CredentialData): void {
	const isMarked = data.expressionsMarked === true;
	if (isMarked && data.expressionsApart === true) return;
	const fields = Object.entries(JSON_FIELDS).map(
		([name, label]) => [readJson(data[name]), label] as const,
	);
	if (isMarked) {
		for (const [value, label] of fields) {
			const path = findText(value, (text) => text.startsWith('=') && !isMarkedExpression(text));
			if (path) throw nestedExpressionError(label, path);
		}
		return;
	}
	for (const [value, label] of fields) refuseUnmarkedExpressions(value, label);
	const hint = 'Switch Key ID to Expression; it is then stored as ={{ $json.keyId }}';
	refuseUnmarkedExpressions(data.keyId, 'Key ID', hint);
}
