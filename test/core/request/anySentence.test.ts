import { anySentence } from '../../../core/request/anySentence';

describe('a sentence where nothing has a usual name', () => {
	it.each([
		[{ id: 'r-1', why: 'The key is not registered.' }, 'The key is not registered.'],
		[{ a: [{ b: { why: ' No, not this one. ' } }], x: 'Try again later' }, 'Try again later'],
		[{ scope: 'read write', timestamp: 'Wed, 25 Nov 2026', id: 'a-b', n: 7 }, ''],
		[{ at: '2026-11-25 10:00:00', code: 'NOT_FOUND' }, ''],
		['text', ''],
		[null, ''],
	])('is looked for in %j', (answer, expected) => {
		expect(anySentence(answer)).toBe(expected);
	});
});

it('is found in linear time', () => {
	// Quadratic time would take minutes.
	const long = 'a'.repeat(1_000_000);
	expect(anySentence({ long, list: Array(100_000).fill('x') })).toBe('');
});
