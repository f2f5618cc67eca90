import { JwtAuthError } from '../errors';
import { holdsExpression } from './expressionText';

/** Deepest nesting of objects and arrays accepted in JSON. */
export const MAXIMUM_JSON_DEPTH = 64;

const EXPRESSION_HINT =
	'Put each expression between the quotes of one value: "sub": "={{ $json.user }}". Numbers, lists and objects stay what they are.';

/** What {@link scanJson} needs to know beside the text. */
export interface ScanOptions {
	/** What the person calls the text, for messages, e.g. `payload`. */
	field: string;
	/** Whether numbers that JavaScript would round are refused. */
	refuseRounding: boolean;
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const LITERAL = /true|false|null/y;
/** A string without its closing quote, as far as it is well-formed, RFC 8259 §7. */
const STRING =
	/"[\x20\x21\x23-\x5b\x5d-\u{10ffff}]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[\x20\x21\x23-\x5b\x5d-\u{10ffff}]*)*/uy;

/**
 * Checks that text is JSON (RFC 8259) that every reader understands alike: strict grammar, no
 * duplicate member (RFC 7519 §4, RFC 8725 §2.6), no `__proto__`, no number out of range.
 *
 * @param text read as it is; a byte order mark is malformed
 * @throws {@link JwtAuthError} `JSON_MALFORMED` with line and column, `JSON_DUPLICATE_MEMBER`,
 *   `JSON_MEMBER_FORBIDDEN`, `JSON_NUMBER_TOO_LARGE`, `JSON_TOO_LARGE`
 */
export function scanJson(text: string, { field, refuseRounding }: ScanOptions): void {
	let position = 0;

	/** The error for the place that was reached; it never quotes the text, which may hold a secret. */
	function malformedJsonError(): JwtAuthError {
		const before = text.slice(0, position).split(/\r\n|\r|\n/);
		const place = `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`;
		const what = position >= text.length ? 'it ends too early, at' : 'see';
		const message = `The ${field} is not valid JSON: ${what} ${place}.`;
		const hint = holdsExpression(text) ? EXPRESSION_HINT : undefined;
		return new JwtAuthError('JSON_MALFORMED', message, { hint });
	}

	function skipBlanks(): void {
		while (' \t\n\r'.includes(text[position] ?? 'x')) position += 1;
	}

	function take(character: string): boolean {
		skipBlanks();
		if (text[position] !== character) return false;
		position += 1;
		return true;
	}

	function match(pattern: RegExp): string | undefined {
		pattern.lastIndex = position;
		const found = pattern.exec(text)?.[0];
		position += found?.length ?? 0;
		return found;
	}

	/** A string as it stands, without its quotes. */
	function string(): string {
		skipBlanks();
		const content = match(STRING);
		if (content === undefined || text[position] !== '"') throw malformedJsonError();
		position += 1;
		return content.slice(1);
	}

	function literalOrNumber(): void {
		if (match(LITERAL) !== undefined) return;
		const number = match(NUMBER);
		if (number === undefined) throw malformedJsonError();
		const rounded = /^-?\d+$/.test(number) && !Number.isSafeInteger(Number(number));
		if (!Number.isFinite(Number(number)) || (refuseRounding && rounded)) {
			throw new JwtAuthError(
				'JSON_NUMBER_TOO_LARGE',
				`The ${field} has a number with more digits than can be kept exactly.`,
			);
		}
	}

	/** The rest of an object or array, once its first character is taken. */
	function items(end: string, item: () => void): void {
		if (take(end)) return;
		do item();
		while (take(','));
		if (!take(end)) throw malformedJsonError();
	}

	function member(names: Set<string>): void {
		const written = string();
		const name = written.includes('\\') ? String(JSON.parse(`"${written}"`)) : written;
		if (name === '__proto__') {
			throw new JwtAuthError('JSON_MEMBER_FORBIDDEN', `The ${field} has a member named __proto__.`);
		}
		if (names.has(name)) {
			const shown = name.length > 40 ? `${name.slice(0, 40)}…` : name;
			throw new JwtAuthError(
				'JSON_DUPLICATE_MEMBER',
				`The ${field} has the member "${shown}" twice in the same object.`,
			);
		}
		names.add(name);
		if (!take(':')) throw malformedJsonError();
	}

	function value(depth: number): void {
		if (depth > MAXIMUM_JSON_DEPTH) {
			throw new JwtAuthError(
				'JSON_TOO_LARGE',
				`The ${field} is nested more than ${MAXIMUM_JSON_DEPTH} levels deep.`,
			);
		}
		if (take('{')) {
			const names = new Set<string>();
			items('}', () => {
				member(names);
				value(depth + 1);
			});
		} else if (take('[')) items(']', () => value(depth + 1));
		else if (text[position] === '"') string();
		else literalOrNumber();
	}

	value(0);
	skipBlanks();
	if (position < text.length) throw malformedJsonError();
}
