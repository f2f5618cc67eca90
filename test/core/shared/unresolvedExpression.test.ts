import {
	findText,
	nestedExpressionError,
	refuseUnmarkedExpressions,
} from '../../../core/shared/unresolvedExpression';
import { expectCode } from '../support/expectCode';

const EXPRESSION = '{{ $json.user }}';
const refusal = (value: unknown, hint?: string) =>
	expectCode('EXPRESSION_UNRESOLVED', () => refuseUnmarkedExpressions(value, 'Payload', hint));

describe('finding a text', () => {
	const isX = (text: string) => text === 'x';

	it.each<[unknown, string[] | undefined]>([
		['x', []],
		['y', undefined],
		[{ a: 'y', b: { c: 'x' } }, ['b', 'c']],
		[{ a: ['y', ['x']] }, ['a']],
		[{ a: [{ b: 'x' }] }, ['a', 'b']],
		[{ x: 1 }, ['x']],
		[{ a: { x: 1 } }, ['a', 'x']],
		[[], undefined],
		[7, undefined],
		[null, undefined],
		[undefined, undefined],
		[{ a: 'x', b: 'x' }, ['a']],
	])('in %j gives the way to it: %j', (value, path) => {
		expect(findText(value, isX)).toEqual(path);
	});

	it('goes as deep as JSON may, and no deeper', () => {
		const nested = (depth: number): unknown => (depth === 0 ? 'x' : [nested(depth - 1)]);
		expect(findText(nested(65), isX)).toEqual([]);
		expect(findText(nested(66), isX)).toBeUndefined();
	});
});

describe('an expression written as plain text', () => {
	it('is refused by the field and the member that holds it', () => {
		expect(refusal(EXPRESSION).message).toBe(
			'Payload holds {{ … }} as plain text, which is not computed.',
		);
		const inside = refusal({ deep: { sub: EXPRESSION } });
		expect(inside.message).toBe(
			'deep.sub in Payload holds {{ … }} as plain text, which is not computed.',
		);
		expect(inside.hint).toBe('Put "=" first inside the quotes: "sub": "={{ $json.user }}"');
		expect(refusal({ [EXPRESSION]: 1 }).message).toContain(`${EXPRESSION} in Payload`);
	});

	it.each(['=x {{ $json.user }}', `=${EXPRESSION}`, 'plain', '{{', { sub: `=${EXPRESSION}` }, 7])(
		'is not what %j is',
		(value) => {
			expect(() => refuseUnmarkedExpressions(value, 'Payload')).not.toThrow();
		},
	);

	it('is shown by the first 60 characters of the way to it', () => {
		const messageOf = (length: number) => refusal({ ['n'.repeat(length)]: EXPRESSION }).message;
		expect(messageOf(60)).toMatch(/^n{60} in Payload/);
		expect(messageOf(61)).toMatch(/^n{60}… in Payload/);
	});

	it.each([
		['n'.repeat(40), 'n'.repeat(40)],
		['n'.repeat(41), 'sub'],
		['a-b_1', 'a-b_1'],
		['with "quote"', 'sub'],
	])('has a hint with a name that can be pasted: %s', (name, shown) => {
		expect(refusal({ [name]: EXPRESSION }).hint).toContain(`"${shown}": "={{ $json.user }}"`);
	});

	it('has the hint of its field where that knows better', () => {
		expect(refusal(EXPRESSION, 'Switch Key ID.').hint).toBe('Switch Key ID.');
	});
});

describe('expressions inside an expression', () => {
	it('are refused with the form to keep', () => {
		const error = nestedExpressionError('Payload', ['a', 'role']);
		expect(error.code).toBe('EXPRESSION_UNRESOLVED');
		expect(error.message).toMatch(
			/^Payload is an expression as a whole, and has expressions inside/,
		);
		expect(error.hint).toBe(
			'Switch Payload from Expression to Fixed, and keep the form "role": "={{ $json.user }}"',
		);
		expect(nestedExpressionError('Payload').hint).toContain('"sub": "={{ $json.user }}"');
	});
});
