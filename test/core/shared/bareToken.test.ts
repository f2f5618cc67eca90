import { bareToken } from '../../../core/shared/bareToken';

it.each([
	'a.b.c',
	' a.b.c\r\n',
	'Bearer a.b.c',
	'BEARER \t a.b.c',
	'Authorization: Bearer a.b.c',
	'authorization:Bearer a.b.c',
	'"a.b.c"',
	"'Bearer a.b.c'",
	'`a.b.c`',
	'"Authorization": "Bearer a.b.c",',
	'-H "Authorization: Bearer a.b.c"',
	'a.\n  b.\r\n  c',
	'"a.b.c";',
	'“a.b.c”',
	'\u200ba.b\u200d.c\ufeff',
	'JWT a.b.c',
	'Authorization: Token a.b.c',
	'bearer: a.b.c',
	'Bearer " a.b.c " ,',
	'\ufeff a.b.c',
	'a.b\r.c',
])('finds the token in %j', (pasted) => {
	expect(bareToken(pasted)).toBe('a.b.c');
});

it.each(['', ' ', 'Bearer', 'Bearer ', 'Authorization: Bearer', '""'])(
	'finds none in %j',
	(pasted) => {
		expect(bareToken(pasted)).toBe('');
	},
);

it('changes nothing inside of a token', () => {
	for (const token of [
		'a.b c.d',
		'a"b.c.d',
		'a.b.c=',
		'bearer.b.c',
		'jwt.b.c',
		'a,b',
		'a.b.bearer',
	]) {
		expect(bareToken(token)).toBe(token);
	}
});

it('ends soon for a long text', () => {
	for (const text of [' ', '"', 'Bearer ', '\n', "'\n"]) {
		expect(bareToken(text.repeat(300_000)).length).toBeLessThan(2_100_000);
	}
});
