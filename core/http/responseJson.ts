import { JwtAuthError } from '../errors';

/** Value of a JSON text, RFC 8259; undefined for any other text. */
export function tryJson(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

/**
 * Reads the JSON of a response; a blank one is an empty object.
 *
 * @param lenient whether what is not JSON counts as an empty object
 * @throws {@link JwtAuthError} `JSON_MALFORMED`
 */
export function parseResponseJson(text: string, lenient: boolean): unknown {
	if (text.trim() === '') return {};
	const value = tryJson(text);
	if (value !== undefined) return value;
	if (lenient) return {};
	throw new JwtAuthError('JSON_MALFORMED', "The API's answer is not valid JSON.", {
		hint: 'Set Response Format to Text to see it as it is.',
	});
}
