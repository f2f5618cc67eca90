import { create } from 'content-disposition';
import fc from 'fast-check';
import { fileNameOf } from '../../../core/http/contentDisposition';

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

describe('an extended value', () => {
	it.each([
		["attachment; filename*=''x.txt", undefined],
		["attachment; filename*=UTF-8'x.txt", undefined],
		["attachment; filename*=UTF-8''%e2%82; filename=y.txt", 'y.txt'],
		["attachment; filename*=UTF-8''%4; filename=y.txt", 'y.txt'],
		["attachment; filename*=UTF-8''%E2%82%AC", '€'],
		["attachment; filename*=UTF-8''; filename=y.txt", 'y.txt'],
		['attachment; filename*=UTF-8; filename=y.txt', 'y.txt'],
	])('in %j gives %s', (value, expected) => {
		expect(fileNameOf(value)).toBe(expected);
	});
});

it.each([
	['attachment; filename="."', undefined],
	['attachment; filename="..."', '...'],
	['attachment; filename=" a.txt "', 'a.txt'],
	['attachment; filename="folder/"', undefined],
	['attachment; filename="a\tb\u0085c.txt"', 'abc.txt'],
	[null, undefined],
	[7, undefined],
])('of %j only a name of a file is taken: %s', (value, expected) => {
	expect(fileNameOf(value)).toBe(expected);
});
