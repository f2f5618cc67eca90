import fc from 'fast-check';
import {
	boundsText,
	durationError,
	fieldError,
	isPlainObject,
	kindOfValue,
	toNumber,
} from '../../../core/settings/fieldKinds';

describe('a value in words', () => {
	it.each<[unknown, string]>([
		[undefined, 'an expression that found nothing'],
		[null, 'an expression that found nothing'],
		['', 'an empty text'],
		[' \n', 'an empty text'],
		['secret', 'a text'],
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
		expect(kindOfValue(value)).toBe(words);
	});

	it('never quotes a text or what is in an object', () => {
		fc.assert(
			fc.property(fc.oneof(fc.string(), fc.object(), fc.array(fc.string())), (value) => {
				expect(['a text', 'an empty text', 'an object', 'a list']).toContain(kindOfValue(value));
			}),
		);
	});
});

describe('an error', () => {
	it('names the field by its label, without the value', () => {
		expect(fieldError('The Field', 'secret', 'a number', 'Do so.')).toMatchObject({
			code: 'FIELD_INVALID',
			message: 'The Field is a text; it has to be a number.',
			hint: 'Do so.',
		});
		expect(fieldError('The Field', 7, 'a text').hint).toContain('Correct the value');
	});

	it.each([
		[1, 'milliseconds', 'Enter a number from 5 to 2147483647, 24 days.'],
		[1000, 'seconds', 'Enter a number from 5 to 2147483, 24 days.'],
	])('about a time in units of %s ms says %s', (unit, name, hint) => {
		expect(durationError('Timeout', 'a text', 5, unit)).toMatchObject({
			code: 'DURATION_INVALID',
			message: `Timeout is a text; it has to be a number of ${name}.`,
			hint,
		});
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
