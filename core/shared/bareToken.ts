/** What stands around a token where it was copied: a header of curl or of a page, quotes, a comma. */
const BEFORE =
	/^(?:["'`“”‘’«„]\s*|(?:-H|--header)\s+|authorization["']?\s*:\s*|(?:bearer|jwt|token)(?:\s*:\s*|\s+))/i;
const AFTER = /["'`“”‘’»,;]$/;

/** Characters without a width, which pages and chats put between others. */
const INVISIBLE = /\u200b|\u200c|\u200d|\u2060|\ufeff/g;

/**
 * The bare token in what a person pasted or a header holds: `Authorization: Bearer` (RFC 6750 §2.1) or
 * another word for a JWT in front, quotes around it, and the line breaks of a terminal or a mail are
 * taken off. What is left is not changed and not checked.
 */
export function bareToken(pasted: string): string {
	let token = pasted.replace(INVISIBLE, '').trim();
	// Each round makes it shorter; nobody nests quotes deeper.
	for (let round = 0; round < 6; round += 1) token = token.replace(BEFORE, '').trimStart();
	for (let round = 0; round < 4; round += 1) token = token.replace(AFTER, '').trimEnd();
	if (/^bearer$/i.test(token)) return '';
	return token.includes('\n') || token.includes('\r') ? joinedLines(token) : token;
}

function joinedLines(token: string): string {
	return token
		.split(/[\r\n]/)
		.map((line) => line.trim())
		.join('');
}
