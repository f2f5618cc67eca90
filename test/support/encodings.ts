const hex = (code: number, length: number): string => code.toString(16).padStart(length, '0');
const points = (text: string, write: (code: number) => string): string =>
	Array.from(text, (character) => write(character.codePointAt(0) ?? 0)).join('');
const units = (text: string, write: (code: number) => string): string =>
	Array.from({ length: text.length }, (_, index) => write(text.charCodeAt(index))).join('');
const json = (text: string): string => JSON.stringify(text).slice(1, -1);
const percent = (text: string): string =>
	Array.from(Buffer.from(text), (byte) => `%${hex(byte, 2)}`).join('');
const html = (text: string): string =>
	text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('"', '&quot;')
		.replaceAll("'", '&#039;');
const octal = (text: string): string =>
	Array.from(Buffer.from(text), (byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
const named: Record<string, string> = { '<': '&LT;', '"': '&QUOT;', '&': '&AMP;', é: '&eacute;' };
const form = (text: string): string => new URLSearchParams({ '': text }).toString().slice(1);

/** The ways a server writes what it was sent, whatever stands around it. */
export const ESCAPES: Record<string, (text: string) => string> = {
	'as it is': (text) => text,
	JSON: json,
	'JSON in JSON': (text) => json(json(text)),
	'JSON of PHP': (text) =>
		json(text)
			.replaceAll('/', '\\/')
			.replace(/[^\0-\x7f]/g, (letter) => units(letter, (code) => `\\u${hex(code, 4)}`)),
	'\\u for everything': (text) => units(text, (code) => `\\u${hex(code, 4)}`),
	'\\u in capitals': (text) => units(text, (code) => `\\u${hex(code, 4).toUpperCase()}`),
	'\\u with braces': (text) => points(text, (code) => `\\u{${hex(code, 1)}}`),
	'\\x as in a log': (text) => percent(text).replaceAll('%', '\\x'),
	'%u': (text) => units(text, (code) => `%u${hex(code, 4)}`),
	PHP: (text) => text.replace(/["'\\]/g, '\\$&'),
	HTML: html,
	'HTML by numbers': (text) => points(text, (code) => `&#${code};`),
	'HTML by hexadecimal numbers': (text) => points(text, (code) => `&#x${hex(code, 2)};`),
	'HTML by numbers with zeros': (text) =>
		points(text, (code) => `&#${String(code).padStart(12, '0')};`),
	'HTML by numbers without semicolons': (text) => points(text, (code) => `&#x${hex(code, 8)}`),
	'HTML by other names': (text) =>
		text
			.replace(/[<"&é]/g, (character) => named[character] ?? '')
			.replace(/[Üïöë]/g, (letter) => letter.normalize('NFD').replace('\u0308', 'uml;'))
			.replace(/([Uioe]uml;)/g, '&$1'),
	'octal numbers': octal,
	'octal numbers in JSON': (text) => json(octal(text)),
	'\\U': (text) => points(text, (code) => `\\U${hex(code, 8)}`),
	'quoted-printable': (text) => percent(text).replaceAll('%', '=').toUpperCase(),
	'quoted-printable in lines': (text) =>
		percent(text).replaceAll('%', '=').replace(/.{30}/g, '$&=\r\n'),
	'HTML in JSON': (text) => json(html(text)),
	'percent-encoding': encodeURIComponent,
	'percent-encoding in lower case': (text) =>
		encodeURIComponent(text).replace(/%../g, (escape) => escape.toLowerCase()),
	'percent-encoding of everything': percent,
	'percent-encoding twice': (text) => encodeURIComponent(encodeURIComponent(text)),
	'a form': form,
	'a form in JSON': (text) => json(form(text)),
	capitals: (text) => text.replace(/[a-z]+/g, (letters) => letters.toUpperCase()),
	'small letters': (text) => text.toLowerCase(),
	'with soft hyphens': (text) => text.replace(/.{4}/gu, '$&\u00ad'),
	'with blanks of no width': (text) => Array.from(text).join('\u200b'),
	'with blanks that do not break': (text) => Array.from(text).join('\u00a0'),
	'lines of eight': (text) => text.replace(/.{8}/g, '$&\n'),
};

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** The ways a server packs what it was sent, which change with what stands before it. */
export const PACKINGS: Record<string, (text: string) => string> = {
	Base64: base64,
	base64url: (text) => Buffer.from(text).toString('base64url'),
	'Base64 in lines': (text) => base64(text).replace(/.{7}/g, '$&\r\n'),
	'a Basic header': (text) => `Basic ${base64(`me:${text}`)}`,
	'a Basic header without padding': (text) =>
		`Basic_${Buffer.from(`you:${text}`).toString('base64url')}`,
	'Base64 of JSON': (text) => base64(JSON.stringify({ got: text })),
	'Base64 of Base64': (text) => base64(base64(text)),
	hex: (text) => Buffer.from(text).toString('hex'),
	'hex with 0x': (text) => `0x${Buffer.from(text).toString('hex')}`,
	'hex of PostgreSQL': (text) => JSON.stringify(`\\x${Buffer.from(text).toString('hex')}`),
	'hex with colons': (text) => Array.from(Buffer.from(text), (byte) => hex(byte, 2)).join(':'),
	'a Buffer in a log': (text) => `<${Array.from(Buffer.from(text), (b) => hex(b, 2)).join(' ')}>`,
	'bytes in JSON': (text) => JSON.stringify([...Buffer.from(text)]),
	'bytes in indented JSON': (text) => JSON.stringify([...Buffer.from(text)], null, 1),
	'a wrong charset': (text) => Buffer.from(text, 'latin1').toString('utf8'),
	'a wrong charset the other way': (text) => Buffer.from(text).toString('latin1'),
	'UTF-16': (text) => Buffer.from(text, 'utf16le').toString('latin1'),
};

/** All of them. */
export const ENCODINGS: Record<string, (text: string) => string> = { ...ESCAPES, ...PACKINGS };
