import { hasMembers } from '../shared/json';

/** Deepest object that is looked into. */
const DEEPEST = 5;

/** Characters of a text that are looked at, to tell whether it is a sentence. */
const LONGEST_BEGINNING = 500;

/** Members whose words are no reason. */
const NO_REASONS = ['scope', 'scopes', 'user_agent', 'useragent'];

/** Whether two words stand side by side, as opposed to an identifier or a date. */
function isSentence(text: unknown): text is string {
	if (typeof text !== 'string') return false;
	const words = text.slice(0, LONGEST_BEGINNING).trim().split(/\s+/);
	return words.some(
		(word, index) => /^\p{L}{2}/u.test(word) && /^\p{L}/u.test(words[index + 1] ?? ''),
	);
}

/**
 * The first sentence in an answer, for a refusal that gives its reason under no name that
 * `serverReason` knows.
 *
 * @returns empty where there is none
 */
export function anySentence(answer: unknown): string {
	let level: unknown[] = [answer];
	for (let depth = 0; depth <= DEEPEST; depth++) {
		const members = level.flatMap((value) => (hasMembers(value) ? Object.entries(value) : []));
		const said = members.find(
			([name, value]) => isSentence(value) && !NO_REASONS.includes(name.toLowerCase()),
		);
		if (said) return String(said[1]).trim();
		level = members.map(([, value]) => value);
	}
	return '';
}
