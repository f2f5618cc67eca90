import { LONGEST_WAIT } from '../../../core/shared/duration';
import { FieldValue, formOf, NOT_THERE } from '../../../core/settings/fieldValue';
import { expectCode } from '../support/expectCode';

const field = (value: unknown) => new FieldValue('Timeout', value);

describe('a field that is not there', () => {
	const absent = field(NOT_THERE);

	it('has its default', () => {
		expect(absent.text('x')).toBe('x');
		expect(absent.boolean(true)).toBe(true);
		expect(absent.switch(true)).toBe(true);
		expect(absent.number({ fallback: 7 })).toBe(7);
		expect(absent.choice(['a', 'b'], 'b')).toBe('b');
		expect(absent.section().field('a', 'A').isThere).toBe(false);
		expect(absent.rows()).toEqual([]);
	});

	it('is an error where there is no default', () => {
		expectCode('FIELD_INVALID', () => absent.text());
		expectCode('FIELD_INVALID', () => absent.name());
	});
});

it.each([undefined, null, {}, [], 'yes', 1])('%j is no default of a boolean', (value) => {
	expectCode('FIELD_INVALID', () => field(value).boolean(false));
	expectCode('FIELD_INVALID', () => field(value).switch(false));
});

it('a boolean may be written as text, a switch may not', () => {
	expect(['true', true, 'false', false].map((value) => field(value).boolean(true))).toEqual([
		true,
		true,
		false,
		false,
	]);
	expect([true, false].map((value) => field(value).switch(true))).toEqual([true, false]);
	for (const value of ['true', 'false']) {
		const { hint } = expectCode('FIELD_INVALID', () => field(value).switch(false));
		expect(hint).toBe('Switch it on or off; true without quotes.');
	}
});

it('a choice is one of those offered, letter by letter', () => {
	expect(field('utf8').choice(['hex', 'utf8'], 'hex')).toBe('utf8');
	for (const value of ['HEX', ' hex', undefined, ['hex'], 'constructor']) {
		const { message } = expectCode('FIELD_INVALID', () =>
			field(value).choice(['hex', 'utf8'], 'hex'),
		);
		expect(message).toMatch(/^Timeout is .+; it has to be one of hex, utf8\.$/);
	}
});

describe('milliseconds', () => {
	const read = (value: unknown, unit?: number) =>
		field(value).milliseconds({ fallback: 1, least: 1 }, unit);

	it.each([
		[1, 1, 1],
		['250', 1, 250],
		[5000.5, 1, 5001],
		[LONGEST_WAIT, 1, LONGEST_WAIT],
		[0.5 + 1, 1000, 1500],
		[2_147_483, 1000, 2_147_483_000],
	])('%j in units of %d ms are %d ms', (value, unit, expected) => {
		expect(read(value, unit)).toBe(expected);
	});

	it.each([
		0,
		-1,
		LONGEST_WAIT + 1,
		1e13,
		Infinity,
		NaN,
		'',
		' ',
		'soon',
		null,
		undefined,
		true,
		{},
	])('%p are refused', (value) => {
		const { message } = expectCode('DURATION_INVALID', () => read(value));
		expect(message).toMatch(/^Timeout is .+; it has to be a number of milliseconds\.$/);
	});

	it.each([
		[0, '0'],
		['-5', '-5'],
		['soon', 'a text'],
		[undefined, 'an expression that found nothing'],
	])('say what was found, a number by its value: %j', (value, found) => {
		const { message } = expectCode('DURATION_INVALID', () => read(value));
		expect(message).toBe(`Timeout is ${found}; it has to be a number of milliseconds.`);
	});

	it('beyond a timer are refused in seconds too', () => {
		expectCode('DURATION_INVALID', () => read(2_147_484, 1000));
	});
});

it('whole numbers keep to their bounds and name them', () => {
	const read = (value: unknown) => field(value).wholeNumber({ fallback: 1, least: 2, most: 10 });
	expect([2, '10'].map(read)).toEqual([2, 10]);
	for (const value of [1, 11, 2.5, 'x', [3]]) {
		const { message } = expectCode('FIELD_INVALID', () => read(value));
		expect(message).toMatch(/whole number/);
	}
});

it('a name is neither blank nor __proto__', () => {
	expect([field('a b').name(), field(5).name()]).toEqual(['a b', '5']);
	for (const value of ['', ' ', '__proto__', undefined, {}, true]) {
		expectCode('FIELD_INVALID', () => field(value).name());
	}
});

it('a row says where it stands', () => {
	const rows = formOf({ list: [{ name: 'x' }, { name: {} }] })
		.field('list', 'Headers')
		.rows();
	const { message } = expectCode('FIELD_INVALID', () => rows[1]?.field('name', 'Name').name());
	expect(message).toBe('Name in row 2 of Headers is an object; it has to be a name.');
});

