import fc from 'fast-check';
import {
	hasMembers,
	isLostInJson,
	isObject,
	MAXIMUM_JSON_LENGTH,
	parseJsonObject,
	tryJson,
	writeJson,
} from '../../../core/shared/json';
import { JwtAuthError } from '../../../core/errors';
import { expectCode, onlyJwtAuthErrors } from '../support/expectCode';

const options = { field: 'payload', notObject: 'PAYLOAD_NOT_OBJECT' } as const;
const parse = (value: unknown) => parseJsonObject(value, options);
const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

describe('parseJsonObject', () => {
	it('reads JSON text', () => {
		expect(parse(' { "sub": "a\\u0062\\n", "list": [1, -2.5e3, true, null, {}, []] } ')).toEqual({
			sub: 'ab\n',
			list: [1, -2500, true, null, {}, []],
		});
	});

	it.each(['', ' \n', undefined, null])('takes %j for an empty object', (value) => {
		expect(parse(value)).toEqual({});
	});

	it.each([
		['[]', 'The payload is a list, not a JSON object.'],
		['"text"', 'The payload is a text, not a JSON object.'],
		['null', 'The payload is null, not a JSON object.'],
		['12', 'The payload is a number, not a JSON object.'],
		[[1], 'The payload is a list, not a JSON object.'],
		[12, 'The payload is a number, not a JSON object.'],
		[new Date(0), 'The payload is a text, not a JSON object.'],
		[() => 1, 'The payload is a function, not a JSON object.'],
	])('refuses %j', (value, message) => {
		expect(expectCode('PAYLOAD_NOT_OBJECT', () => parse(value)).message).toBe(message);
	});

	it.each([
		['{"a": 1,}', 'line 1, column 9'],
		['{\n  "a": x\n}', 'line 2, column 8'],
		["{'a': 1}", 'line 1, column 2'],
		['{"a": 01}', 'line 1, column 8'],
		['{"a": .5}', 'line 1, column 7'],
		['{"a": "b\n"}', 'line 1, column 9'],
		['{"a": "\\x"}', 'line 1, column 8'],
		['{"a" 1}', 'line 1, column 6'],
		['{"a": 1} x', 'line 1, column 10'],
		['{"a": undefined}', 'line 1, column 7'],
		['sub=secret-value', 'line 1, column 1'],
	])('says where %j goes wrong, without quoting it', (text, place) => {
		const { message } = expectCode('JSON_MALFORMED', () => parse(text));
		expect(message).toBe(`The payload is not valid JSON: see ${place}.`);
	});

	it('says when the text ends too early', () => {
		expect(expectCode('JSON_MALFORMED', () => parse('{"a": ')).message).toBe(
			'The payload is not valid JSON: it ends too early, at line 1, column 7.',
		);
	});

	it.each(['{"a":1,"a":1}', '{"x":{"a":1,"b":2,"a":3}}', '[{"a":1,"a":2}]', '{"a":1,"\\u0061":2}'])(
		'names the member that %s has twice',
		(text) => {
			expect(expectCode('JSON_DUPLICATE_MEMBER', () => parse(text)).message).toBe(
				'The payload has the member "a" twice in the same object.',
			);
		},
	);

	it('allows the same name in different objects', () => {
		expect(parse('{"a":{"a":1},"b":[{"a":1},{"a":2}]}')).toEqual({
			a: { a: 1 },
			b: [{ a: 1 }, { a: 2 }],
		});
	});

	it.each(['{"__proto__":{"x":1}}', '{"a":{"\\u005f_proto__":1}}', JSON.parse('{"__proto__":1}')])(
		'refuses __proto__ in %j',
		(value) => {
			expectCode('JSON_MEMBER_FORBIDDEN', () => parse(value));
		},
	);

	it('keeps constructor and prototype as ordinary members', () => {
		const parsed = parse('{"constructor":{"prototype":{"x":1}}}');
		expect(Object.keys(parsed)).toEqual(['constructor']);
		expect({}).not.toHaveProperty('x');
	});

	it.each(['9007199254740993', '-9007199254740993', '1e999'])(
		'refuses the number %s, which would be changed',
		(number) => {
			const error = expectCode('JSON_NUMBER_TOO_LARGE', () => parse(`{"id":${number}}`));
			expect(error.hint).toBe('Write the number in quotes.');
		},
	);

	it('copies an object through JSON', () => {
		const original = {
			when: new Date(0),
			luxon: { toJSON: () => '2025-01-01T00:00:00.000Z' },
			gone: undefined,
			call: () => 1,
			list: [{ a: 1 }],
		};
		const copy = parse(original);
		expect(copy).toEqual({
			when: '1970-01-01T00:00:00.000Z',
			luxon: '2025-01-01T00:00:00.000Z',
			list: [{ a: 1 }],
		});
		expect(copy.list).not.toBe(original.list);
	});

	it('refuses what JSON cannot hold', () => {
		const cyclic: Record<string, unknown> = {};
		cyclic.self = cyclic;
		for (const value of [{ a: Number.NaN }, { a: Infinity }, { a: 1n }, cyclic]) {
			expectCode('JSON_MALFORMED', () => parse(value));
		}
	});

	it('limits depth and length', () => {
		expect(parse(nested(64))).toHaveProperty('a');
		expectCode('JSON_TOO_LARGE', () => parse(nested(65)));
		expectCode('JSON_TOO_LARGE', () => parse('['.repeat(200_000)));
		expectCode('JSON_TOO_LARGE', () => parse(`{"a":"${'x'.repeat(262_144)}"}`));
	});

	it('agrees with JSON.parse on which text is JSON', () => {
		const mutated = fc
			.tuple(fc.json({ maxDepth: 4 }), fc.nat(), fc.constantFrom('', '"', ',', '{', '\\', '0', 'e'))
			.map(([text, at, inserted]) => {
				const place = at % (text.length + 1);
				return text.slice(0, place) + inserted + text.slice(place + (at % 2));
			});
		fc.assert(
			fc.property(fc.oneof(fc.string(), fc.json(), mutated), (text) => {
				if (text.trim() === '') return;
				let isJson = true;
				try {
					JSON.parse(text);
				} catch {
					isJson = false;
				}
				let malformed = false;
				try {
					parse(text);
				} catch (error) {
					expect(error).toBeInstanceOf(JwtAuthError);
					malformed = (error as JwtAuthError).code === 'JSON_MALFORMED';
					// Other refusals stop at the first finding, before the text is read to its end.
					if (!malformed && !isJson) return;
				}
				expect(malformed).toBe(!isJson);
			}),
			{ numRuns: 10_000 },
		);
	});

	it('finds duplicates like a naive search, and only those', () => {
		interface Tree {
			members: Array<[string, Tree | number]>;
		}
		const names = fc.constantFrom('a', 'b', 'c', 'é', '"', '\\');
		const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
			tree: fc.record({
				members: fc.array(fc.tuple(names, fc.oneof({ maxDepth: 3 }, fc.nat(), tie('tree'))), {
					maxLength: 4,
				}),
			}),
		}));
		const write = (value: Tree | number): string =>
			typeof value === 'number'
				? String(value)
				: `{${value.members.map(([n, v]) => `${JSON.stringify(n)}: ${write(v)}`).join(',')}}`;
		const repeats = (value: Tree | number): boolean =>
			typeof value !== 'number' &&
			(new Set(value.members.map(([name]) => name)).size < value.members.length ||
				value.members.some(([, member]) => repeats(member)));
		fc.assert(
			fc.property(tree, (value) => {
				const refused = onlyJwtAuthErrors(() => parse(write(value))) === undefined;
				expect(refused).toBe(repeats(value));
			}),
			{ numRuns: 10_000 },
		);
	});

	it('never pollutes a prototype and throws nothing but JwtAuthError', () => {
		const key = fc.oneof(fc.constantFrom('__proto__', 'constructor', 'prototype'), fc.string());
		fc.assert(
			fc.property(fc.anything({ key, withBigInt: true, withDate: true }), (value) => {
				const parsed = onlyJwtAuthErrors(() => parse(value));
				if (parsed) expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype);
				expect(Object.keys(Object.prototype)).toEqual([]);
			}),
			{ numRuns: 10_000 },
		);
	});
});

