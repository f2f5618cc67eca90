import { hasMembers, tryJson } from '../shared/json';

/** Members with a sentence, the most telling first: OAuth 2.0, RFC 9457, then what APIs made up. */
const SENTENCES = [
	'error_description',
	'errorDescription',
	'detail',
	'errorMessage',
	'error_message',
	'errorSummary',
	'error_summary',
	'message',
	'Message',
	'msg',
	'faultstring',
	'reason',
	'description',
];

/** Members with a short name of the reason. */
const NAMES = ['error', 'errorCode', 'error_code', 'code', 'title', 'status'];

/** Members that hold the two in objects or lists of their own. */
const INSIDE = ['error', 'errors', 'fault', 'detail', 'details', 'message'];

const DEEPEST = 4;

/** Most reasons of a list that are told. */
const MOST_REASONS = 3;

function firstText(members: Record<string, unknown>, names: readonly string[]): string {
	for (const name of names) {
		const value = members[name];
		if (typeof value === 'string' && value.trim() !== '') return value.trim();
	}
	return '';
}

function reasonIn(value: unknown, depth: number): string {
	if (typeof value === 'string') return value.trim();
	if (!hasMembers(value) || depth > DEEPEST) return '';
	if (Array.isArray(value)) {
		const reasons = value.slice(0, MOST_REASONS).map((one) => reasonIn(one, depth + 1));
		return reasons.filter((reason) => reason !== '').join('; ');
	}
	const name = firstText(value, NAMES);
	const inside = INSIDE.map((member) => value[member]).filter((member) => hasMembers(member));
	const sentence =
		firstText(value, SENTENCES) ||
		(inside.map((member) => reasonIn(member, depth + 1)).find((reason) => reason !== '') ?? '');
	if (name === '' || sentence === '') return name || sentence;
	return sentence.includes(name) ? sentence : `${name}: ${sentence}`;
}

/** What lies between two texts; empty where one of them is missing. */
function between(text: string, before: string, after: string): string {
	const start = text.indexOf(before);
	const end = text.indexOf(after, start);
	return start < 0 || end < 0 ? '' : text.slice(start + before.length, end);
}

/** Says of a web page what it is; undefined for what is none. */
function pageReason(body: string): string | undefined {
	if (!/^<(?:!doctype|html|head|body)\b/i.test(body)) return undefined;
	const element = between(body.replace(/<(\/?)title/gi, '<$1title'), '<title', '</title');
	const title = element.slice(element.indexOf('>') + 1).trim();
	return title === '' ? 'The answer is a web page.' : `The answer is a web page, "${title}".`;
}

/**
 * The reason that a server gives for refusing a request, as a sentence: out of JSON what OAuth 2.0 (RFC
 * 6749 §5.2), RFC 9457 and the usual APIs put into it, the title of a web page, or else the text itself.
 *
 * @param body of the answer, as text; what it quotes is still in it
 * @returns without blanks around it; empty for an empty body
 */
export function answerReason(body: string): string {
	const text = body.trim();
	return pageReason(text) ?? (reasonIn(tryJson(text), 0) || text);
}
