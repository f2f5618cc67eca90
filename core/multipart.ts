import { randomBytes } from 'node:crypto';

/** One part of a form, RFC 7578. */
export interface FormPart {
	name: string;
	/** Text, sent as UTF-8, or the bytes of a file. */
	value: string | Buffer;
	/** Makes the part a file. */
	fileName?: string;
	/** MIME type; none is sent for a text. */
	contentType?: string;
}

/** Names and file names, escaped as browsers do (WHATWG HTML, multipart/form-data encoding). */
function escape(text: string): string {
	return text.replace(/\r\n|\r|\n/g, '%0D%0A').replace(/"/g, '%22');
}

function head({ name, fileName, contentType }: FormPart): string {
	const file = fileName === undefined ? '' : `; filename="${escape(fileName)}"`;
	const type = contentType ? `\r\nContent-Type: ${contentType.replace(/[\r\n]/g, '')}` : '';
	return `Content-Disposition: form-data; name="${escape(name)}"${file}${type}`;
}

/**
 * Writes a multipart/form-data body. Its bytes are known before it is sent, so that it can be
 * hashed into a token and sent again.
 *
 * @param boundary default: random
 */
export function encodeMultipart(
	parts: readonly FormPart[],
	boundary = `----jwt-auth-${randomBytes(16).toString('hex')}`,
): { bytes: Buffer; contentType: string } {
	const chunks = parts.flatMap((part) => [
		Buffer.from(`--${boundary}\r\n${head(part)}\r\n\r\n`, 'utf8'),
		typeof part.value === 'string' ? Buffer.from(part.value, 'utf8') : part.value,
		Buffer.from('\r\n', 'utf8'),
	]);
	const bytes = Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`, 'utf8')]);
	return { bytes, contentType: `multipart/form-data; boundary=${boundary}` };
}
