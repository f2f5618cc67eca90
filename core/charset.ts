import { JwtAuthError } from './errors';

function charsetOf(contentType: unknown): string | undefined {
	return /charset=\s*["']?([^"';,\s]+)/i.exec(String(contentType ?? ''))?.[1];
}

function decoder(label: string, fatal: boolean): InstanceType<typeof TextDecoder> | undefined {
	try {
		return new TextDecoder(label, { fatal });
	} catch {
		return undefined;
	}
}

function tryDecode(bytes: Buffer, label: string): string | undefined {
	try {
		return decoder(label, true)?.decode(bytes);
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
	if (charset !== undefined) {
		const named = decoder(charset, false);
		if (named) return named.decode(bytes);
		throw new JwtAuthError(
			'RESPONSE_CHARSET_UNKNOWN',
			`The answer of the API names a charset that does not exist: ${charset.slice(0, 40)}.`,
		);
	}
	return (
		tryDecode(bytes, 'utf-8') ??
		tryDecode(bytes, detect(bytes) ?? 'utf-8') ??
		bytes.toString('utf8')
	);
}
