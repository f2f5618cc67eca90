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
