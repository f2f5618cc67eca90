import { tryJson } from '../shared/json';
import { serverReason } from './serverReason';

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
 * The reason that a server gives for refusing a request, as a sentence: out of JSON what
 * {@link serverReason} finds, the title of a web page, or else the text itself.
 *
 * @param body of the answer, as text; what it quotes is still in it
 * @param status of the answer, which is not repeated
 * @returns without blanks around it; empty for an empty body
 */
export function answerReason(body: string, status: number): string {
	const text = body.trim();
	return pageReason(text) ?? (serverReason(tryJson(text), status) || text);
}
