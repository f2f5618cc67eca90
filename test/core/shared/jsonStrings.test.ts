import fc from 'fast-check';
import { endOfString } from '../../../core/shared/jsonStrings';

it.each([
	['"a" b', 0, 3],
	['"" b', 0, 2],
	['x "a\\"b" c', 2, 8],
	['"a\\\\" b"', 0, 5],
	['"a\\\\\\" b"', 0, 9],
	['"\\"', 0, 3],
	['"a', 0, 2],
	['"', 0, 1],
])('the string of %j that begins at %d ends at %d', (text, begin, end) => {
	expect(endOfString(text, begin)).toBe(end);
});

it('is found for whatever JSON writes', () => {
	const texts = fc.string({ unit: fc.constantFrom('"', '\\', 'a', '\n', 'é') });
	fc.assert(
		fc.property(texts, texts, (text, after) => {
			const written = JSON.stringify(text);
			expect(endOfString(written + after, 0)).toBe(written.length);
		}),
	);
});
