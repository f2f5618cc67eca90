import { isObject } from '../shared/json';
import { Cancelled } from '../shared/cancelled';
import { JwtAuthError, type JwtAuthErrorCode } from '../errors';

import { redact } from '../shared/redact';

/** What came back from an address. */
export interface FetchedDocument {
	status: number;
	/** Body as text; undefined when it is larger than asked for. */
	body: string | undefined;
}

/**
 * Fetches an address with GET, follows no redirect and judges no status; throws for no answer, and
 * {@link Cancelled}.
 *
 * @param limit most bytes of the body that are read
 */
export type FetchDocument = (url: string, limit: number) => Promise<FetchedDocument>;

/** Most bytes of a document that are read. */
const MAXIMUM_SIZE = 1_048_576;

/**
 * Fetches a JSON object.
 *
 * @param code of the errors
 * @returns undefined for a status of 400 to 499, which says that there is no such document
 * @throws {@link JwtAuthError} with `code`; {@link Cancelled}
 */
export async function fetchJsonObject(
	fetch: FetchDocument,
	url: string,
	code: JwtAuthErrorCode,
): Promise<Record<string, unknown> | undefined> {
	const { host } = new URL(url);
	const fail = (what: string, hint?: string): JwtAuthError =>
		new JwtAuthError(code, `${host} ${what}.`, { hint });
	let answer: FetchedDocument;
	try {
		answer = await fetch(url, MAXIMUM_SIZE);
	} catch (error) {
		if (error instanceof Cancelled) throw error;
		const reason = error instanceof Error ? redact(error.message).slice(0, 200) : '';
		throw fail(`cannot be reached (${reason})`);
	}
	const { status, body } = answer;
	if (status >= 300 && status < 400) {
		throw fail('redirects to another address', 'Enter the address it redirects to.');
	}
	if (status >= 400 && status < 500) return undefined;
	if (status !== 200) throw fail(`answered ${status}`);
	if (body === undefined) throw fail('answered with more than 1 MB');
	let value: unknown;
	try {
		value = JSON.parse(body);
	} catch {
		// V8 quotes the text in its message.
	}
	if (isObject(value)) return value;
	throw fail('answered with something else than a JSON object');
}
