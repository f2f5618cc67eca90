import {
	bodyKindOf,
	decode,
	decodeText,
	mediaTypeOf,
	parseResponseJson,
} from '../../../core/http/responseBody';
import { expectCode } from '../support/expectCode';

describe('the charset of a text', () => {
	it.each([
		[Buffer.from('Grüße', 'latin1'), 'text/plain; charset=ISO-8859-1', 'Grüße'],
		[Buffer.from('Grüße', 'latin1'), 'text/plain; charset="windows-1252"', 'Grüße'],
		[Buffer.from([0x82, 0xa0]), 'text/plain;charset=shift_jis', 'あ'],
		[Buffer.from('\ufeffGrüße'), 'text/plain', 'Grüße'],
		[Buffer.from('éèà'), undefined, 'éèà'],
	])('%s as %s', (bytes, contentType, expected) => {
		expect(decodeText(bytes, contentType)).toBe(expected);
	});

	it('is guessed only where the bytes are no UTF-8', () => {
		const latin = Buffer.from('Grüße', 'latin1');
		expect(decodeText(latin, 'text/plain', () => 'ISO-8859-1')).toBe('Grüße');
		expect(decodeText(latin, 'text/plain', () => 'no-such')).toBe('Gr\ufffd\ufffde');
		expect(decodeText(latin, 'text/plain', () => undefined)).toBe('Gr\ufffd\ufffde');
		expect(decodeText(Buffer.from('Grüße'), 'text/plain', () => 'ISO-8859-1')).toBe('Grüße');
	});

	it('is an error if it does not exist', () => {
		expect(() => decodeText(Buffer.from('x'), 'text/plain; charset=klingon')).toThrow(
			expect.objectContaining({ code: 'RESPONSE_CHARSET_UNKNOWN' }),
		);
	});
});

it.each([
	['application/json; charset=utf-8', 'json'],
	['application/problem+json', 'json'],
	['application/x-ndjson', 'text'],
	['application/jsonlines', 'text'],
	['IMAGE/PNG', 'file'],
	['application/pdf', 'file'],
	['text/html', 'text'],
	['', 'text'],
])('%s is read as %s', (contentType, expected) => {
	expect(bodyKindOf(contentType)).toBe(expected);
	expect(mediaTypeOf(contentType)).toBe(contentType.split(';')[0]?.toLowerCase());
});

