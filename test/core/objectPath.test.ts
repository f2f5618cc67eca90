import fc from 'fast-check';
import { getPath, setPath } from '../../core/objectPath';
import { expectCode, onlyJwtAuthErrors } from './support/expectCode';

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
