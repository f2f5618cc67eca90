import { characterNamed } from './htmlNames';

/** What an escape stands for. */
export interface Escape {
	/** Its bytes, one character for each; empty for one that is cut off. */
	bytes: string;
	/** Characters the escape takes up. */
	length: number;
}

/** Letters after a backslash, by what they stand for. */
const LETTERS: Readonly<Record<string, string>> = {
	'0': '\0',
	b: '\b',
	f: '\f',
	n: '\n',
	r: '\r',
	t: '\t',
};

/** Longest named or numbered character of HTML that is looked for, `&` and `;` included. */
const LONGEST_ENTITY = 24;

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
	if (kind === 'U') {
		const code = hexadecimal(text, index + 2, 8);
		return code === undefined ? undefined : { bytes: characterBytes(code), length: 10 };
	}
	const octal = /^[0-3][0-7]{2}$/.exec(text.slice(index + 1, index + 4))?.[0];
	if (octal !== undefined) return { bytes: String.fromCharCode(parseInt(octal, 8)), length: 4 };
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

/** HTML reads a number without its semicolon as well, and any number of zeros before it. */
function afterAmpersand(text: string, index: number): Escape | undefined {
	const around = text.slice(index, index + LONGEST_ENTITY);
	const numbered = /^&#(?:x0*([\da-f]{1,6})|0*(\d{1,7}));?/i.exec(around);
	if (numbered) {
		const [all, hex, decimal = ''] = numbered;
		// Perhaps a longer one, of which the end is missing.
		if (index + all.length === text.length && !all.endsWith(';')) return undefined;
		const code = hex === undefined ? parseInt(decimal, 10) : parseInt(hex, 16);
		return { bytes: characterBytes(code), length: all.length };
	}
	const [all = '', name = ''] = /^&([a-z]{2,8});/i.exec(around) ?? [];
	const character = characterNamed(name);
	return character === undefined
		? undefined
		: { bytes: characterBytes(character), length: all.length };
}

/** Whether an escape begins here that the end of the text cuts off. */
function isCutOff(text: string, index: number): boolean {
	if (text.length - index > LONGEST_ENTITY) return false;
	return /^(?:%[\da-f]?|%u[\da-f]{0,3}|\\|\\x[\da-f]?|\\u\{?[\da-f]{0,8}|&#?[\da-z]{0,22})$/i.test(
		text.slice(index),
	);
}

/**
 * What the escape at a position of a text stands for: one of JSON, JavaScript, PHP or a server's log
 * (`\"`, `\/`, `\n`, `\u00e9`, `\U000000e9`, `\xe9`, `\351`), of HTML (`&quot;`, `&#39;`, `&#x27;`), or percent-encoding
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

/**
 * What quoted-printable (RFC 2045 §6.7) writes at a position: a byte in hexadecimal, or the end of a
 * line that is none.
 *
 * @param text bytes, one character for each
 * @returns undefined where it writes the character itself
 */
export function quotedPrintableAt(text: string, index: number): Escape | undefined {
	if (text.charAt(index) !== '=') return undefined;
	const lineEnd = /^\r?\n/.exec(text.slice(index + 1, index + 3))?.[0];
	if (lineEnd !== undefined) return { bytes: '', length: lineEnd.length + 1 };
	const code = hexadecimal(text, index + 1, 2);
	return code === undefined ? undefined : { bytes: String.fromCharCode(code), length: 3 };
}
