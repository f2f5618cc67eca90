import fc from 'fast-check';
import { findPemBlocks, findTokens } from '../../../core/shared/findTokens';

const HEADER = 'eyJhbGciOiJIUzI1NiJ9';
const found = (text: string) => findTokens(text).map(({ start, end }) => text.slice(start, end));
const blocks = (text: string) =>
	findPemBlocks(text).map(({ start, end }) => text.slice(start, end));

describe('compact tokens in a text', () => {
	it.each<[string, string[]]>([
		[`a ${HEADER}.e30.c2ln b`, [`${HEADER}.e30.c2ln`]],
		[`${HEADER}.e30.c2ln, ${HEADER}.e30.x`, [`${HEADER}.e30.c2ln`, `${HEADER}.e30.x`]],
		[`x${HEADER}.e30.`, [`${HEADER}.e30.`]],
		[`(${HEADER}..aXY.Y2lw.dGFn)`, [`${HEADER}..aXY.Y2lw.dGFn`]],
		[`${HEADER}.1.2.3.4.5`, [`${HEADER}.1.2.3.4`]],
		[HEADER, [HEADER]],
		[`${HEADER}!`, []],
		[`${HEADER} .e30`, []],
		// Cut off by the end of the text, but with the nine bytes that are looked at.
		[HEADER.slice(0, 12), [HEADER.slice(0, 12)]],
		[HEADER.slice(0, 11), []],
		['eyAiYWxnIjoi.x.y', ['eyAiYWxnIjoi.x.y']],
		['ewogICAgICAg.x.y', ['ewogICAgICAg.x.y']],
		['', []],
	])('of %j are %j', (text, tokens) => {
		expect(found(text)).toEqual(tokens);
	});

	it.each([
		// {"é…: no header in ASCII; {x: no JSON; a list; text.
		`${Buffer.from('{"éééééé').toString('base64url')}.e30.c2ln`,
		`${Buffer.from('{x:12345').toString('base64url')}.e30.c2ln`,
		`${Buffer.from('["abcdef"').toString('base64url')}.e30.c2ln`,
		'eyeglasses-and-more.example.com',
		`${Buffer.from('{ {"abcd').toString('base64url')}x.e30.c2ln`,
		'everything.is.fine',
		'eyJ9.eyJ9.e30',
		'ewe-and-lamb-together.a.b',
		'eyJ hbGciOiJIUzI1NiJ9.e30.c2ln',
	])('are not taken for what %j holds', (text) => {
		expect(found(text)).toEqual([]);
	});

	it('end before whatever is no character of base64url', () => {
		const others = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code));
		for (const other of others.filter((character) => !/[\w.-]/.test(character))) {
			expect(found(`${HEADER}.e30.c2ln${other}more`)).toEqual([`${HEADER}.e30.c2ln`]);
		}
	});

	it('are found for every JSON header, wherever they stand', () => {
		const part = fc.stringMatching(/^[\w-]{0,20}$/);
		const header = fc.record({ alg: fc.stringMatching(/^[A-Z\d]{5}$/), kid: fc.nat() });
		const around = fc.constantFrom('', ' ', 'Bearer ', '"', '%20', '(', '_', 'x');
		fc.assert(
			fc.property(around, header, part, part, (before, head, payload, signature) => {
				const token = `${Buffer.from(JSON.stringify(head)).toString('base64url')}.${payload}.${signature}`;
				const text = `${before}${token} after`;
				expect(findTokens(text)).toEqual([
					{ start: before.length, end: before.length + token.length },
				]);
			}),
		);
	});
});

describe('PEM blocks in a text', () => {
	it.each<[string, string[]]>([
		['x -----BEGIN A-----\nabc\n-----END A----- y', ['-----BEGIN A-----\nabc\n-----END A-----']],
		[
			'-----BEGIN A-----1-----END A----------BEGIN B-----2-----END B-----',
			['-----BEGIN A-----1-----END A-----', '-----BEGIN B-----2-----END B-----'],
		],
		['-----END A----- -----BEGIN A-----\nabc', ['-----BEGIN A-----\nabc']],
		['-----BEGIN A-----1-----END A and more', ['-----BEGIN A-----1-----END']],
		['----BEGIN A-----', []],
		['', []],
	])('of %j are %j', (text, expected) => {
		expect(blocks(text)).toEqual(expected);
	});

	it.each([
		[59, true],
		[60, false],
	])('may end in a label of %s characters: %s', (length, whole) => {
		const block = `-----BEGIN X-----1-----END${'L'.repeat(length)}-----`;
		expect(blocks(block)).toEqual([whole ? block : '-----BEGIN X-----1-----END']);
	});
});
