import { hasMembers } from './json';
import { JwtAuthError } from '../errors';
import { holdsExpression } from './expressionText';
import { MAXIMUM_JSON_DEPTH } from './strictJson';

/** Longest part of a member's path that a message shows. */
const MAXIMUM_SHOWN = 60;

/** Names of the members down to a value; positions in lists are left out. */
type Path = readonly string[];

/**
 * Finds the first text that matches, at any depth; names of members are texts too.
 *
 * @returns the path of the member; undefined when there is none
 */
export function findText(
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
