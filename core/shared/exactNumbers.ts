import { endOfString } from './jsonStrings';

/** A number of JSON, from where it begins on. */
const NUMBER = /-?\d[\d.eE+-]*/y;

/** No shorter number is beyond 2^53. */
const MANY_DIGITS = /\d{16}/;

function isRounded(token: string): boolean {
	return /^-?\d+$/.test(token) && !Number.isSafeInteger(Number(token));
}

/** Where the string, the number or the single character at a position ends. */
function endOfToken(text: string, begin: number): number {
	if (text[begin] === '"') return endOfString(text, begin);
	NUMBER.lastIndex = begin;
	return NUMBER.test(text) ? NUMBER.lastIndex : begin + 1;
}

/**
 * Parses JSON, with whole numbers beyond ±(2^53 − 1) as texts of the same digits: JavaScript would
 * round them without a word, and the IDs of Twitter and Discord are such numbers. Numbers with a
 * fraction or an exponent are quantities and stay numbers.
 *
 * @param text valid JSON, RFC 8259
 */
export function parseJsonExactly(text: string): unknown {
	if (!MANY_DIGITS.test(text)) return JSON.parse(text);
	const parts: string[] = [];
	for (let at = 0; at < text.length; ) {
		const end = endOfToken(text, at);
		const token = text.slice(at, end);
		parts.push(isRounded(token) ? `"${token}"` : token);
		at = end;
	}
	return JSON.parse(parts.join(''));
}
