import {
	hasField,
	readChoice,
	readJsonField,
	readSeconds,
	readSwitch,
	readText,
	readTrimmed,
} from '../../../core/settings/credentialFields';
import { expectCode } from '../support/expectCode';

const field = { name: 'x', label: 'The Field' };
const refusal = (run: () => unknown) => expectCode('FIELD_INVALID', run);
const TEN_YEARS = 315_360_000;

describe('a field', () => {
	it('is there when it has any value, also none', () => {
		expect(hasField({ x: undefined }, 'x')).toBe(true);
		expect(hasField({ x: '' }, 'x')).toBe(true);
		expect(hasField({}, 'x')).toBe(false);
		expect(hasField({}, 'toString')).toBe(false);
	});

	it('that is missing has its default, one that found nothing has none', () => {
		expect(readText({}, field)).toBe('');
		expect(readText({}, field, 'd')).toBe('d');
		expect(readTrimmed({}, field, 'd')).toBe('d');
		expect(readSwitch({}, field, true)).toBe(true);
		expect(readChoice({}, field, ['a', 'b'], 'b')).toBe('b');
		expect(readSeconds({}, field, { fallback: 7 })).toBe(7);
		expect(readJsonField({}, field)).toBe('{}');
		for (const x of [undefined, null]) {
			const reads = [
				() => readText({ x }, field, 'd'),
				() => readTrimmed({ x }, field, 'd'),
				() => readSwitch({ x }, field, true),
				() => readChoice({ x }, field, ['a'], 'a'),
				() => readSeconds({ x }, field, { fallback: 7 }),
				() => readJsonField({ x }, field),
			];
			for (const read of reads) {
				expect(refusal(read).message).toContain('The Field is an expression that found nothing;');
			}
		}
	});
});

describe('a text', () => {
	it.each<[unknown, string, string]>([
		['a', 'a', 'a'],
		[' a\n', ' a\n', 'a'],
		['', '', 'default'],
		[' ', ' ', 'default'],
		[0, '0', '0'],
		[-1.5, '-1.5', '-1.5'],
	])('of %p is %j, trimmed %j', (x, text, trimmed) => {
		expect(readText({ x }, field, 'default')).toBe(text);
		expect(readTrimmed({ x }, field, 'default')).toBe(trimmed);
	});

	it.each([true, {}, [], Number.NaN, Infinity, 1n])('is not %p', (x) => {
		const error = refusal(() => readText({ x }, field));
		expect(error.message).toMatch(/^The Field is .+; it has to be a text\.$/);
		expect(error.hint).toContain('have its expression give an empty text');
		refusal(() => readTrimmed({ x }, field));
	});
});

describe('a switch', () => {
	it('is true or false', () => {
		expect(readSwitch({ x: true }, field, false)).toBe(true);
		expect(readSwitch({ x: false }, field, true)).toBe(false);
	});

	it.each(['true', '', 1, 0, {}])('is not %p, which n8n would read otherwise', (x) => {
		const error = refusal(() => readSwitch({ x }, field, true));
		expect(error.message).toContain('it has to be true or false.');
		expect(error.hint).toBe('Switch it on or off; true without quotes.');
	});
});

describe('a choice', () => {
	it('is one of the list, letter by letter', () => {
		expect(readChoice({ x: 'b' }, field, ['a', 'b'], 'a')).toBe('b');
		for (const x of ['B', ' b', '', 7, ['a']]) {
			const error = refusal(() => readChoice({ x }, field, ['a', 'b'], 'a'));
			expect(error.message).toContain('it has to be one of a, b.');
			expect(error.hint).toContain('letter by letter');
		}
	});
});

describe('a number of seconds', () => {
	it.each<[unknown, number]>([
		[0, 0],
		[1.9, 1],
		[-1.9, -1],
		['60', 60],
		[' 60 ', 60],
		['1.9', 1],
		[TEN_YEARS, TEN_YEARS],
		[-TEN_YEARS, -TEN_YEARS],
	])('of %p is %s', (x, seconds) => {
		expect(readSeconds({ x }, field, { fallback: 7 })).toBe(seconds);
	});

	it.each([TEN_YEARS + 1, -TEN_YEARS - 1, '', ' ', 'x', '1m', Number.NaN, true, [60]])(
		'is not %p',
		(x) => {
			expect(refusal(() => readSeconds({ x }, field, { fallback: 7 })).message).toMatch(
				/; it has to be a number of seconds from -315360000 to 315360000\.$/,
			);
		},
	);

	it('may be bounded below', () => {
		const from = (minimum: number, x: number) => () =>
			readSeconds({ x }, field, { fallback: 7, minimum });
		expect(from(0, 0)()).toBe(0);
		expect(from(5, 5)()).toBe(5);
		expect(refusal(from(0, -0.5)).message).toContain('a number of seconds from 0 to');
		expect(refusal(from(5, 4.9)).message).toContain('a number of seconds from 5 to');
	});
});

describe('a JSON field', () => {
	it.each<[unknown]>([['{ "a": 1 }'], ['not JSON'], [''], [{ a: 1 }], [[1]], [7], [true]])(
		'is %p as it stands: whoever uses it reads it',
		(x) => {
			expect(readJsonField({ x }, field)).toBe(x);
		},
	);

	const circle: Record<string, unknown> = {};
	circle.self = circle;

	it.each([[circle], [1n], [() => 1]])('is not %p, which JSON cannot hold', (x) => {
		expect(refusal(() => readJsonField({ x }, field)).message).toContain('has to be a JSON object');
	});

	it.each([[{ a: undefined }], [{ a: [{ b: undefined }] }], [new Date(Number.NaN)]])(
		'is not %p, of which JSON would lose something',
		(x) => {
			expect(refusal(() => readJsonField({ x }, field)).message).toBe(
				'The Field has a member without a value: an expression in it found nothing.',
			);
		},
	);
});