describe('the length of a JSON text', () => {
	it('is 262,144 characters at most', () => {
		const ofLength = (length: number) => `{"a":"${'x'.repeat(length - 8)}"}`;
		expect(MAXIMUM_JSON_LENGTH).toBe(262_144);
		expect(parse(ofLength(262_144))).toHaveProperty('a');
		const { message } = expectCode('JSON_TOO_LARGE', () => parse(ofLength(262_145)));
		expect(message).toBe('The payload is larger than 256 kB.');
	});
});

describe('writing JSON', () => {
	const circle: Record<string, unknown> = {};
	circle.self = circle;

	it.each<[unknown, string | undefined]>([
		[{ a: [1, null] }, '{"a":[1,null]}'],
		[undefined, undefined],
		[() => 1, undefined],
		[-0, '0'],
	])('of %p gives %s', (value, text) => {
		expect(writeJson(value, 'body')).toBe(text);
	});

	it.each<[unknown, string]>([
		[Number.NaN, 'has a number that is NaN or infinite'],
		[{ a: [-Infinity] }, 'has a number that is NaN or infinite'],
		[1n, 'has a value that cannot be written as JSON'],
		[circle, 'has a value that cannot be written as JSON'],
	])('of %p is refused: it %s', (value, what) => {
		expect(expectCode('JSON_MALFORMED', () => writeJson(value, 'body')).message).toBe(
			`The body ${what}.`,
		);
	});
});

describe('what a value is', () => {
	it.each<[unknown, boolean, boolean]>([
		[{}, true, true],
		[new Date(), true, true],
		[[], false, true],
		[null, false, false],
		[undefined, false, false],
		['', false, false],
		[() => 1, false, false],
	])('%p is an object: %s; it has members: %s', (value, object, members) => {
		expect(isObject(value)).toBe(object);
		expect(hasMembers(value)).toBe(members);
	});
});

it.each<[string, unknown]>([
	['{"a":1}', { a: 1 }],
	['null', null],
	[' 7 ', 7],
	['', undefined],
	['{', undefined],
])('%j is the JSON of %j', (text, value) => {
	expect(tryJson(text)).toEqual(value);
});

describe('a value that JSON would lose', () => {
	const circle: Record<string, unknown> = {};
	circle.self = circle;

	it.each<[unknown, boolean]>([
		[{ a: 1, b: [null, 'x', true] }, false],
		[null, false],
		['null', false],
		[new Date(0), false],
		[undefined, true],
		[{ a: { b: undefined } }, true],
		[[undefined], true],
		[{ a: () => 1 }, true],
		[{ a: Symbol('x') }, true],
		[new Date(Number.NaN), true],
		[Number.NaN, true],
		// Whoever writes these is told that they cannot be written.
		[circle, false],
		[{ a: 1n }, false],
	])('%p: %s', (value, lost) => {
		expect(isLostInJson(value)).toBe(lost);
	});
});
