import type { IExecuteFunctions } from 'n8n-workflow';
import { decodeText } from '../../../core/charset';
import { parseResponseJson } from '../../../core/responseJson';
import type { Answer } from '../send/answer';

/**
 * Reads a body that is no file.
 *
 * @param lenient whether invalid JSON counts as an empty object
 * @returns parsed JSON, or the text
 * @throws {@link JwtAuthError} `JSON_MALFORMED`, `RESPONSE_CHARSET_UNKNOWN`
 */
export function readContent(
	context: IExecuteFunctions,
	{ body, headers, kind }: Pick<Answer, 'body' | 'headers' | 'kind'>,
	lenient: boolean,
): unknown {
	const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
	const text = decodeText(bytes, headers['content-type'], (sample) =>
		context.helpers.detectBinaryEncoding(sample),
	);
	return kind === 'json' ? parseResponseJson(text, lenient) : text;
}
