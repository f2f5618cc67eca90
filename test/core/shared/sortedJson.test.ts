import { sortJson } from '../../../core/shared/sortedJson';

describe('sortJson', () => {
	it('sorts members at every depth, keeps lists, drops blanks', () => {
		expect(sortJson('{ "b": [ {"z":1,"a":2}, 3 ], "a": {"d":null,"c":"x"} }')).toBe(
			'{"a":{"c":"x","d":null},"b":[{"a":2,"z":1},3]}',
		);
	});

	it('keeps __proto__ as data', () => {
		expect(sortJson('{"b":1,"__proto__":{"x":1}}')).toBe('{"__proto__":{"x":1},"b":1}');
	});

	it('gives nothing for what is not JSON', () => {
		expect(sortJson('a=b')).toBeUndefined();
		expect(sortJson('['.repeat(100_000))).toBeUndefined();
	});
});
