import type { Range } from './findTokens';

/** A part of a text that may be Base64 or hex. */
export interface EncodedRun extends Range {
	/** What it may stand for, one character for each byte. */
	decoded: string[];
}

/** Shortest run that is decoded: what stands for six bytes. */
const SHORTEST = 8;

/** Hexadecimal digits that may stand for a secret. */
const HEX = /[\da-f]{8,}/gi;

/** Whether a character belongs to Base64, base64url or hex. */
function isEncoding(code: number): boolean {
	const isDigit = code >= 48 && code <= 57;
	const isCapital = code >= 65 && code <= 90;
	const isSmall = code >= 97 && code <= 122;
	return isDigit || isCapital || isSmall || [43, 45, 47, 95].includes(code);
}

function isLineEnd(code: number): boolean {
	return code === 10 || code === 13;
}

/** The end of a run with the `=` that fill up its last four characters. */
function withPadding(bytes: string, end: number): number {
	if (bytes.charAt(end) !== '=') return end;
	return bytes.charAt(end + 1) === '=' ? end + 2 : end + 1;
}

/** A letter or two that do not belong to it may stand in front: every alignment is tried. */
function decodings(run: string): string[] {
	const base64 = [0, 1, 2, 3].map((shift) =>
		Buffer.from(run.slice(shift), 'base64').toString('latin1'),
	);
	// Behind a prefix, such as 0x or PostgreSQL's \\x.
	const hex = (run.match(HEX) ?? []).flatMap((digits) =>
		[0, 1].map((shift) => Buffer.from(digits.slice(shift), 'hex').toString('latin1')),
	);
	return [...base64, ...hex];
}

/**
 * The parts of a text that may be Base64, base64url or hex, line ends within left aside.
 *
 * @param bytes one character for each byte
 */
export function encodedRuns(bytes: string): EncodedRun[] {
	const runs: EncodedRun[] = [];
	let start = 0;
	while (start < bytes.length) {
		if (!isEncoding(bytes.charCodeAt(start))) {
			start++;
			continue;
		}
		let end = start;
		let lastOfRun = start;
		for (; end < bytes.length; end++) {
			const code = bytes.charCodeAt(end);
			if (isEncoding(code)) lastOfRun = end;
			else if (!isLineEnd(code)) break;
		}
		const run = bytes.slice(start, lastOfRun + 1).replace(/[\r\n]/g, '');
		if (run.length >= SHORTEST) {
			runs.push({ start, end: withPadding(bytes, lastOfRun + 1), decoded: decodings(run) });
		}
		start = end;
	}
	return runs;
}
