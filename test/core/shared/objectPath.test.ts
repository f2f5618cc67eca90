import fc from 'fast-check';
import {
	deletePath,
	getPath,
	memberName,
	readMember,
	setPath,
} from '../../../core/shared/objectPath';
import { expectCode, onlyJwtAuthErrors } from '../support/expectCode';

describe('a path', () => {
	it.each<[string, unknown]>([
		['a.b', 1],
		['a["b"]', 1],
		["a['b']", 1],
		['a[ "b" ]', 1],
		['a[b]', 1],
		['a[ b ]', 1],
		['list[ 1 ].x', 2],
		['list[1].x', 2],
		['list.1.x', 2],
		['["with.dot"]', 3],
		['["with]bracket"]', 4],
		['.a..b.', 1],
		['a].b', 1],
		['[a', undefined],
		['a.[b', 1],
		['', 'all'],
		['["b" c]', 5],
	])('%s', (path, expected) => {
		const value = {
			a: { b: 1 },
			list: [{}, { x: 2 }],
			'with.dot': 3,
			'with]bracket': 4,
			'"b" c': 5,
		};
		const found = getPath(value, path);
		expect(found).toEqual(expected === 'all' ? value : path === '[a' ? value.a : expected);
	});

	it('names the same member to read as to set, whatever it is called', () => {
		fc.assert(
			fc.property(fc.array(fc.stringMatching(/^[^"]+$/), { minLength: 1 }), (names) => {
				fc.pre(!names.includes('__proto__'));
				// Longer lists than may be made.
				fc.pre(!names.some((name) => /^\d{4,}$/.test(name)));
				const path = names.map((name) => `["${name}"]`).join('');
				const target = {};
				setPath(target, path, 'x');
				expect(getPath(target, path)).toBe('x');
			}),
		);
	});

	it.each(['[', '[ ', '["', "['", '["[\'', '[ "a" ', '[a', '[]', '[ ]', '["a"'])(
		'of half a million times %s is split in one pass: more would not end',
		(text) => {
			expect(() => getPath({}, text.repeat(500_000))).not.toThrow();
			expect(() => getPath({}, `${text.repeat(500_000)}]`)).not.toThrow();
		},
	);
});

describe('a member by its name', () => {
	const value = { 'a.b': { c: 1 }, a: { b: 2 }, '["x"]': 3, x: 4 };
	it.each([
		['a.b', { c: 1 }],
		['["a.b"].c', 1],
		["['a.b']['c']", 1],
		['a["b"]', 2],
		['["x"]', 3],
		['x', 4],
		['a.b.c', undefined],
		['toString', undefined],
	])('%s', (name, expected) => {
		expect(readMember(value, name)).toEqual(expected);
	});
});

const made = (...paths: string[]) => {
	const target: Record<string, unknown> = {};
	for (const path of paths) setPath(target, path, 1);
	return target;
};

it('makes at most 64 levels, so that what is made can be written', () => {
	const levels = (count: number) => Array.from({ length: count }, () => 'a').join('.');
	expect(getPath(made(levels(64)), levels(64))).toBe(1);
	expectCode('JSON_TOO_LARGE', () => made(levels(65)));
	expectCode('JSON_TOO_LARGE', () => made('a.'.repeat(20_000)));
});

it('makes lists of at most 10,000 entries', () => {
	expect(made('a[9999]').a).toHaveLength(10_000);
	expectCode('JSON_TOO_LARGE', () => made('a[10000]'));
	expectCode('JSON_TOO_LARGE', () => made('a[4294967295]'));
});

it('changes lists by their entries only', () => {
	expectCode('JSON_MEMBER_FORBIDDEN', () => made('a[0]', 'a.length'));
	expectCode('JSON_MEMBER_FORBIDDEN', () => made('a[0]', 'a.map'));
	expectCode('JSON_MEMBER_FORBIDDEN', () => made('__proto__.x'));
});

it('never throws an error of JavaScript, and leaves no trace outside of the target', () => {
	const member = fc.constantFrom(
		'a',
		'0',
		'[0]',
		'[9999]',
		'.',
		'__proto__',
		'constructor',
		'length',
	);
	fc.assert(
		fc.property(fc.array(fc.array(member, { maxLength: 80 }), { maxLength: 3 }), (paths) => {
			onlyJwtAuthErrors(() => made(...paths.map((path) => path.join('.'))));
			expect(Object.keys(Object.prototype)).toEqual([]);
		}),
	);
});

it.each([
	['a.b', 'b'],
	['a["b.c"]', 'b.c'],
	['a.b.c', 'c'],
	['own.name', 'own.name'],
	['a', 'a'],
	['', ''],
])('what %s reads is called %s', (name, expected) => {
	expect(memberName({ 'own.name': 1, a: { b: 2 } }, name)).toBe(expected);
});

describe('a member that is taken out', () => {
	it.each([
		['a', { b: { c: [1, 2], d: 3 } }],
		['b.d', { a: 1, b: { c: [1, 2] } }],
		['b', { a: 1 }],
	])('is the last of the path %s', (path, left) => {
		const target = { a: 1, b: { c: [1, 2], d: 3 } };
		deletePath(target, path);
		expect(target).toEqual(left);
	});

	it.each(['x', 'b.x', 'a.b', 'x.y.z', ''])('may be missing: %j', (path) => {
		const target = { a: 1, b: { c: 2 } };
		deletePath(target, path);
		expect(target).toEqual({ a: 1, b: { c: 2 } });
	});
});

describe('the words of a refusal', () => {
	const refusal = (code: 'JSON_MEMBER_FORBIDDEN' | 'JSON_TOO_LARGE', path: string) =>
		expectCode(code, () => setPath({ list: [] }, path, 1)).message;

	it('say what is wrong with the name', () => {
		expect(refusal('JSON_MEMBER_FORBIDDEN', '__proto__.a')).toContain('called __proto__');
		expect(refusal('JSON_MEMBER_FORBIDDEN', 'list.length')).toContain('leads into a list');
		expect(refusal('JSON_TOO_LARGE', 'a.'.repeat(64) + 'a')).toContain('more than 64 levels');
		expect(refusal('JSON_TOO_LARGE', 'list[10000]')).toContain('more than 10000 entries');
	});
});

describe('a path in the way of lodash', () => {
	it('reads and sets what lodash would', () => {
		const target: Record<string, unknown> = {};
		setPath(target, 'a.b[1]["c d"]', 1);
		setPath(target, 'a.constructor.x', 2);
		expect(target).toEqual({ a: { b: [undefined, { 'c d': 1 }], constructor: { x: 2 } } });
		expect(getPath(target, 'a.b[1]["c d"]')).toBe(1);
		expect(getPath(target, '')).toBe(target);
	});

	it('leaves prototypes alone', () => {
		expect(() => setPath({}, '__proto__.polluted', 1)).toThrow(
			expect.objectContaining({ code: 'JSON_MEMBER_FORBIDDEN' }),
		);
		setPath({}, 'constructor.prototype.polluted', 1);
		expect('polluted' in {}).toBe(false);
		expect(getPath({}, 'constructor.name')).toBeUndefined();
	});
});
