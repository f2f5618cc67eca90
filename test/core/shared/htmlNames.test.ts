import { characterNamed } from '../../../core/shared/htmlNames';

describe('characterNamed', () => {
	it.each([
		['quot', '"'],
		['AMP', '&'],
		['nbsp', '\u00a0'],
		['Auml', 'Ä'],
		['szlig', 'ß'],
		['eacute', 'é'],
		['yuml', 'ÿ'],
	])('knows %s as %s', (name, character) => {
		expect(characterNamed(name)).toBe(character.codePointAt(0));
	});

	it('knows no other names', () => {
		for (const name of ['', 'toString', '__proto__', 'EACUTE']) {
			expect(characterNamed(name)).toBeUndefined();
		}
	});
});
