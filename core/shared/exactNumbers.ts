/** A string of JSON, so that digits in one are passed over, or a number. */
const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g;

/** No shorter number is beyond 2^53. */
const MANY_DIGITS = /\d{16}/;

function isRounded(token: string): boolean {
	return /^-?\d+$/.test(token) && !Number.isSafeInteger(Number(token));
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
	const exact = text.replace(STRING_OR_NUMBER, (token) =>
		isRounded(token) ? `"${token}"` : token,
	);
	return JSON.parse(exact);
}
