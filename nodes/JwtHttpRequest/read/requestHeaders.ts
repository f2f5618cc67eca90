import { JwtAuthError } from '../../../core/errors';
import { FieldValue } from '../../../core/settings/fieldValue';
import { HEADER_NAME } from '../../../core/request/placement';
import { hasHeader, type RequestHeaders } from '../../../core/request/headers';
import type { NodeForm } from '../../common/nodeForm';
import { HEADER_FIELDS } from '../description/pairFields';
import type { NodeOptions } from './options';
import { readPairs } from './pairs';

const ACCEPT_TEXTS =
	'application/json,text/html,application/xhtml+xml,application/xml,text/*;q=0.9';

/** What n8n's own node asks for, by Response Format. */
const ACCEPT: Record<NodeOptions['response']['responseFormat'], string> = {
	autodetect: `${ACCEPT_TEXTS}, image/*;q=0.8, */*;q=0.7`,
	file: `${ACCEPT_TEXTS}, image/*;q=0.8, */*;q=0.7`,
	json: 'application/json,text/*;q=0.99',
	text: `${ACCEPT_TEXTS}, */*;q=0.1`,
};

/** What Node.js lets into a header: printable characters of Latin-1 and tabs, RFC 9110 §5.5. */
const LATIN_1 = /^[\t\x20-\x7e\x80-\xff]*$/;

/**
 * A text that HTTP can send in a header, without the blanks and line breaks around it.
 *
 * @throws {@link JwtAuthError} `FIELD_INVALID`
 */
export function readHeaderText(field: FieldValue): string {
	const text = field.text('').trim();
	return LATIN_1.test(text) ? text : field.refuse('a text that a header can hold');
}

function assertName(name: string): void {
	if (HEADER_NAME.test(name)) return;
	throw new JwtAuthError('HEADER_NAME_INVALID', 'A name in Headers is not a valid HTTP name.');
}

/** The lines of one header: several for a list, none for nothing. */
function linesOfValue(name: string, value: unknown): string | string[] | undefined {
	if (value === undefined || value === null) return undefined;
	const line = (part: unknown) =>
		readHeaderText(new FieldValue(`Value of ${name} in Headers`, part));
	return Array.isArray(value) ? value.map(line) : line(value);
}

/**
 * Reads the headers of one item. One whose value is nothing is left out, as n8n's own node does.
 *
 * @throws {@link JwtAuthError} `FIELD_INVALID`, `HEADER_NAME_INVALID` and the codes of
 *   {@link readPairs}
 */
export function readHeaders(
	form: NodeForm,
	{ lowercaseHeaders, response }: NodeOptions,
): RequestHeaders {
	const headers: RequestHeaders = {};
	for (const [given, value] of Object.entries(readPairs(form, HEADER_FIELDS))) {
		assertName(given);
		const lines = linesOfValue(given, value);
		if (lines !== undefined) headers[lowercaseHeaders ? given.toLowerCase() : given] = lines;
	}
	if (hasHeader(headers, 'accept')) return headers;
	return { ...headers, accept: ACCEPT[response.responseFormat] };
}
