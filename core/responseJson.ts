import { JwtAuthError } from './errors';

/** Whether a text is JSON, RFC 8259. */
export function isJsonText(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
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
	try {
		return JSON.parse(text) as unknown;
	} catch {
		if (lenient) return {};
		throw new JwtAuthError('JSON_MALFORMED', "The API's answer is not valid JSON.", {
			hint: 'Set Response Format to Text to see it as it is.',
		});
	}
}
