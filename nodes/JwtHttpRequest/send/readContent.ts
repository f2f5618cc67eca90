import { decodeText, parseResponseJson } from '../../../core/http/responseBody';
import type { IExecuteFunctions } from 'n8n-workflow';

import type { ReadAnswer } from './sendTypes';

/**
 * Reads a body that is no file.
 *
 * @param lenient whether invalid JSON counts as an empty object
 * @returns parsed JSON, or the text
 * @throws {@link JwtAuthError} `JSON_MALFORMED`, `RESPONSE_CHARSET_UNKNOWN`
 */
export function readContent(
	context: IExecuteFunctions,
	{ body, headers, kind }: ReadAnswer,
	lenient: boolean,
): unknown {
	const text = decodeText(body, headers['content-type'], (sample) =>
		context.helpers.detectBinaryEncoding(sample),
	);
	return kind === 'json' ? parseResponseJson(text, lenient) : text;
}
