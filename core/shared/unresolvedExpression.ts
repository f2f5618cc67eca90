import { hasMembers, tryJson } from './json';
import type { CredentialData } from '../settings/credentialFields';
import { JwtAuthError } from '../errors';
import { holdsExpression, isMarkedExpression } from './expressionText';

import { MAXIMUM_JSON_DEPTH } from './strictJson';

/** The JSON fields of all credential types, as the person calls them. */
const JSON_FIELDS: Readonly<Record<string, string>> = {
	payload: 'Payload',
	headerParameters: 'Header Parameters',
	additionalHeaders: 'Additional Headers',
	bodyParameters: 'Additional Body Parameters',
	exchangeHeaders: 'Exchange Headers',
	metadata: 'Metadata',
};

/** Longest part of a member's path that a message shows. */
const MAXIMUM_SHOWN = 60;

/** Names of the members down to a value; positions in lists are left out. */
type Path = readonly string[];

/**
 * Finds the first text that matches, at any depth; names of members are texts too.
 *
 * @returns the path of the member; undefined when there is none
 */
function findText(
	value: unknown,
	matches: (text: string) => boolean,
	path: Path = [],
	depth = 0,
): Path | undefined {
	if (typeof value === 'string') return matches(value) ? path : undefined;
	// What is deeper is refused as JSON.
	if (!hasMembers(value) || depth > MAXIMUM_JSON_DEPTH) return undefined;
	for (const [name, member] of Object.entries(value)) {
		const inner = Array.isArray(value) ? path : [...path, name];
		const found = matches(name) ? inner : findText(member, matches, inner, depth + 1);
		if (found) return found;
	}
	return undefined;
}

function shown(path: Path): string {
	const whole = path.join('.');
	return whole.length > MAXIMUM_SHOWN ? `${whole.slice(0, MAXIMUM_SHOWN)}…` : whole;
}

function safeForm(path: Path): string {
	const name = path.at(-1) ?? '';
	return `"${/^[\w-]{1,40}$/.test(name) ? name : 'sub'}": "={{ $json.user }}"`;
}

/** Whether a text was meant to be computed, but lacks the `=` that says so. */
function isUnmarked(text: string): boolean {
	return !text.startsWith('=') && holdsExpression(text);
}

/**
 * Refuses a value, as it stands in a form, in which an expression is written as plain text: it would
 * be signed or sent as it is.
 *
 * @param value text, or JSON with texts at any depth
 * @param label the field as the person calls it
 * @param hint what to do about it; default: how to mark the expression inside JSON
 * @throws {@link JwtAuthError} `EXPRESSION_UNRESOLVED`
 */
export function refuseUnmarkedExpressions(value: unknown, label: string, hint?: string): void {
	const path = findText(value, isUnmarked);
	if (!path) return;
	const where = path.length > 0 ? `${shown(path)} in ${label}` : label;
	throw new JwtAuthError(
		'EXPRESSION_UNRESOLVED',
		`${where} holds {{ … }} as plain text, which is not computed.`,
		{ hint: hint ?? `Put "=" first inside the quotes: ${safeForm(path)}` },
	);
}

/**
 * The refusal of a JSON field that is an expression as a whole and has expressions inside its values
 * too: it would give values that begin with "=", and data could add members.
 */
export function nestedExpressionError(label: string, path: Path = []): JwtAuthError {
	return new JwtAuthError(
		'EXPRESSION_UNRESOLVED',
		`${label} is an expression as a whole, and has expressions inside its values as well.`,
		{ hint: `Switch ${label} from Expression to Fixed, and keep the form ${safeForm(path)}` },
	);
}

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
