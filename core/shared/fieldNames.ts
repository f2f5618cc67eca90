/** Most names that are listed. */
const MOST_NAMES = 10;

/** Longest word, most words and most digits of a name; what has more may be a token. */
const LONGEST_WORD = 14;
const MOST_WORDS = 4;
const MOST_DIGITS = 3;

/** A word of a name: `token`, `Token` or `URL`; a token changes between small and capital at will. */
const WORD = /^(?:[A-Z]?[a-z]+|[A-Z]{1,5})$/;

/** Whether a text looks like the name of a field: few words of letters, hardly a digit. */
function looksLikeName(text: string): boolean {
	if (!/^[A-Za-z_][\w.:-]{0,39}$/.test(text)) return false;
	const words = text
		.replace(/[A-Z]+/g, ' $&')
		.split(/[^A-Za-z]+/)
		.filter(Boolean);
	const digits = text.replace(/\D/g, '').length;
	return (
		digits <= MOST_DIGITS &&
		words.length <= MOST_WORDS &&
		words.every((word) => word.length <= LONGEST_WORD && WORD.test(word))
	);
}

/**
 * The fields of an object in words, for somebody who looks for one of them. A text that does not look
 * like a name is not quoted: an answer may be a bare token that was taken for a form.
 */
export function fieldNamesText(object: Record<string, unknown>): string {
	const all = Object.keys(object);
	const names = all.filter(looksLikeName).slice(0, MOST_NAMES);
	if (all.length === 0) return 'no fields';
	if (names.length === 0) return 'no field with a usual name';
	return `the fields ${names.join(', ')}`;
}
