import { redact } from './redact';

const LONGEST = 100;
const MOST_VALUES = 3;

/**
 * A foreign text in quotes, for a message: without control characters and secrets, 100 characters at
 * most.
 */
export function shownText(text: string): string {
	const safe = redact(text.slice(0, 4 * LONGEST)).replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ');
	const characters = [...safe];
	const isLong = characters.length > LONGEST || text.length > 4 * LONGEST;
	return `"${characters.slice(0, LONGEST).join('')}${isLong ? '…' : ''}"`;
}

/** Up to three foreign texts in quotes, and how many more there are; see {@link shownText}. */
export function shownTexts(texts: readonly string[]): string {
	const shown = texts.slice(0, MOST_VALUES).map(shownText).join(', ');
	const more = texts.length - MOST_VALUES;
	return more > 0 ? `${shown} and ${more} more` : shown;
}
