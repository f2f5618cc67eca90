import fc from 'fast-check';
import { unescaped, utf8, viewOf } from '../../../core/shared/textView';
import { ESCAPES } from '../../support/encodings';

describe('a text as its bytes', () => {
	it('knows for each byte which characters it came from', () => {
		expect(viewOf('aé😀b')).toEqual({
			bytes: utf8('aé😀b'),
			starts: [0, 1, 1, 2, 2, 2, 2, 4],
			ends: [1, 2, 2, 4, 4, 4, 4, 5],
		});
		expect(viewOf('')).toEqual({ bytes: '', starts: [], ends: [] });
		expect(viewOf('\x7f\x80').starts).toEqual([0, 1, 1]);
	});

	it('leaves out what is left of a character cut in two at the end, and only there', () => {
		expect(viewOf('a\ufffd')).toEqual(viewOf('a'));
		expect(viewOf('\ufffda').bytes).toBe(utf8('\ufffda'));
		expect(viewOf('a\ufffd\ufffd')).toEqual({
			bytes: utf8('a\ufffd'),
			starts: [0, 1, 1, 1],
			ends: [1, 2, 2, 2],
		});
	});

	it('is one character per byte', () => {
		expect(utf8('é')).toBe('\xc3\xa9');
		expect(utf8('plain')).toBe('plain');
	});
});

describe('a text without one layer of its escapes', () => {
	it('is undefined where there is none', () => {
		expect(unescaped(viewOf('plain é'))).toBeUndefined();
		expect(unescaped(viewOf(''))).toBeUndefined();
	});

	it('keeps where every byte came from', () => {
		expect(unescaped(viewOf('a%C3%A9\\n'))).toEqual({
			bytes: 'a\xc3\xa9\n',
			starts: [0, 1, 4, 7],
			ends: [1, 4, 7, 9],
		});
		const view = unescaped(viewOf('é\\u00e9x'));
		expect(view).toEqual({
			bytes: utf8('ééx'),
			starts: [0, 0, 1, 1, 7],
			ends: [1, 1, 7, 7, 8],
		});
	});

	it('leaves out an escape that the end cuts off', () => {
		expect(unescaped(viewOf('ab%2'))?.bytes).toBe('ab');
	});

	it('undoes a single layer', () => {
		const once = unescaped(viewOf('%2525'));
		expect(once?.bytes).toBe('%25');
		expect(once && unescaped(once)).toEqual({ bytes: '%', starts: [0], ends: [5] });
	});

	// Those that leave no character of the text as it is, so that nothing else is taken for an escape.
	it.each([
		'\\u for everything',
		'\\u in capitals',
		'\\u with braces',
		'\\x as in a log',
		'%u',
		'HTML by numbers',
		'HTML by hexadecimal numbers',
		'percent-encoding',
		'percent-encoding in lower case',
		'percent-encoding of everything',
	])('is what was written as %s', (name) => {
		const encode = ESCAPES[name];
		const texts = fc.string({ unit: 'grapheme', minLength: 1 });
		fc.assert(
			fc.property(texts, (text) => {
				const written = `${encode?.(text)}%20`;
				expect(unescaped(viewOf(written))?.bytes).toBe(utf8(`${text} `));
			}),
		);
	});
});
