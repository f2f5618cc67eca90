import type { EncodedRun } from './encodedRuns';

/** Pairs of hexadecimal digits, as in `<Buffer 61 62>`, `61:62` and `0x61, 0x62`. */
const HEX_PAIRS = /(?:0x)?[\da-f]{2}(?:[\s:,;-]{1,12}(?:0x)?[\da-f]{2}){2,}/gi;

/** Decimal numbers, as in the JSON of a Buffer, `[97,98]`. */
const NUMBERS = /\d{1,3}(?:[\s,;]{1,12}\d{1,3}){2,}/g;

function runsOf(
	bytes: string,
	list: RegExp,
	read: (text: string) => readonly number[],
): EncodedRun[] {
	return Array.from(bytes.matchAll(list), ({ 0: text, index }) => ({
		start: index,
		end: index + text.length,
		decoded: [String.fromCharCode(...read(text))],
	}));
}

/**
 * The parts of a text that may be bytes, one by one with something between them.
 *
 * @param bytes one character for each byte
 */
export function byteLists(bytes: string): EncodedRun[] {
	return [
		...runsOf(bytes, HEX_PAIRS, (text) => [
			...Buffer.from(text.replace(/0x|[^\da-f]/gi, ''), 'hex'),
		]),
		...runsOf(bytes, NUMBERS, (text) => text.split(/\D+/).map((number) => Number(number) & 0xff)),
	];
}
