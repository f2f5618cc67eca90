import {
	bodyKindOf,
	decodeText,
	mediaTypeOf,
	parseResponseJson,
} from '../../../core/http/responseBody';
import { create } from 'content-disposition';
import fc from 'fast-check';

import { fileNameOf } from '../../../core/http/contentDisposition';

import { encodeMultipart } from '../../../core/http/multipart';
import { getPath, setPath } from '../../../core/shared/objectPath';
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
		expect(decodeText(Buffer.from('Grüße'), 'text/plain', () => 'ISO-8859-1')).toBe('Grüße');
	});

	it('is an error if it does not exist', () => {
		expect(() => decodeText(Buffer.from('x'), 'text/plain; charset=klingon')).toThrow(
			expect.objectContaining({ code: 'RESPONSE_CHARSET_UNKNOWN' }),
		);
	});
});

it.each([
	['attachment; filename="July report.pdf"', 'July report.pdf'],
	["attachment; filename=x.pdf; filename*=UTF-8''%e2%82%ac%20rates.pdf", '€ rates.pdf'],
	["attachment; filename*=iso-8859-1'en'%A3.txt", '£.txt'],
	["attachment; filename=x.txt; filename*=UTF-8''%zz.txt", 'x.txt'],
	['attachment; filename="a \\"b\\".txt"', 'a "b".txt'],
	['attachment; filename=plain.txt', 'plain.txt'],
	['attachment; filename=July report.pdf', 'July report.pdf'],
	['attachment; xfilename="a.txt"; filename="b.txt"', 'b.txt'],
	['attachment; note="; filename=a.txt"; FileName = "b;c.txt"', 'b;c.txt'],
	["attachment; xfilename*=UTF-8''a.txt; filename=b.txt", 'b.txt'],
	["attachment; filename*=UTF-8'en'it's.txt", "it's.txt"],
	["attachment; filename*=shift_jis''%82%a0.txt", 'あ.txt'],
	["attachment; filename*=klingon''x.txt; filename=y.txt", 'y.txt'],
	["attachment; filename*=UTF-8''%ff.txt; filename=y.txt", 'y.txt'],
	["attachment; filename*=UTF-8''a%2F..%2Fb%0d%0a.txt", 'b.txt'],
	['filename="no type.pdf"', 'no type.pdf'],
	['attachment; filename="unfinished', undefined],
	['attachment; filename=""', undefined],
	['=', undefined],
	['attachment; filename="../../etc/passwd"', 'passwd'],
	['attachment; filename="C:\\\\x\\\\y.txt"', 'y.txt'],
	['attachment; filename=".."', undefined],
	['inline', undefined],
	[undefined, undefined],
])('the file name in %j is %s', (value, expected) => {
	expect(fileNameOf(value)).toBe(expected);
});

describe('any file name', () => {
	const names = fc.string({ unit: 'grapheme', minLength: 1 }).filter((name) => {
		return !/[/\\\p{Cc}\p{Cs}]/u.test(name) && name.trim() === name && !/^\.{1,2}$/.test(name);
	});

	it('is read back as it was written by another implementation', () => {
		fc.assert(
			fc.property(names, (name) => {
				expect(fileNameOf(create(name))).toBe(name);
			}),
		);
	});

	it('is one without folders and control characters, whatever the header says', () => {
		const pieces = fc.constantFrom('attachment', ';', 'filename', '*', '=', '"', "UTF-8''", '\\');
		const headers = fc.array(fc.oneof(pieces, fc.constantFrom('%2f', '%0a', '..', '/', ' ', 'a')));
		fc.assert(
			fc.property(
				fc.oneof(
					headers.map((parts) => parts.join('')),
					fc.string(),
				),
				(header) => {
					expect(fileNameOf(header) ?? 'x').toMatch(/^(?!\.{1,2}$)[^/\\\p{Cc}]+$/u);
				},
			),
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

describe('a multipart body', () => {
	it('is read back by another implementation with every name, text and file', async () => {
		const text = fc.string({ unit: 'binary', maxLength: 30 });
		const name = fc.string({ minLength: 1, maxLength: 10 });
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.record({ name, value: fc.oneof(text, fc.uint8Array()) }), { minLength: 1 }),
				async (fields) => {
					const { bytes, contentType } = encodeMultipart(
						fields.map(({ name: field, value }) =>
							typeof value === 'string'
								? { name: field, value }
								: {
										name: field,
										value: Buffer.from(value),
										fileName: 'f"ö.bin',
										contentType: 'a/b',
									},
						),
					);
					const form = await new Response(new Uint8Array(bytes), {
						headers: { 'content-type': contentType },
					}).formData();
					const read = await Promise.all(
						[...form].map(async ([field, value]) => ({
							name: field,
							value: typeof value === 'string' ? value : new Uint8Array(await value.arrayBuffer()),
						})),
					);
					const wellFormed = (value: string) => Buffer.from(value, 'utf8').toString('utf8');
					expect(read).toEqual(
						fields.map(({ name: field, value }) => ({
							name: field,
							value: typeof value === 'string' ? wellFormed(value) : value,
						})),
					);
				},
			),
		);
	});

	it('lets no name break out of its header', () => {
		const { bytes } = encodeMultipart(
			[{ name: 'a"\r\nX: y', value: '', contentType: 'a\r\nX: y' }],
			'b',
		);
		expect(bytes.toString()).toBe(
			'--b\r\nContent-Disposition: form-data; name="a%22%0D%0AX: y"\r\nContent-Type: aX: y\r\n\r\n\r\n--b--\r\n',
		);
	});
});

describe('the path of a field', () => {
	it('reads and sets what lodash would', () => {
		const target: Record<string, unknown> = {};
		setPath(target, 'a.b[1]["c d"]', 1);
		setPath(target, 'a.constructor.x', 2);
		expect(target).toEqual({ a: { b: [undefined, { 'c d': 1 }], constructor: { x: 2 } } });
		expect(getPath(target, 'a.b[1]["c d"]')).toBe(1);
		expect(getPath(target, '')).toBe(target);
	});

	it('leaves prototypes alone', () => {
		expect(() => setPath({}, '__proto__.polluted', 1)).toThrow(
			expect.objectContaining({ code: 'JSON_MEMBER_FORBIDDEN' }),
		);
		setPath({}, 'constructor.prototype.polluted', 1);
		expect('polluted' in {}).toBe(false);
		expect(getPath({}, 'constructor.name')).toBeUndefined();
	});
});

describe('JSON of an answer', () => {
	const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

	it('is read down to 1,000 levels, and refused below, where n8n cannot store it', () => {
		expect(JSON.stringify(parseResponseJson(nested(1000), false))).toBe(nested(1000));
		expectCode('JSON_TOO_LARGE', () => parseResponseJson(nested(1001), false));
		expectCode('JSON_TOO_LARGE', () => parseResponseJson('{"a":'.repeat(400_000), false));
		expect(parseResponseJson(nested(1001), true)).toEqual({});
	});

	it('may have any number of brackets in its texts, and side by side', () => {
		for (const text of ['['.repeat(2000), '\\"['.repeat(2000), `${'\\'.repeat(3)}"[[`]) {
			expect(parseResponseJson(JSON.stringify({ text }), false)).toEqual({ text });
		}
		const lists = Array.from({ length: 2000 }, () => [{}]);
		expect(parseResponseJson(JSON.stringify(lists), false)).toEqual(lists);
	});
});
