/** An instance of a class that can write itself, as a DateTime of n8n's expressions is. */
class DateTime {
	private readonly ts = 0;

	toJSON(): string {
		return new Date(this.ts).toISOString();
	}
}

/** What an expression can put into a field, by name. */
export const ODD_VALUES: Readonly<Record<string, () => unknown>> = {
	undefined: () => undefined,
	null: () => null,
	'an empty text': () => '',
	'a blank': () => ' ',
	'a text': () => 'odd',
	zero: () => 0,
	'minus one': () => -1,
	NaN: () => Number.NaN,
	Infinity: () => Number.POSITIVE_INFINITY,
	'2^31': () => 2 ** 31,
	'2^53': () => 2 ** 53,
	'a fraction': () => 5000.5,
	'ten trillion': () => 1e13,
	true: () => true,
	false: () => false,
	'an empty list': () => [],
	'a list': () => [1],
	'a list of nothing': () => [null, undefined],
	'an empty object': () => ({}),
	'an object': () => ({ a: 1 }),
	'a nested object': () => ({ a: { b: [{ c: null }] }, parameters: [null], retry: 1, claim: 'x' }),
	'an object without a prototype': () => Object.assign(Object.create(null) as object, { a: 1 }),
	'a date': () => new Date(0),
	'an invalid date': () => new Date(Number.NaN),
	'a DateTime': () => new DateTime(),
	'a function': () => () => 'x',
	'a BigInt': () => 10n ** 20n,
	'a very long text': () => 'x'.repeat(200_000),
	'a text with NUL and a line break': () => 'a\0b\nc\rd',
	'an emoji': () => '😀',
	'half an emoji': () => '\ud83d',
	__proto__: () => '__proto__',
	constructor: () => 'constructor',
	'a percent sign in a user name': () => 'https://a%:b%zz@example.com/',
	'a deep path': () => 'a.'.repeat(20_000),
	'a path with a large index': () => 'a[4294967294]',
	bytes: () => Buffer.from('x'),
	'an object whose toString throws': () => ({
		toString() {
			throw new TypeError('toString');
		},
	}),
	'an object that contains itself': () => {
		const circle: Record<string, unknown> = {};
		return Object.assign(circle, { circle });
	},
};