it.each([
	['application/JSON', 'json'],
	['text/json', 'json'],
	['application/vnd.api+json ; x=y', 'json'],
	['application/json-seq', 'text'],
	['text/plain; x=+json', 'text'],
	['audio/mpeg', 'file'],
	['video/mp4', 'file'],
	['text/image/png', 'text'],
	['application/gzip', 'file'],
	['application/epub+zip', 'file'],
	['application/msword', 'file'],
	['application/octet-stream', 'file'],
	['application/vnd.amazon.ebook', 'file'],
	['application/vnd.ms-excel', 'file'],
	['application/vnd.ms-excel.sheet.macroEnabled.12', 'file'],
	['application/vnd.ms-fontobject', 'file'],
	['application/vnd.oasis.opendocument.presentation', 'file'],
	['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'file'],
	['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'file'],
	['application/vnd.rar', 'file'],
	['application/vnd.visio', 'file'],
	['application/x-7z-compressed', 'file'],
	['application/x-bzip2', 'file'],
	['application/x-cdf', 'file'],
	['application/x-tar', 'file'],
	['application/zip', 'file'],
	['application/xml', 'text'],
	[undefined, 'text'],
	[null, 'text'],
])('%s is read as %s, whatever its capitals and parameters', (contentType, expected) => {
	expect(bodyKindOf(contentType)).toBe(expected);
});

describe('a media type', () => {
	it('is the part before the parameters, without blanks, in lower case; empty for none', () => {
		expect(mediaTypeOf(' Text/HTML ; charset=x; y')).toBe('text/html');
		expect(mediaTypeOf(undefined)).toBe('');
		expect(mediaTypeOf(null)).toBe('');
	});
});

describe('the name of a charset', () => {
	const latin = Buffer.from('é', 'latin1');

	it.each([
		"text/plain; charset='latin1'",
		'text/plain; CHARSET= "latin1"; x=y',
		'charset=latin1,x',
	])('is found in %s', (contentType) => {
		expect(decodeText(latin, contentType, () => 'utf-16le')).toBe('é');
	});

	it('is shown up to its fortieth character where it does not exist', () => {
		const shown = (length: number) =>
			expectCode('RESPONSE_CHARSET_UNKNOWN', () =>
				decodeText(latin, `text/plain; charset=${'x'.repeat(length)}`),
			).message;
		expect(shown(40)).toMatch(/does not exist: x{40}\.$/);
		expect(shown(41)).toMatch(/does not exist: x{40}\.$/);
	});

	it('decodes what is not in it to replacement characters, unless that is fatal', () => {
		expect(decodeText(latin, 'text/plain; charset=utf-8')).toBe('\ufffd');
		expect(decode(latin, 'utf-8', false)).toBe('\ufffd');
		expect(decode(latin, 'utf-8', true)).toBeUndefined();
		expect(decode(latin, 'klingon', false)).toBeUndefined();
	});
});

describe('the JSON of a response', () => {
	it.each<[string, unknown]>([
		['', {}],
		[' \r\n', {}],
		['null', null],
		['false', false],
		['[1]', [1]],
		['{"a":1,"a":2}', { a: 2 }],
	])('%j is read as %j, leniently or not', (text, expected) => {
		expect(parseResponseJson(text, false)).toEqual(expected);
		expect(parseResponseJson(text, true)).toEqual(expected);
	});

	it('is an empty object where it is none and that does not matter; else an error without it', () => {
		expect(parseResponseJson('<html>', true)).toEqual({});
		const error = expectCode('JSON_MALFORMED', () => parseResponseJson('<html>', false));
		expect(error.message).toBe("The API's answer is not valid JSON.");
		expect(error.hint).toContain('Response Format to Text');
	});
});

describe('the depth of JSON', () => {
	const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

	it('is read down to 1,000 levels, and refused below, where n8n cannot store it', () => {
		expect(JSON.stringify(parseResponseJson(nested(1000), false))).toBe(nested(1000));
		const error = expectCode('JSON_TOO_LARGE', () => parseResponseJson(nested(1001), false));
		expect(error.message).toBe("The API's answer is JSON nested more than 1000 levels deep.");
		expect(error.hint).toContain('Response Format to Text');
		expectCode('JSON_TOO_LARGE', () => parseResponseJson('{"a":'.repeat(400_000), false));
		expect(parseResponseJson(nested(1001), true)).toEqual({});
	});

	it('is counted behind texts as well, wherever they end', () => {
		for (const text of ['x', '\\', '"', '\\"', '"\\', '\\\\', '']) {
			const before = `[${JSON.stringify(text)},`;
			expect(parseResponseJson(`${before}${nested(999)}]`, false)).toHaveLength(2);
			expectCode('JSON_TOO_LARGE', () => parseResponseJson(`${before}${nested(1000)}]`, false));
		}
		expectCode('JSON_MALFORMED', () => parseResponseJson(`"${'['.repeat(2000)}`, false));
	});

	it('may have any number of brackets in its texts, and side by side', () => {
		for (const text of ['['.repeat(2000), '\\"['.repeat(2000), `${'\\'.repeat(3)}"[[`]) {
			expect(parseResponseJson(JSON.stringify({ text }), false)).toEqual({ text });
		}
		const lists = Array.from({ length: 2000 }, () => [{}]);
		expect(parseResponseJson(JSON.stringify(lists), false)).toEqual(lists);
	});
});
