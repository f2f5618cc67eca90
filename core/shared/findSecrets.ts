import type { Range } from './findTokens';
import { unescaped, utf8, viewOf, type TextView } from './textView';

/** Shortest secret of which parts are looked for; a shorter one counts as a word of its own. */
const SHORTEST_LONG = 6;

/** Shortest secret that is looked for: a shorter one stands in every text. */
const SHORTEST = 3;

/** Longest part that is asked for before a copy of a long secret counts as one. */
const LONGEST_PART = 16;

/** Shortest beginning of a secret that counts where the text ends. */
const SHORTEST_BEGINNING = 4;

/** Layers of escapes a secret itself may be written in, such as the line ends of a key in JSON. */
const OWN_LAYERS = 2;

/** A text in the form in which it is compared. */
interface Comparable {
	/** In lower case, without blanks of all kinds, control characters and `+`, a form's blank. */
	bytes: string;
	/** Where each byte stands in the text. */
	positions: number[];
}

/** What is hardly seen between two letters, in UTF-8: blanks that do not break, joiners, soft hyphens. */
const INVISIBLE = /^(?:\xc2[\xa0\xad]|\xe2\x80[\x80-\x8f\xa8-\xaf]|\xe2\x81\xa0|\xef\xbb\xbf)/;

/** Bytes of what does not count at a position; 0 where something does. */
function blankAt(bytes: string, index: number): number {
	const code = bytes.charCodeAt(index);
	if (code <= 32 || code === 43 || code === 127) return 1;
	if (code < 0xc2) return 0;
	return INVISIBLE.exec(bytes.slice(index, index + 3))?.[0].length ?? 0;
}

function comparable(bytes: string): Comparable {
	const positions: number[] = [];
	const kept: string[] = [];
	for (let index = 0; index < bytes.length; index++) {
		const blank = blankAt(bytes, index);
		if (blank > 0) {
			index += blank - 1;
			continue;
		}
		kept.push(bytes.charAt(index));
		positions.push(index);
	}
	return { bytes: kept.join('').toLowerCase(), positions };
}

/** A secret as bytes: as it is, without its own escapes, and what a wrong charset makes of it. */
function formsOf(secret: string): string[] {
	const forms: string[] = [];
	let view: TextView | undefined = viewOf(secret);
	for (let layer = 0; view && layer <= OWN_LAYERS; layer++) {
		forms.push(view.bytes);
		view = unescaped(view);
	}
	const bytes = utf8(secret);
	if (bytes === secret) return forms;
	const latin1 = Buffer.from(secret, 'latin1');
	return [...forms, latin1.toString('latin1'), utf8(latin1.toString('utf8')), utf8(bytes)];
}

/** The first three bytes at a position as an index of a small table. */
function slotAt(bytes: string, index: number): number {
	const first = bytes.charCodeAt(index) * 961;
	const second = bytes.charCodeAt(index + 1) * 31;
	return (first + second + bytes.charCodeAt(index + 2)) & 0xffff;
}

function isWordCharacter(character: string): boolean {
	return /^[\da-z]$/i.test(character);
}

/**
 * Secrets to be found in texts.
 *
 * Of one with 12 characters or more any part with half of its characters counts, at most 16, of one
 * with 6 to 11 any part with 6, of a shorter one the whole as a word of its own, and of each the
 * beginning where a text ends. One with fewer than 3 characters is passed over.
 */
export class SecretSearch {
	/** Parts that count wherever they stand, by their length. */
	readonly #parts = new Map<number, Set<string>>();

	readonly #words = new Set<string>();

	readonly #whole = new Set<string>();

	/** Where no part begins, so that most positions of a text cost a single look. */
	readonly #slots = new Uint8Array(0x10000);

	constructor(secrets: readonly string[]) {
		for (const secret of new Set(secrets)) {
			for (const form of formsOf(secret)) this.#add(comparable(form).bytes);
		}
	}

	#add(secret: string): void {
		if (secret.length < SHORTEST || this.#whole.has(secret)) return;
		this.#whole.add(secret);
		if (secret.length < SHORTEST_LONG) {
			this.#slots[slotAt(secret, 0)] = 1;
			this.#words.add(secret);
			return;
		}
		const half = Math.ceil(secret.length / 2);
		const length = Math.min(LONGEST_PART, Math.max(SHORTEST_LONG, half));
		const parts = this.#parts.get(length) ?? new Set<string>();
		this.#parts.set(length, parts);
		for (let start = 0; start + length <= secret.length; start++) {
			parts.add(secret.slice(start, start + length));
			this.#slots[slotAt(secret, start)] = 1;
		}
	}

	/** Length of the part or word at a position; 0 for none. */
	#lengthAt(text: Comparable, index: number, isWord: (length: number) => boolean): number {
		if (this.#slots[slotAt(text.bytes, index)] !== 1) return 0;
		let longest = 0;
		for (const [length, parts] of this.#parts) {
			if (length > longest && parts.has(text.bytes.slice(index, index + length))) longest = length;
		}
		for (let length = SHORTEST; length < SHORTEST_LONG; length++) {
			const isShort = this.#words.has(text.bytes.slice(index, index + length));
			if (isShort && length > longest && isWord(length)) longest = length;
		}
		return longest;
	}

	/** Length of the beginning of a secret a text ends with; 0 for none. */
	#beginningAtEnd(bytes: string): number {
		for (let length = LONGEST_PART; length >= SHORTEST_BEGINNING; length--) {
			const end = bytes.slice(-length);
			if (end.length < length) continue;
			for (const secret of this.#whole) if (secret.startsWith(end)) return length;
		}
		return 0;
	}

	/**
	 * Where secrets stand in a text, in linear time.
	 *
	 * @param bytes one character for each byte
	 */
	find(bytes: string): Range[] {
		if (this.#whole.size === 0) return [];
		const text = comparable(bytes);
		const { positions } = text;
		const rangeOf = (index: number, length: number): Range => ({
			start: positions[index] ?? 0,
			end: (positions[index + length - 1] ?? 0) + 1,
		});
		const found: Range[] = [];
		for (let index = 0; index < positions.length; index++) {
			const length = this.#lengthAt(text, index, (ofWord) => {
				const { start, end } = rangeOf(index, ofWord);
				return !isWordCharacter(bytes.charAt(start - 1)) && !isWordCharacter(bytes.charAt(end));
			});
			if (length > 0) found.push(rangeOf(index, length));
		}
		const cutOff = this.#beginningAtEnd(text.bytes);
		if (cutOff > 0) {
			found.push({ start: rangeOf(positions.length - cutOff, cutOff).start, end: bytes.length });
		}
		return found;
	}
}
