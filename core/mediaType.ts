/** How the body of a response is read when the person leaves it open. */
export type BodyKind = 'file' | 'json' | 'text';

/** Types n8n's own HTTP Request node takes for files, by their beginning. */
const FILE_TYPES = [
	'image/',
	'audio/',
	'video/',
	'application/epub+zip',
	'application/gzip',
	'application/msword',
	'application/octet-stream',
	'application/pdf',
	'application/vnd.amazon.ebook',
	'application/vnd.ms-excel',
	'application/vnd.ms-fontobject',
	'application/vnd.oasis.opendocument.presentation',
	'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
	'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
	'application/vnd.rar',
	'application/vnd.visio',
	'application/x-7z-compressed',
	'application/x-bzip',
	'application/x-cdf',
	'application/x-tar',
	'application/zip',
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
