/**
 * Where a string of JSON ends, RFC 8259 §7.
 *
 * @param begin position of its first quotation mark
 * @returns the position behind its last one; that behind the text where there is none
 */
export function endOfString(text: string, begin: number): number {
	let end = text.indexOf('"', begin + 1);
	while (end > 0) {
		let backslashes = 0;
		while (text[end - 1 - backslashes] === '\\') backslashes += 1;
		if (backslashes % 2 === 0) return end + 1;
		end = text.indexOf('"', end + 1);
	}
	return text.length;
}
