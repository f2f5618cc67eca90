import fc from 'fast-check';
import {
	fillAssertion,
	fillQuery,
	holdsPlaceholder,
	isPlaceholderMisplaced,
	queryHoldsPlaceholder,
	secretsBesidePlaceholder,
	withoutPlaceholder,
} from '../../../core/exchange/assertionPlaceholder';

const JWT = 'eyJhbGciOiJIUzI1NiJ9.e30.c2ln';

describe('the placeholder in an object', () => {
	it('is replaced in every text value, at any depth, and nothing else is', () => {
		const given = {
			jwt: '{assertion}',
			twice: '{assertion} and {assertion}',
			credentials: { jwt: '{assertion}', site: { contentUrl: '' }, list: [1, ['x{assertion}']] },
			'{assertion}': true,
			none: null,
		};
		expect(fillAssertion(given, JWT)).toEqual({
			jwt: JWT,
			twice: `${JWT} and ${JWT}`,
			credentials: { jwt: JWT, site: { contentUrl: '' }, list: [1, [`x${JWT}`]] },
			'{assertion}': true,
			none: null,
		});
		expect(given.jwt).toBe('{assertion}');
	});

	it('is inserted as it is, whatever it consists of', () => {
		expect(fillAssertion({ a: '{assertion}' }, "$&$'$1")).toEqual({ a: "$&$'$1" });
	});

	it('is gone afterwards from wherever it was found', () => {
		fc.assert(
			fc.property(fc.jsonValue(), fc.boolean(), (value, placed) => {
				const members = { value: placed ? [value, '{assertion}'] : value };
				expect(holdsPlaceholder(members)).toBe(
					placed || holdsPlaceholder(JSON.parse(JSON.stringify(value))),
				);
				expect(holdsPlaceholder(fillAssertion(members, JWT))).toBe(false);
			}),
		);
	});

	it.each([['{Assertion}'], ['{ assertion }'], ['assertion'], [''], [7], [null], [[]]])(
		'is not what looks like it: %j',
		(value) => {
			expect(holdsPlaceholder(value)).toBe(false);
		},
	);
});

describe('the placeholder in an address', () => {
	it.each([
		['https://a.test/t?jwt={assertion}', `https://a.test/t?jwt=${JWT}`],
		['https://a.test/t?jwt=%7Bassertion%7d&x=1', `https://a.test/t?jwt=${JWT}&x=1`],
		['https://a.test/t?a=?{assertion}', `https://a.test/t?a=?${JWT}`],
	])('is replaced in the query: %s', (url, filled) => {
		expect(queryHoldsPlaceholder(url)).toBe(true);
		expect(isPlaceholderMisplaced(url)).toBe(false);
		expect(fillQuery(url, JWT)).toBe(filled);
		expect(withoutPlaceholder(url)).toBe('https://a.test/t');
	});

	it.each([
		'https://a.test/{assertion}/t',
		'https://a.test/%7Bassertion%7D',
		'https://{assertion}.test/',
		'https://a.test/t#{assertion}',
		'https://a.test/t#?{assertion}',
	])('is misplaced elsewhere: %s', (url) => {
		expect(isPlaceholderMisplaced(url)).toBe(true);
	});

	it('is not in one that has none', () => {
		const url = 'https://a.test/t?x=1';
		expect(queryHoldsPlaceholder(url)).toBe(false);
		expect(isPlaceholderMisplaced(url)).toBe(false);
		expect([fillQuery(url, JWT), withoutPlaceholder(url)]).toEqual([url, url]);
	});
});

describe('a secret that holds the placeholder', () => {
	it('is what stands around it, from six characters on', () => {
		expect(secretsBesidePlaceholder(['key:{assertion}'])).toEqual([]);
		expect(secretsBesidePlaceholder(['secret {assertion} and more'])).toEqual([
			'secret',
			'and more',
		]);
		expect(secretsBesidePlaceholder(['pin', 'JWT {assertion}'])).toEqual(['pin']);
	});
});
