import { decode } from './responseBody';
import { parseContentDisposition } from '../bundled/contentDisposition';

/**
 * Decodes an extended value, RFC 8187 §3.2. Not by the library, which knows two charsets.
 *
 * @param value such as `UTF-8''%e2%82%ac.pdf`
 * @returns undefined for what is none, and for bytes that are not in its charset
 */
function decodeExtended(value: string): string | undefined {
	const [charset = '', language, ...rest] = value.split("'");
	const encoded = rest.join("'");
	if (language === undefined || /%(?![0-9a-f]{2})/i.test(encoded)) return undefined;
	const bytes = encoded.replace(/%([0-9a-f]{2})/gi, (_all, hex: string) =>
		String.fromCharCode(Number.parseInt(hex, 16)),
	);
	return decode(Buffer.from(bytes, 'latin1'), charset, true);
}

/** The parameters of a field value, also where it lacks the `attachment` in front. */
function parametersOf(value: string): Record<string, string> {
	const { type, parameters } = parseContentDisposition(value, { extended: false });
	return type.includes('=') ? parametersOf(`;${value}`) : parameters;
}

/** The last part of a path, without control characters; undefined for one that names no file. */
function lastPart(path: string): string | undefined {
	const part = path
		.split(/[/\\]/)
		.at(-1)
		?.replace(/[\p{Cc}]/gu, '')
		.trim();
	return part === '' || part === '.' || part === '..' ? undefined : part;
}

/**
 * File name that a response gives its body, RFC 6266 (`filename*` before `filename`), without any
 * folder in front.
 *
 * @param contentDisposition field value
 * @returns undefined for none
 */
export function fileNameOf(contentDisposition: unknown): string | undefined {
	const { filename, 'filename*': extended } = parametersOf(String(contentDisposition ?? ''));
	const name = decodeExtended(extended ?? '') || filename;
	return lastPart(name ?? '');
}
