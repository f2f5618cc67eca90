import { hasMembers, tryJson } from '../shared/json';
import { webUrl } from '../shared/url';
import { parseXml, XmlElement } from '../bundled/parseXml';

/** An answer of the token endpoint, its body as text. */
export interface TokenResponse {
	status: number;
	/** Names in lower case. */
	headers: Record<string, unknown>;
	body: string;
}

/** The members of an answer, by name. */
export type Answer = Record<string, unknown>;

/** Field value of a header as text; empty for none. */
export function headerText(response: TokenResponse, name: string): string {
	return String(response.headers[name] ?? '');
}

/**
 * Where an answer redirects to, RFC 9110 §10.2.2.
 *
 * @param asked address that gave the answer
 * @returns undefined without a `Location`, and for one that is no address of the web
 */
export function redirectTarget(response: TokenResponse, asked: string): URL | undefined {
	const location = headerText(response, 'location');
	// An empty reference would be the address that was asked.
	return location === '' ? undefined : webUrl(location, asked);
}

/** Whether an answer is a web page. */
export function isHtml(response: TokenResponse): boolean {
	const html = /\bhtml\b/i.test(headerText(response, 'content-type'));
	return html || /^\s*<(?:!doctype|html|head|body)\b/i.test(response.body);
}

/** What a web page calls itself; empty where it has no title. */
export function titleOfHtml(body: string): string {
	const lowerCase = body.toLowerCase();
	const start = lowerCase.indexOf('<title>');
	const end = lowerCase.indexOf('</title>', start);
	return start < 0 || end < 0 ? '' : body.slice(start + '<title>'.length, end).trim();
}

/** Text of an element without elements inside; else its elements by name, of several a list. */
function elementValue(element: XmlElement): unknown {
	const inner = element.children.filter((child) => child instanceof XmlElement);
	if (inner.length === 0) return element.text.trim();
	const values = new Map<string, unknown[]>();
	for (const child of inner) {
		const value = elementValue(child);
		const same = values.get(child.name);
		if (same) same.push(value);
		else values.set(child.name, [value]);
	}
	return Object.fromEntries(
		[...values].map(([name, all]) => [name, all.length === 1 ? all[0] : all]),
	);
}

/** Members of an XML document, the name of its outermost element first. */
function xmlMembers(body: string): Answer | undefined {
	try {
		const { root } = parseXml(body);
		return root ? { [root.name]: elementValue(root) } : undefined;
	} catch {
		// Not well-formed, or nested without end.
		return undefined;
	}
}

/**
 * The members of an answer in JSON, XML or as a form; undefined for anything else.
 *
 * XML is read like JSON: an element with elements inside is an object, one of which there are several a
 * list, any other a text; attributes are passed over. Entities of a document's own are not resolved.
 */
export function parseAnswer(response: TokenResponse): Answer | undefined {
	const body = response.body.trim();
	const json = tryJson(body);
	// A list has members too: "0.token" is a path.
	if (json !== undefined) return hasMembers(json) ? json : undefined;
	if (body.startsWith('<')) return xmlMembers(body);
	const isForm = headerText(response, 'content-type').includes('x-www-form-urlencoded');
	if (!isForm && !/^[\w.-]+=[^\s<]*$/.test(body)) return undefined;
	return Object.fromEntries(new URLSearchParams(body));
}

/** A whole answer that is the token itself: a JSON text without its quotes, or the text as it is. */
export function wholeAnswer(response: TokenResponse): unknown {
	const body = response.body.trim();
	const json = tryJson(body);
	return typeof json === 'string' || hasMembers(json) ? json : body;
}
