import fc from 'fast-check';
import { nextLink } from '../../../core/http/linkHeader';

it.each([
	['<https://a.example/?p=2>; rel=next', 'https://a.example/?p=2'],
	['<a,b>; REL="Next"', 'a,b'],
	[['<a>; rel="prev"', '<b>; rel="next"'], 'b'],
	['<a>; rel="prev"', undefined],
	['<a>; rel="nextish"', undefined],
	['<a?p=2>; title="page \\"two\\""; rel="next"', 'a?p=2'],
	['<a>; title="x, <b>; rel=next"; rel=prev, <c>; rel=next', 'c'],
	['<a>; title="; rel=next", <c>; rel = "prev\tnext"', 'c'],
	["<a>; title*=UTF-8''%zz; rel=next", 'a'],
	["<a>; title*=UTF-8'de'n%c3%a4chste; rel=next", 'a'],
	['<a>; crossorigin; rel=next', 'a'],
	['<a>; crossorigin, <b>; rel=next; x', 'b'],
	['<a>; uri=x; __proto__=y; rel=next', 'a'],
	['<a>; rel=prev; rel=next', undefined],
	['<a;rel=next,>;rel="prev",, <b>;rel=next,', 'b'],
	['junk, <a> junk; rel=next, <b>; rel=next', 'b'],
	['<>; rel=next', ''],
	['<a', undefined],
	['<a>; rel', undefined],
	['<a>; rel="next', 'a'],
	['', undefined],
	[undefined, undefined],
])('the next link of %j is %s', (link, expected) => {
	expect(nextLink(link)).toBe(expected);
});

describe('garbage in a Link header', () => {
	it('is passed over', () => {
		const pieces = fc.constantFrom('<', '>', ';', ',', '"', '\\', '=', 'rel', '*', "'", '%', ' ');
		const garbage = fc.oneof(fc.array(pieces), fc.array(fc.string())).map((all) => all.join(''));
		fc.assert(
			fc.property(garbage, (text) => {
				expect(() => nextLink(text)).not.toThrow();
			}),
		);
	});

	// Whoever needs time by the square of the length does not come to the end of these.
	it.each(['<', '<>', '<>,', ' ', '< ', '"\\', ';', ',', '<a>;x ', '<a>;rel=" ', '=', '<a>;rel='])(
		'takes no longer per byte for two megabytes of %j',
		(piece) => {
			const long = piece.repeat(2_000_000 / piece.length);
			expect(nextLink(long)).toBeUndefined();
			expect(nextLink(`<a>; rel="next", ${long}`)).toBe('a');
		},
	);
});
