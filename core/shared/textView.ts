import { escapeAt, type Escape } from './escapes';

/**
 * A text as its UTF-8 bytes, one character of `bytes` for each, or what such a text stands for once
 * its escapes are undone. Each byte knows the characters of the original text it came from.
 */
export interface TextView {
	bytes: string;
	/** For each byte where its characters begin in the original. */
	starts: number[];
	/** For each byte where its characters end in the original, exclusive. */
	ends: number[];
}

/** UTF-8 bytes of a text, one character for each. */
export function utf8(text: string): string {
	return Buffer.from(text, 'utf8').toString('latin1');
}

/** A text as its bytes. What is left of a character that was cut in two at its end is left out. */
export function viewOf(text: string): TextView {
	const view: TextView = { bytes: '', starts: [], ends: [] };
	const parts: string[] = [];
	let position = 0;
	const whole = text.endsWith('\ufffd') ? text.slice(0, -1) : text;
	for (const character of whole) {
		const bytes = character < '\u0080' ? character : utf8(character);
		parts.push(bytes);
		for (let index = 0; index < bytes.length; index++) {
			view.starts.push(position);
			view.ends.push(position + character.length);
		}
		position += character.length;
	}
	view.bytes = parts.join('');
	return view;
}

/**
 * Undoes one layer of whatever escapes a text holds; see {@link escapeAt}. One that was cut off at
 * the end is left out.
 *
 * @param read finds the escape at a position
 * @returns undefined when there are none
 */
export function unescaped(
	view: TextView,
	read: (bytes: string, index: number) => Escape | undefined = escapeAt,
): TextView | undefined {
	const { bytes, starts, ends } = view;
	const result: TextView = { bytes: '', starts: [], ends: [] };
	const parts: string[] = [];
	let found = false;
	let index = 0;
	while (index < bytes.length) {
		const escape = read(bytes, index);
		const plain = escape?.bytes ?? bytes.charAt(index);
		const length = escape?.length ?? 1;
		if (escape) found = true;
		parts.push(plain);
		for (let count = 0; count < plain.length; count++) {
			result.starts.push(starts[index] ?? 0);
			result.ends.push(ends[index + length - 1] ?? 0);
		}
		index += length;
	}
	result.bytes = parts.join('');
	return found ? result : undefined;
}
