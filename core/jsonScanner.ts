import { JwtAuthError } from './errors';

/** Deepest nesting of objects and arrays accepted in JSON. */
export const MAXIMUM_JSON_DEPTH = 64;

/** What {@link scanJson} needs to know beside the text. */
export interface ScanOptions {
	/** What the person calls the text, for messages, e.g. `payload`. */
	field: string;
	/** Whether numbers that JavaScript would round are refused. */
	refuseRounding: boolean;
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
/** A string without escapes; what else is allowed in one is read character by character. */
const PLAIN_STRING = /"[^"\\\p{Cc}]*"/uy;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const LITERALS = ['true', 'false', 'null'];

class JsonScanner {
	private position = 0;

	constructor(
		private readonly text: string,
		private readonly options: ScanOptions,
	) {}

	scan(): void {
		this.value(0);
		if (this.position < this.text.length) this.malformed();
	}

	/** Never quotes the text: it may hold a secret. */
	private malformed(): never {
		const before = this.text.slice(0, this.position).split(/\r\n|\r|\n/);
		const place = `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`;
		const what = this.position >= this.text.length ? 'it ends too early, at' : 'see';
		throw new JwtAuthError(
			'JSON_MALFORMED',
			`The ${this.options.field} is not valid JSON: ${what} ${place}.`,
		);
	}

	private skipBlanks(): void {
		while (' \t\n\r'.includes(this.text[this.position] ?? 'x')) this.position += 1;
	}

	private match(pattern: RegExp): string | undefined {
		pattern.lastIndex = this.position;
		const found = pattern.exec(this.text)?.[0];
		if (found !== undefined) this.position += found.length;
		return found;
	}

	private take(character: string): boolean {
		if (this.text[this.position] !== character) return false;
		this.position += 1;
		return true;
	}

	private value(depth: number): void {
		if (depth > MAXIMUM_JSON_DEPTH) {
			throw new JwtAuthError(
				'JSON_TOO_LARGE',
				`The ${this.options.field} is nested more than ${MAXIMUM_JSON_DEPTH} levels deep.`,
			);
		}
		this.skipBlanks();
		if (this.take('{')) this.members(depth + 1);
		else if (this.take('[')) this.elements(depth + 1);
		else if (this.text[this.position] === '"') this.string();
		else this.literal();
		this.skipBlanks();
	}

	private literal(): void {
		const word = LITERALS.find((literal) => this.text.startsWith(literal, this.position));
		if (word !== undefined) {
			this.position += word.length;
			return;
		}
		const number = this.match(NUMBER);
		if (number === undefined) this.malformed();
		const rounded = /^-?\d+$/.test(number) && !Number.isSafeInteger(Number(number));
		if (!Number.isFinite(Number(number)) || (this.options.refuseRounding && rounded)) {
			throw new JwtAuthError(
				'JSON_NUMBER_TOO_LARGE',
				`The ${this.options.field} has a number with more digits than can be kept exactly.`,
			);
		}
	}

	private string(): string {
		const plain = this.match(PLAIN_STRING);
		if (plain !== undefined) return plain.slice(1, -1);
		const start = this.position;
		if (!this.take('"')) this.malformed();
		while (!this.take('"')) {
			const code = this.text.charCodeAt(this.position);
			if (code === 0x5c) {
				if (this.match(ESCAPE) === undefined) this.malformed();
			} else if (code >= 0x20) this.position += 1;
			else this.malformed();
		}
		return JSON.parse(this.text.slice(start, this.position)) as string;
	}

	private elements(depth: number): void {
		this.skipBlanks();
		if (this.take(']')) return;
		do this.value(depth);
		while (this.take(','));
		if (!this.take(']')) this.malformed();
	}

	private members(depth: number): void {
		const names = new Set<string>();
		this.skipBlanks();
		if (this.take('}')) return;
		do {
			this.skipBlanks();
			this.name(names);
			this.skipBlanks();
			if (!this.take(':')) this.malformed();
			this.value(depth);
		} while (this.take(','));
		if (!this.take('}')) this.malformed();
	}

	private name(names: Set<string>): void {
		const name = this.string();
		const { field } = this.options;
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
	}
}

/**
 * Checks that text is JSON (RFC 8259) that every reader understands alike: strict grammar, no
 * duplicate member (RFC 7519 §4, RFC 8725 §2.6), no `__proto__`, no number out of range.
 *
 * @param text read as it is; a byte order mark is malformed
 * @throws {@link JwtAuthError} `JSON_MALFORMED` with line and column, `JSON_DUPLICATE_MEMBER`,
 *   `JSON_MEMBER_FORBIDDEN`, `JSON_NUMBER_TOO_LARGE`, `JSON_TOO_LARGE`
 */
export function scanJson(text: string, options: ScanOptions): void {
	new JsonScanner(text, options).scan();
}
