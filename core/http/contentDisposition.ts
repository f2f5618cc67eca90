import { decode } from './charset';

const EXTENDED = /filename\*\s*=\s*([\w!#$%&+^`{}~-]+)'[^']*'([^;\s]+)/i;
const QUOTED = /filename\s*=\s*"((?:\\.|[^"\\])*)"/i;
const PLAIN = /filename\s*=\s*([^;"\s]+)/i;

function decodeExtended(value: string, charset: string): string | undefined {
	if (/%(?![0-9a-f]{2})/i.test(value)) return undefined;
	const bytes = value.replace(/%([0-9a-f]{2})/gi, (_all, hex: string) =>
		String.fromCharCode(Number.parseInt(hex, 16)),
	);
	return decode(Buffer.from(bytes, 'latin1'), charset, true);
}

/**
 * File name that a response gives its body, RFC 6266 (`filename*` before `filename`), without any
 * folder in front.
 *
 * @param contentDisposition field value
 * @returns undefined for none
 */
export function fileNameOf(contentDisposition: unknown): string | undefined {
	const value = String(contentDisposition ?? '');
	const [, charset = '', encoded = ''] = EXTENDED.exec(value) ?? [];
	const name =
		(charset === '' ? undefined : decodeExtended(encoded, charset)) ??
		QUOTED.exec(value)?.[1]?.replace(/\\(.)/g, '$1') ??
		PLAIN.exec(value)?.[1];
	const base = name
		?.split(/[/\\]/)
		.at(-1)
		?.replace(/[\p{Cc}]/gu, '')
		.trim();
	return base === '' || base === '.' || base === '..' ? undefined : base;
}
