import fc from 'fast-check';
import { shownText, shownTexts } from '../../../core/shared/shownText';

it('is printable and short whatever the text', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (text) => {
			const shown = shownText(text);
			expect([...shown].length).toBeLessThanOrEqual(103);
			expect(shown).not.toMatch(/\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}/u);
		}),
	);
	expect(shownText('https://api.example.com/ü')).toBe('"https://api.example.com/ü"');
	expect(shownText('x'.repeat(101))).toBe(`"${'x'.repeat(100)}…"`);
	expect(shownText('x'.repeat(100))).toBe(`"${'x'.repeat(100)}"`);
	expect(shownText('a\0\r\n\u2028b')).toBe('"a b"');
});

it('says that there is more also where the first 400 characters shrink to few', () => {
	expect(shownText('\n'.repeat(400))).toBe('" "');
	expect(shownText(`${'\n'.repeat(400)}x`)).toBe('" …"');
});

it('counts what it does not show', () => {
	expect(shownTexts(['a', 'b', 'c'])).toBe('"a", "b", "c"');
	expect(shownTexts(['a', 'b', 'c', 'd', 'e'])).toBe('"a", "b", "c" and 2 more');
});
