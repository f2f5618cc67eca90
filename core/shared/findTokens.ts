/** A part of a text, `end` exclusive. */
export interface Range {
	start: number;
	end: number;
}

/** Characters of a header that are looked at: nine bytes, of which a JSON object shows in each. */
const HEAD = 12;

/** Most dots of a compact token: a JWE has five parts, RFC 7516 §7.1. */
const MOST_DOTS = 4;

/** Longest label of a PEM block, as in `-----END ENCRYPTED PRIVATE KEY-----`. */
const LONGEST_LABEL = 64;

function isTokenCharacter(code: number): boolean {
	const isDigit = code >= 48 && code <= 57;
	const isCapital = code >= 65 && code <= 90;
	const isSmall = code >= 97 && code <= 122;
	return isDigit || isCapital || isSmall || code === 45 || code === 95;
}

/** Whether base64url begins here whose bytes are the beginning of a JSON object in ASCII. */
function isHeader(text: string, index: number): boolean {
	const head = text.slice(index, index + HEAD);
	if (head.length < HEAD || !/^e[yw][\w-]+$/.test(head)) return false;
	return /^\{(?:\s*"[\x20-\x7e]*|\s*)$/.test(Buffer.from(head, 'base64url').toString('latin1'));
}

/** Where the characters of a token's part end. */
function endOfPart(text: string, start: number): number {
	let end = start;
	while (end < text.length && isTokenCharacter(text.charCodeAt(end))) end++;
	return end;
}

/**
 * Finds compact tokens (JWS, RFC 7515 §7.1; JWE, RFC 7516 §7.1), whole or cut off, wherever they
 * stand, in linear time. Their header is JSON, so that its base64url form begins with "ey" or "ew".
 */
export function findTokens(text: string): Range[] {
	const found: Range[] = [];
	let index = 0;
	while (index < text.length) {
		if (text.charCodeAt(index) !== 101 || !isHeader(text, index)) {
			index++;
			continue;
		}
		let end = endOfPart(text, index);
		const isToken = end === text.length || text.charAt(end) === '.';
		for (let dots = 0; dots < MOST_DOTS && text.charAt(end) === '.'; dots++) {
			end = endOfPart(text, end + 1);
		}
		if (isToken) found.push({ start: index, end });
		index = end;
	}
	return found;
}

/** Finds PEM blocks; one whose last line is missing goes to the end of the text. */
export function findPemBlocks(text: string): Range[] {
	const found: Range[] = [];
	let start = text.indexOf('-----BEGIN');
	while (start >= 0) {
		const last = text.indexOf('-----END', start);
		if (last < 0) return [...found, { start, end: text.length }];
		const label = text.slice(last + 8, last + 8 + LONGEST_LABEL);
		const dashes = label.indexOf('-----');
		const end = last + 8 + (dashes < 0 ? 0 : dashes + 5);
		found.push({ start, end });
		start = text.indexOf('-----BEGIN', end);
	}
	return found;
}
