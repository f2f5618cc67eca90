import { anySentence } from '../../../core/request/anySentence';

describe('a sentence where nothing has a usual name', () => {
	it.each([
		[{ id: 'r-1', why: 'The key is not registered.' }, 'The key is not registered.'],
		[{ a: [{ b: { why: ' No, not this one. ' } }], x: 'Try again later' }, 'Try again later'],
		[{ scope: 'read write', timestamp: 'Wed, 25 Nov 2026', id: 'a-b', n: 7 }, ''],
		[{ at: '2026-11-25 10:00:00', code: 'NOT_FOUND' }, ''],
		[{ why: ' No, not this one.\n' }, 'No, not this one.'],
		[{ why: 'Denied:  unregistered' }, 'Denied:  unregistered'],
		[{ id: '12ab by', grade: 'A minus', day: 'November 25th' }, ''],
		['text', ''],
		[null, ''],
	])('is looked for in %j', (answer, expected) => {
		expect(anySentence(answer)).toBe(expected);
	});
});

it('is looked for six objects deep, and no deeper', () => {
	const inside = (levels: number): unknown =>
		levels === 0 ? 'The key is not registered.' : { next: inside(levels - 1) };
	expect(anySentence(inside(6))).toBe('The key is not registered.');
	expect(anySentence(inside(7))).toBe('');
});

it('is not looked for behind a long text that is none', () => {
	expect(anySentence({ blob: `${'x'.repeat(500)} is not registered` })).toBe('');
});

it('is found in linear time', () => {
	// Quadratic time would take minutes.
	const long = 'a'.repeat(1_000_000);
	expect(anySentence({ long, list: Array(100_000).fill('x') })).toBe('');
});
