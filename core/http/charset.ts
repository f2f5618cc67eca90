import { JwtAuthError } from '../errors';

function charsetOf(contentType: unknown): string | undefined {
	return /charset=\s*["']?([^"';,\s]+)/i.exec(String(contentType ?? ''))?.[1];
}

/**
 * Decodes bytes; a byte order mark is dropped.
 *
 * @param charset WHATWG Encoding label
 * @param fatal whether every byte has to be one of the charset
 * @returns undefined for a charset that does not exist, and for bytes that are not in it if `fatal`
 */
export function decode(bytes: Buffer, charset: string, fatal: boolean): string | undefined {
	try {
		return new TextDecoder(charset, { fatal }).decode(bytes);
	} catch {
		return undefined;
	}
}

/**
 * Decodes a text by the charset of its `Content-Type` (WHATWG Encoding labels). Without one it is
 * UTF-8, or, if the bytes are not, whatever `detect` takes them for. A byte order mark is dropped.
 *
 * @param detect guesses a label from bytes
 * @throws {@link JwtAuthError} `RESPONSE_CHARSET_UNKNOWN`
 */
export function decodeText(
	bytes: Buffer,
	contentType: unknown,
	detect: (bytes: Buffer) => string | undefined = () => undefined,
): string {
	const charset = charsetOf(contentType);
	if (charset === undefined) {
		return (
			decode(bytes, 'utf-8', true) ??
			decode(bytes, detect(bytes) ?? 'utf-8', true) ??
			bytes.toString('utf8')
		);
	}
	const text = decode(bytes, charset, false);
	if (text !== undefined) return text;
	throw new JwtAuthError(
		'RESPONSE_CHARSET_UNKNOWN',
		`The answer of the API names a charset that does not exist: ${charset.slice(0, 40)}.`,
	);
}
