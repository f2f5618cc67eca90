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

const CRLF = Buffer.from('\r\n');

/** Names and file names, escaped as browsers do (WHATWG HTML, multipart/form-data encoding). */
function escape(text: string): string {
	return text.replace(/\r\n|\r|\n/g, '%0D%0A').replace(/"/g, '%22');
}

function headerLines({ name, fileName, contentType }: FormPart): string[] {
	const file = fileName === undefined ? '' : `; filename="${escape(fileName)}"`;
	const disposition = `Content-Disposition: form-data; name="${escape(name)}"${file}`;
	if (!contentType) return [disposition];
	return [disposition, `Content-Type: ${contentType.replace(/[\r\n]/g, '')}`];
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
	const lines = parts.flatMap((part) => [`--${boundary}`, ...headerLines(part), '', part.value]);
	const chunks = [...lines, `--${boundary}--`].flatMap((line) => [
		typeof line === 'string' ? Buffer.from(line, 'utf8') : line,
		CRLF,
	]);
	return {
		bytes: Buffer.concat(chunks),
		contentType: `multipart/form-data; boundary=${boundary}`,
	};
}
