import { declaredLength } from './der';
import { JwtAuthError } from '../errors';

/** One block of a PEM text, RFC 7468 §2, as it was found between its armour lines. */
export interface PemBlock {
	/** Upper case without blanks, e.g. `RSAPRIVATEKEY`. */
	readonly label: string;
	/** What stands between the armour lines, headers included, not yet decoded. */
	readonly body: string;
}

// Dashes may come in fives, as PEM has them, or in fours with blanks, as SSH2 has them; blanks
// inside may be lost. Fixed bounds keep the search linear on long runs of dashes or blanks, and two
// armour lines that lost their line break share ten dashes.
const ARMOUR = /-{2,12}\s?(BEGIN|END)\s{0,4}([A-Z0-9][A-Z0-9\s]{0,40}?)\s?-{2,5}/gi;

// Blanks that \s leaves out: zero-width characters that come with text copied from web pages.
const INVISIBLE = /[\u200B-\u200D\u2060\uFEFF]/g;

/**
 * Undoes what happens to a PEM or Base64 text on its way through JSON, environment files, chats and
 * word processors: literal `\n`, `\r\n`, `\/` and `\u002B`, however often escaped, and dashes turned
 * into typographic ones.
 */
export function unescapeText(text: string): string {
	return text
		.replace(/\\{1,8}u00([0-7][0-9a-f])/gi, (_, hex: string) =>
			String.fromCharCode(parseInt(hex, 16)),
		)
		.replace(/\\{1,8}[rnt]/g, '\n')
		.replace(/\u2014/g, '--')
		.replace(/[\u2010-\u2015\u2212]/g, '-')
		.replace(INVISIBLE, '');
}

/**
 * Finds the PEM blocks of a text and leaves out what stands between them (RFC 7468 §2 allows it).
 * Newlines may be lost or literal. A block whose first or last armour line is missing is found too:
 * whether it is whole shows when it is decoded.
 *
 * @returns the blocks in their order; an empty list where there is no armour line at all
 * @throws {@link JwtAuthError} `KEY_ARMOR_MISMATCH` where BEGIN and END name different things
 */
export function findPemBlocks(text: string): PemBlock[] {
	const plain = unescapeText(text);
	const lines = [...plain.matchAll(ARMOUR)].map(
		({ 0: line, 1: side = '', 2: words = '', index }) => ({
			begins: side.toUpperCase() === 'BEGIN',
			label: words.replace(/\s/g, '').toUpperCase(),
			start: index,
			end: index + line.length,
		}),
	);
	return lines.flatMap(({ begins, label, start, end }, index) => {
		const [before, after] = [lines[index - 1], lines[index + 1]];
		if (begins && after && !after.begins && after.label !== label) {
			throw new JwtAuthError(
				'KEY_ARMOR_MISMATCH',
				'The BEGIN line and the END line of the key name different kinds of content.',
			);
		}
		if (!begins && before?.begins) return [];
		const body = begins ? plain.slice(end, after?.start) : plain.slice(before?.end ?? 0, start);
		return [{ label, body: body.replace(/^-{1,8}|["'`]/g, '') }];
	});
}

/**
 * Decodes Base64 or Base64URL (RFC 4648 §4, §5), padded or not, in one line or many; quotes, commas
 * and backslashes around the lines of a string literal are left out.
 *
 * @returns undefined where another character is found or nothing is left
 */
export function decodeBase64Text(text: string): Buffer | undefined {
	const compact = text.replace(/[\s"'`,;\\]/g, '');
	return /^[\w+/-]+={0,2}$/.test(compact) ? Buffer.from(compact, 'base64') : undefined;
}

/**
 * Decodes the body of a PEM block to DER and checks that nothing of it is missing.
 *
 * @param body Base64 without headers
 * @returns DER of exactly one SEQUENCE
 * @throws {@link JwtAuthError} `KEY_TRUNCATED`, `KEY_MALFORMED`
 */
export function decodePemBody(body: string): Buffer {
	if (body.trim() === '') {
		throw new JwtAuthError(
			'KEY_TRUNCATED',
			'Only an armour line of the key was found, with nothing after it.',
			{
				hint: 'Paste all lines of the key. If the field keeps the first line only, paste the key as one line with \\n for the line breaks.',
			},
		);
	}
	const der = decodeBase64Text(body);
	if (!der) {
		const found = /[*•…]/.test(body) ? 'was masked or shortened' : 'is not Base64';
		throw new JwtAuthError('KEY_MALFORMED', `The text between the armour lines ${found}.`);
	}
	assertWholeDer(der);
	return der;
}

/**
 * @param der what should be DER of exactly one SEQUENCE
 * @throws {@link JwtAuthError} `KEY_TRUNCATED`, `KEY_MALFORMED`
 */
export function assertWholeDer(der: Buffer): void {
	const length = declaredLength(der);
	if (length === undefined) {
		throw new JwtAuthError('KEY_MALFORMED', 'The text between the armour lines is not a key.');
	}
	if (length > der.length) {
		throw new JwtAuthError(
			'KEY_TRUNCATED',
			`The key is cut off: ${der.length} of its ${length} bytes were found.`,
		);
	}
	if (length < der.length) {
		throw new JwtAuthError(
			'KEY_MALFORMED',
			`The key is followed by ${der.length - length} bytes that do not belong to it.`,
		);
	}
}