it('dates, bytes and instances are no groups of fields', () => {
	for (const value of [new Date(), Buffer.from('x'), new Map(), [], 'x', null]) {
		expectCode('FIELD_INVALID', () => field(value).section());
	}
});

it('never quotes what it refuses, which may be a secret in the wrong field', () => {
	const secret = 'canary-secret';
	for (const read of [
		() => field(secret).boolean(false),
		() => field(secret).number({ fallback: 1 }),
		() => field(secret).choice(['a'], 'a'),
		() => field(secret).rows(),
		() => field({ secret }).text(),
	]) {
		const { message, hint } = expectCode('FIELD_INVALID', read);
		expect(message + hint).not.toContain(secret);
	}
});

describe('what is sent as it is', () => {
	it('is text; numbers, booleans, objects and lists are written out', () => {
		const written = ['a', 7, true, false, { a: 1 }, [1]].map((value) => field(value).content());
		expect(written).toEqual(['a', '7', 'true', 'false', '{"a":1}', '[1]']);
		expect(field(NOT_THERE).content('x')).toBe('x');
		for (const value of [undefined, null, NaN]) {
			expectCode('FIELD_INVALID', () => field(value).content('x'));
		}
	});

	it('is a copy as JSON; a text stays as it is', () => {
		const value = { a: [1] };
		const copy = field(value).json();
		expect(copy).toEqual(value);
		expect(copy).not.toBe(value);
		expect(field('{"a":1}').json()).toBe('{"a":1}');
		expect([NOT_THERE, undefined].map((nothing) => field(nothing).json())).toEqual([
			undefined,
			undefined,
		]);
	});

	it('is nothing that writes itself as nothing', () => {
		const silent = { toJSON: () => undefined };
		const refusal = (read: () => unknown) => expectCode('FIELD_INVALID', read).message;
		expect(refusal(() => field(silent).content())).toContain('; it has to be a text.');
		expect(refusal(() => field(silent).json())).toContain('a value that JSON can hold.');
	});

	it('is an object where one is wanted, empty where the field is not there', () => {
		const read = (value: unknown) => field(value).jsonObject('PAYLOAD_NOT_OBJECT');
		expect([NOT_THERE, '{"a":1}', { a: 1 }].map(read)).toEqual([{}, { a: 1 }, { a: 1 }]);
		for (const value of [undefined, null]) {
			const { message } = expectCode('FIELD_INVALID', () => read(value));
			expect(message).toContain('; it has to be a JSON object.');
		}
		expectCode('PAYLOAD_NOT_OBJECT', () => read('[]'));
	});
});

it('texts are a list, or one text with commas between; blank ones are left out', () => {
	const lists = ['a, b,,', ['a', ' b ', '', 7], '', NOT_THERE].map((value) => field(value).list());
	expect(lists).toEqual([['a', 'b'], ['a', 'b', '7'], [], []]);
	expectCode('FIELD_INVALID', () => field(['a', {}]).list());
});

it('nothing at all is an empty text where its absence is told elsewhere', () => {
	const texts = [undefined, null, NOT_THERE, 'a', 7].map((value) => field(value).textOrNothing());
	expect(texts).toEqual(['', '', '', 'a', '7']);
	expectCode('FIELD_INVALID', () => field({}).textOrNothing());
});

it('says what it holds', () => {
	expect([NOT_THERE, '', undefined].map((value) => field(value).isThere)).toEqual([
		false,
		true,
		true,
	]);
	expect(['', ' ', undefined].map((value) => field(value).isEmptyText)).toEqual([
		true,
		false,
		false,
	]);
	expect([{}, [], '', null].map((value) => field(value).isObject)).toEqual([
		true,
		true,
		false,
		false,
	]);
});

it('names what a name, a group and a list have to be', () => {
	expect(field(NOT_THERE).name('x')).toBe('x');
	expect(field('a').name('x')).toBe('a');
	const refusal = (read: () => unknown) => expectCode('FIELD_INVALID', read).message;
	expect(refusal(() => field('__proto__').name())).toBe(
		'Timeout is __proto__; it has to be another name.',
	);
	expect(refusal(() => field(7).members())).toBe(
		'Timeout is a number; it has to be a group of fields.',
	);
	expect(refusal(() => field(7).rows())).toBe('Timeout is a number; it has to be a list of rows.');
	expect(refusal(() => field(['a']).rows())).toBe(
		'Timeout is a list of something else; it has to be a list of rows.',
	);
	expect(refusal(() => field('a').number({ fallback: 1 }))).toContain('it has to be a number.');
	expect(refusal(() => field(3).number({ fallback: 1, least: 4 }))).toContain('Timeout is 3;');
	expect(field(-1e300).number({ fallback: 1 })).toBe(-1e300);
});
