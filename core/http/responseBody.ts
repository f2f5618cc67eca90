import { JwtAuthError } from '../errors';
import { tryJson } from '../shared/json';
import { endOfString } from '../shared/jsonStrings';

/** How the body of a response is read when the person leaves it open. */
export type BodyKind = 'file' | 'json' | 'text';

/** What n8n's own HTTP Request node takes for files under `application/`, by their beginning. */
const APPLICATION_FILES = [
	'epub+zip',
	'gzip',
	'msword',
	'octet-stream',
	'pdf',
	'vnd.amazon.ebook',
	'vnd.ms-excel',
	'vnd.ms-fontobject',
	'vnd.oasis.opendocument.presentation',
	'vnd.openxmlformats-officedocument.spreadsheetml.sheet',
	'vnd.openxmlformats-officedocument.wordprocessingml.document',
	'vnd.rar',
	'vnd.visio',
	'x-7z-compressed',
	'x-bzip',
	'x-cdf',
	'x-tar',
	'zip',
];

/** Types of files, by their beginning. */
const FILE_TYPES = [
	'image/',
	'audio/',
	'video/',
	...APPLICATION_FILES.map((name) => `application/${name}`),
];

/** MIME type of a `Content-Type`, in lower case and without parameters; empty for none. */
export function mediaTypeOf(contentType: unknown): string {
	const [type = ''] = String(contentType ?? '').split(';', 1);
	return type.trim().toLowerCase();
}

/** Kind of a body: JSON by RFC 6839 §3.1 (`application/json`, `…+json`), known files, else text. */
export function bodyKindOf(contentType: unknown): BodyKind {
	const type = mediaTypeOf(contentType);
	if (['application/json', 'text/json'].includes(type) || type.endsWith('+json')) return 'json';
	return FILE_TYPES.some((known) => type.startsWith(known)) ? 'file' : 'text';
}

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

/** Deepest nesting of an answer: what is deeper by far n8n can neither store nor hand on. */
const DEEPEST = 1000;

/** Whether objects and lists stand within each other more than {@link DEEPEST} times. */
function isTooDeep(text: string): boolean {
	let depth = 0;
	for (let index = 0; index < text.length; index++) {
		const code = text.charCodeAt(index);
		if (code === 34) index = endOfString(text, index) - 1;
		else if (code === 91 || code === 123) {
			depth += 1;
			if (depth > DEEPEST) return true;
		} else if (code === 93 || code === 125) depth -= 1;
	}
	return false;
}

/**
 * Reads the JSON of a response; a blank one is an empty object.
 *
 * @param lenient whether what is not JSON, or too deep, counts as an empty object
 * @throws {@link JwtAuthError} `JSON_MALFORMED`, `JSON_TOO_LARGE` for more than 1,000 levels
 */
export function parseResponseJson(text: string, lenient: boolean): unknown {
	if (text.trim() === '') return {};
	if (isTooDeep(text)) {
		if (lenient) return {};
		throw new JwtAuthError(
			'JSON_TOO_LARGE',
			`The API's answer is JSON nested more than ${DEEPEST} levels deep.`,
			{ hint: 'Set Response Format to Text to see it as it is.' },
		);
	}
	const value = tryJson(text);
	if (value !== undefined) return value;
	if (lenient) return {};
	throw new JwtAuthError('JSON_MALFORMED', "The API's answer is not valid JSON.", {
		hint: 'Set Response Format to Text to see it as it is.',
	});
}
