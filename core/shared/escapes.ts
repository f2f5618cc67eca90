/** What an escape stands for. */
export interface Escape {
	/** Its bytes, one character for each; empty for one that is cut off. */
	bytes: string;
	/** Characters the escape takes up. */
	length: number;
}

/** Characters that HTML has names for and that occur in secrets. */
const NAMED: Readonly<Record<string, string>> = {
	amp: '&',
	apos: "'",
	ast: '*',
	bsol: '\\',
	colon: ':',
	comma: ',',
	commat: '@',
	dollar: '$',
	equals: '=',
	excl: '!',
	grave: '`',
	gt: '>',
	Hat: '^',
	lcub: '{',
	lowbar: '_',
	lpar: '(',
	lsqb: '[',
	lt: '<',
	nbsp: ' ',
	num: '#',
	percnt: '%',
	period: '.',
	plus: '+',
	quest: '?',
	quot: '"',
	rcub: '}',
	rpar: ')',
	rsqb: ']',
	semi: ';',
	sol: '/',
	tilde: '~',
	verbar: '|',
};

/** Letters after a backslash, by what they stand for. */
const LETTERS: Readonly<Record<string, string>> = {
	'0': '\0',
	b: '\b',
	f: '\f',
	n: '\n',
	r: '\r',
	t: '\t',
};

/** Longest named or numbered character of HTML, `&` and `;` included. */
const LONGEST_ENTITY = 10;

/** Number that `count` hexadecimal digits stand for; undefined where something else stands. */
function hexadecimal(text: string, index: number, count: number): number | undefined {
	const digits = text.slice(index, index + count);
	return digits.length === count && /^[\da-f]+$/i.test(digits) ? parseInt(digits, 16) : undefined;
}

function characterBytes(code: number): string {
	if (code > 0x10ffff) return '';
	return Buffer.from(String.fromCodePoint(code), 'utf8').toString('latin1');
}

/** `uXXXX`, whose halves of a surrogate pair belong together; `prefix` stands before each. */
function utf16Unit(text: string, index: number, prefix: string): Escape | undefined {
	const code = hexadecimal(text, index + prefix.length, 4);
	if (code === undefined) return undefined;
	const length = prefix.length + 4;
	const isHigh = code >= 0xd800 && code < 0xdc00;
	const next = index + length;
	const low =
		isHigh && text.slice(next, next + prefix.length) === prefix
			? hexadecimal(text, next + prefix.length, 4)
			: undefined;
	if (low === undefined) return { bytes: characterBytes(code), length };
	return {
		bytes: characterBytes(0x10000 + (code - 0xd800) * 1024 + low - 0xdc00),
		length: length * 2,
	};
}

/** `\u{…}` of JavaScript. */
function bracedUnit(text: string, index: number): Escape | undefined {
	const digits = /^\{([\da-f]{1,6})\}/i.exec(text.slice(index + 2, index + 10))?.[1];
	if (digits === undefined) return undefined;
	return { bytes: characterBytes(parseInt(digits, 16)), length: digits.length + 4 };
}

function afterBackslash(text: string, index: number): Escape | undefined {
	const kind = text.charAt(index + 1);
	if (kind === 'u') return utf16Unit(text, index, '\\u') ?? bracedUnit(text, index);
	if (kind === 'x') {
		const code = hexadecimal(text, index + 2, 2);
		return code === undefined ? undefined : { bytes: String.fromCharCode(code), length: 4 };
	}
	const letter = LETTERS[kind];
	if (letter !== undefined) return { bytes: letter, length: 2 };
	return /^[a-z\d]?$/i.test(kind) ? undefined : { bytes: kind, length: 2 };
}

function afterPercent(text: string, index: number): Escape | undefined {
	const code = hexadecimal(text, index + 1, 2);
	if (code !== undefined) return { bytes: String.fromCharCode(code), length: 3 };
	return text.charAt(index + 1) === 'u' ? utf16Unit(text, index, '%u') : undefined;
}

function afterAmpersand(text: string, index: number): Escape | undefined {
	const entity = /^&(#x[\da-f]{1,6}|#\d{1,7}|[a-z]{2,8});/i.exec(
		text.slice(index, index + LONGEST_ENTITY),
	)?.[1];
	if (entity === undefined) return undefined;
	const length = entity.length + 2;
	if (!entity.startsWith('#')) {
		if (!Object.hasOwn(NAMED, entity)) return undefined;
		return { bytes: NAMED[entity] ?? '', length };
	}
	const isHex = entity.charAt(1).toLowerCase() === 'x';
	return { bytes: characterBytes(parseInt(entity.slice(isHex ? 2 : 1), isHex ? 16 : 10)), length };
}

/** Whether an escape begins here that the end of the text cuts off. */
function isCutOff(text: string, index: number): boolean {
	if (text.length - index > LONGEST_ENTITY) return false;
	return /^(?:%[\da-f]?|%u[\da-f]{0,3}|\\|\\x[\da-f]?|\\u\{?[\da-f]{0,6}|&#?[\da-z]{0,8})$/i.test(
		text.slice(index),
	);
}

/**
 * What the escape at a position of a text stands for: one of JSON, JavaScript, PHP or a server's log
 * (`\"`, `\/`, `\n`, `\u00e9`, `\xe9`), of HTML (`&quot;`, `&#39;`, `&#x27;`), or percent-encoding
 * (`%C3`, `%u00e9`).
 *
 * @param text bytes, one character for each
 * @returns undefined where no escape begins
 */
export function escapeAt(text: string, index: number): Escape | undefined {
	const read = { '\\': afterBackslash, '%': afterPercent, '&': afterAmpersand }[text.charAt(index)];
	if (!read) return undefined;
	return (
		read(text, index) ??
		(isCutOff(text, index) ? { bytes: '', length: text.length - index } : undefined)
	);
}
