import { hasMembers } from '../shared/json';

/**
 * Written where the assertion goes: in values of Additional Body Parameters and Exchange Headers, and in
 * the query of the Token URL.
 */
export const ASSERTION_PLACEHOLDER = '{assertion}';

/** The same as an address bar writes it. */
const ENCODED_PLACEHOLDER = /%7Bassertion%7D/gi;

/** Shortest text beside the placeholder that counts as secret: a scheme such as `JWT` is none. */
const SHORTEST_SECRET = 6;

type Members = Record<string, unknown>;

function fillValue(value: unknown, assertion: string): unknown {
	if (typeof value === 'string') return value.split(ASSERTION_PLACEHOLDER).join(assertion);
	if (Array.isArray(value)) return value.map((element) => fillValue(element, assertion));
	return hasMembers(value) ? fillAssertion(value, assertion) : value;
}

/**
 * Replaces the placeholder in every text value, at any depth; names of members are left alone.
 *
 * @param members as `parseJsonObject` reads them, left as they are
 * @returns a copy
 */
export function fillAssertion(members: Members, assertion: string): Members {
	return Object.fromEntries(
		Object.entries(members).map(([name, value]) => [name, fillValue(value, assertion)]),
	);
}

/** Whether the placeholder stands in a text, or in a value inside an object or list. */
export function holdsPlaceholder(value: unknown): boolean {
	if (typeof value === 'string') return value.includes(ASSERTION_PLACEHOLDER);
	return hasMembers(value) && Object.values(value).some(holdsPlaceholder);
}

/** An address in two: what comes before its query, and the query with its question mark. */
function splitQuery(url: string): [address: string, query: string] {
	const at = url.indexOf('?');
	return at < 0 ? [url, ''] : [url.slice(0, at), url.slice(at)];
}

function decodePlaceholder(text: string): string {
	return text.replace(ENCODED_PLACEHOLDER, ASSERTION_PLACEHOLDER);
}

/** Whether the placeholder stands in the query of an address. */
export function queryHoldsPlaceholder(url: string): boolean {
	return holdsPlaceholder(decodePlaceholder(splitQuery(url)[1]));
}

/** Whether the placeholder stands where no query is: in front of it, or in the fragment. */
export function isPlaceholderMisplaced(url: string): boolean {
	const [whole = '', ...fragment] = decodePlaceholder(url).split('#');
	return holdsPlaceholder([splitQuery(whole)[0], fragment]);
}

/**
 * Replaces the placeholder in the query of an address.
 *
 * @param url without a fragment
 */
export function fillQuery(url: string, assertion: string): string {
	const [address, query] = splitQuery(url);
	return address + decodePlaceholder(query).split(ASSERTION_PLACEHOLDER).join(assertion);
}

/**
 * Secrets of a form without the placeholder, which stands in all forms: of a value that holds it only
 * what is written around it counts, and would otherwise take the word "assertion" out of every error.
 */
export function secretsBesidePlaceholder(secrets: readonly string[]): string[] {
	return secrets.flatMap((secret) => {
		if (!secret.includes(ASSERTION_PLACEHOLDER)) return [secret];
		const around = secret.split(ASSERTION_PLACEHOLDER).map((text) => text.trim());
		return around.filter((text) => text.length >= SHORTEST_SECRET);
	});
}

/** An address as it is without the assertion: one whose query holds the placeholder, without its query. */
export function withoutPlaceholder(url: string): string {
	return queryHoldsPlaceholder(url) ? splitQuery(url)[0] : url;
}
