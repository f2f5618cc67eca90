import fc from 'fast-check';
import { escapeAt, quotedPrintableAt } from '../../../core/shared/escapes';

const bytesOf = (text: string) => Buffer.from(text, 'utf8').toString('latin1');

describe('an escape', () => {
	it.each([
		['\\"', '"', 2],
		['\\/', '/', 2],
		['\\\\', '\\', 2],
		["\\'", "'", 2],
		['\\n', '\n', 2],
		['\\b', '\b', 2],
		['\\f', '\f', 2],
		['\\r', '\r', 2],
		['\\t', '\t', 2],
		['\\0', '\0', 2],
		['\\u00e9', bytesOf('é'), 6],
		['\\u00E9', bytesOf('é'), 6],
		['\\ud83d\\ude00', bytesOf('😀'), 12],
		['\\udbff\\udfff', bytesOf('\u{10ffff}'), 12],
		['\\ud800\\udc00', bytesOf('\u{10000}'), 12],
		['\\u{1f600}', bytesOf('😀'), 9],
		['\\u{9}', '\t', 5],
		['\\u{10FFFF}', bytesOf('\u{10ffff}'), 10],
		['\\xe9', '\xe9', 4],
		['\\xE9', '\xe9', 4],
		['%C3', '\xc3', 3],
		['%c3', '\xc3', 3],
		['%u00e9', bytesOf('é'), 6],
		['%ud83d%ude00', bytesOf('😀'), 12],
		['&amp;', '&', 5],
		['&quot;', '"', 6],
		['&percnt;', '%', 8],
		['&Hat;', '^', 5],
		['&#39;', "'", 5],
		['&#039;', "'", 6],
		['&#x27;', "'", 6],
		['&#X27;', "'", 6],
		['&#233;', bytesOf('é'), 6],
		['&#x1F600;', bytesOf('😀'), 9],
		['&#1114111;', bytesOf('\u{10ffff}'), 10],
	])('%j stands for %j', (text, bytes, length) => {
		expect(escapeAt(text, 0)).toEqual({ bytes, length });
		expect(escapeAt(`ab${text}-and something more`, 2)).toEqual({ bytes, length });
		expect(escapeAt(`ab${text}-and something more`, 1)).toBeUndefined();
	});

	it.each<[string, string]>([
		['amp', '&'],
		['apos', "'"],
		['ast', '*'],
		['bsol', '\\'],
		['colon', ':'],
		['comma', ','],
		['commat', '@'],
		['dollar', '$'],
		['equals', '='],
		['excl', '!'],
		['grave', '`'],
		['gt', '>'],
		['lcub', '{'],
		['lowbar', '_'],
		['lpar', '('],
		['lsqb', '['],
		['lt', '<'],
		['nbsp', 'Â\u00a0'],
		['num', '#'],
		['period', '.'],
		['plus', '+'],
		['quest', '?'],
		['rcub', '}'],
		['rpar', ')'],
		['rsqb', ']'],
		['semi', ';'],
		['sol', '/'],
		['tilde', '~'],
		['verbar', '|'],
	])('&%s; stands for %j', (name, bytes) => {
		expect(escapeAt(`&${name};`, 0)).toEqual({ bytes, length: name.length + 2 });
	});

	it.each([
		'a',
		'\\q and something more',
		'\\5 and something more',
		'\\xg0 and something more',
		'\\u00g0 and something more',
		'\\u{} and something more',
		'\\u{1234567} and more',
		'\\ux{41} and something more',
		'\\q%',
		'\\xg',
		'%zz and something more',
		'%U00e9 and something more',
		'%u00g0 and something more',
		'&nosuch; and something more',
		'&toString; and something more',
		'&amp and something more',
		'&#; and something more',
		'&#x; and something more',
		'& and &amp; and more',
		'& and something more',
	])('is none: %j', (text) => {
		expect(escapeAt(text, 0)).toBeUndefined();
	});

	it.each(['&#12345678; and more', '&#x1234567; and more'])(
		'of a number beyond all characters stands for none: %j',
		(text) => {
			expect(escapeAt(text, 0)).toMatchObject({ bytes: '' });
		},
	);

	it('of half a surrogate pair stands alone for what it is by itself', () => {
		const replaced = bytesOf('\ufffd');
		for (const text of ['\\ud83d\\u00g0', '\\ud83d-ude00', '\\ud83d%ude00', '\\ude00\\ud83d']) {
			expect(escapeAt(`${text} and something more`, 0)).toEqual({ bytes: replaced, length: 6 });
		}
		expect(escapeAt('\\ue000\\ude00', 0)).toEqual({ bytes: bytesOf('\ue000'), length: 6 });
		expect(escapeAt('\\ud7ff\\ude00', 0)).toEqual({ bytes: bytesOf('\ud7ff'), length: 6 });
		expect(escapeAt('\\udbff\\ude00', 0)?.length).toBe(12);
		expect(escapeAt('\\udc00\\ude00', 0)?.length).toBe(6);
	});

	it('of a character beyond Unicode stands for nothing', () => {
		expect(escapeAt('&#1114112;', 0)).toEqual({ bytes: '', length: 10 });
		expect(escapeAt('\\u{110000}', 0)).toEqual({ bytes: '', length: 10 });
	});

	it.each([
		'%',
		'%a',
		'%u',
		'%u12',
		'%u123',
		'\\',
		'\\x',
		'\\xa',
		'\\u',
		'\\u1',
		'\\u123',
		'\\u{',
		'\\u{1f600',
		'&',
		'&#',
		'&#x',
		'&#x1f60',
		'&am',
		'&amp',
		`&#${'0'.repeat(21)}1`,
	])('that the end cuts off stands for nothing: %j', (text) => {
		expect(escapeAt(text, 0)).toEqual({ bytes: '', length: text.length });
		expect(escapeAt(`abc${text}`, 3)).toEqual({ bytes: '', length: text.length });
	});

	it('reads back what other implementations write', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }), (character) => {
				const code = character.codePointAt(0) ?? 0;
				fc.pre(code < 0xd800 || code > 0xdfff);
				const units = Array.from({ length: character.length }, (_, index) =>
					character.charCodeAt(index).toString(16).padStart(4, '0'),
				);
				const forms = [
					units.map((unit) => `\\u${unit}`).join(''),
					units.map((unit) => `%u${unit}`).join(''),
					`\\u{${code.toString(16)}}`,
					`&#${code};`,
					`&#x${code.toString(16)};`,
				];
				for (const form of forms) {
					expect(escapeAt(form, 0)).toEqual({ bytes: bytesOf(character), length: form.length });
				}
			}),
		);
	});
});

describe('an escape of quoted-printable', () => {
	it.each([
		['=C3', '\xc3', 3],
		['=c3', '\xc3', 3],
		['=\n', '', 2],
		['=\r\n', '', 3],
	])('%j stands for %j', (text, bytes, length) => {
		expect(quotedPrintableAt(text, 0)).toEqual({ bytes, length });
		expect(quotedPrintableAt(`ab${text}and more`, 2)).toEqual({ bytes, length });
		expect(quotedPrintableAt(`ab${text}and more`, 1)).toBeUndefined();
	});

	it.each(['=', '=C', '=CG', '=\r', '=\rx', '=x\n', 'C3'])('is none: %j', (text) => {
		expect(quotedPrintableAt(text, 0)).toBeUndefined();
	});
});
