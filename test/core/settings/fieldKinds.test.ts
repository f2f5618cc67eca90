import fc from 'fast-check';
import {
	boundsText,
	describe as describeValue,
	isPlainObject,
	toNumber,
} from '../../../core/settings/fieldKinds';

describe('a value in words', () => {
	it.each<[unknown, string]>([
		[undefined, 'empty'],
		[null, 'empty'],
		['', 'empty'],
		[' ', 'another text'],
		['secret', 'another text'],
		[[], 'a list'],
		[true, 'true'],
		[false, 'false'],
		[0, 'a number'],
		[1.5, 'a number'],
		[1n, 'a number'],
		[Number.NaN, 'NaN'],
		[-Infinity, '-Infinity'],
		[{}, 'an object'],
		[new Date(), 'an object'],
	])('%p is %s', (value, words) => {
		expect(describeValue(value)).toBe(words);
	});

	it('never quotes a text or what is in an object', () => {
		fc.assert(
			fc.property(
				fc.oneof(fc.string({ minLength: 1 }), fc.object(), fc.array(fc.string())),
				(value) => {
					expect(['another text', 'an object', 'a list']).toContain(describeValue(value));
				},
			),
		);
	});
});

describe('a number', () => {
	it.each<[unknown, number | undefined]>([
		[7, 7],
		[0, 0],
		[-1.5, -1.5],
		['7', 7],
		[' 7 ', 7],
		['1e3', 1000],
		['0', 0],
		['', undefined],
		['  ', undefined],
		['7 seconds', undefined],
		['Infinity', undefined],
		[Infinity, undefined],
		[Number.NaN, undefined],
		[null, undefined],
		[undefined, undefined],
		[true, undefined],
		[[7], undefined],
		[7n, undefined],
	])('of %p is %s', (value, number) => {
		expect(toNumber(value)).toBe(number);
	});
});

describe('an object that only holds members', () => {
	it.each<[unknown, boolean]>([
		[{}, true],
		[Object.create(null), true],
		[{ a: new Date() }, true],
		[[], false],
		[null, false],
		['{}', false],
		[new Date(), false],
		[Buffer.from('x'), false],
		[new Map(), false],
		[Object.create({}), false],
	])('%p: %s', (value, expected) => {
		expect(isPlainObject(value)).toBe(expected);
	});
});

describe('bounds in words', () => {
	const none = Number.MAX_SAFE_INTEGER;

	it.each([
		[1, 10, 'a number from 1 to 10'],
		[-none, 10, `a number from ${-none} to 10`],
		[1, none, 'a number of at least 1'],
		[0, none, 'a number of at least 0'],
		[-none, none, 'a number'],
	])('from %s to %s are %j', (least, most, words) => {
		expect(boundsText('a number', least, most)).toBe(words);
	});
});
