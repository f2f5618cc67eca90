/** Names of ASCII characters that occur in secrets. */
const ASCII: Readonly<Record<string, string>> = {
	AMP: '&',
	amp: '&',
	apos: "'",
	ast: '*',
	bsol: '\\',
	colon: ':',
	comma: ',',
	commat: '@',
	dollar: '$',
	equals: '=',
	excl: '!',
	grave: '`',
	GT: '>',
	gt: '>',
	Hat: '^',
	lbrace: '{',
	lbrack: '[',
	lcub: '{',
	lowbar: '_',
	lpar: '(',
	lsqb: '[',
	LT: '<',
	lt: '<',
	midast: '*',
	NewLine: '\n',
	num: '#',
	percnt: '%',
	period: '.',
	plus: '+',
	quest: '?',
	QUOT: '"',
	quot: '"',
	rbrace: '}',
	rbrack: ']',
	rcub: '}',
	rpar: ')',
	rsqb: ']',
	semi: ';',
	sol: '/',
	Tab: '\t',
	tilde: '~',
	UnderBar: '_',
	verbar: '|',
	vert: '|',
};

/** Names of the characters from U+00A0 to U+00FF, in their order. */
const LATIN_1 = [
	'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr',
	'deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest',
	'Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml',
	'ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig',
	'agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml',
	'eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml',
].flatMap((row) => row.split(' '));

const CODES = new Map([
	...Object.entries(ASCII).map(([name, character]): [string, number] => [
		name,
		character.charCodeAt(0),
	]),
	...LATIN_1.map((name, index): [string, number] => [name, 0xa0 + index]),
]);

/**
 * The character HTML has a name for, as far as people and programs write it so: ASCII and Latin-1.
 *
 * @param name without `&` and `;`, such as `quot` or `eacute`
 * @returns its code point; undefined for any other name
 */
export function characterNamed(name: string): number | undefined {
	return CODES.get(name);
}
