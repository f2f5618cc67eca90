import { byteLists } from '../../../core/shared/byteLists';

const found = (text: string): string[][] => byteLists(text).map(({ decoded }) => decoded);

describe('byteLists', () => {
	it.each([
		['{"type":"Buffer","data":[107,101,121]}'],
		['[\n\t107,\n\t101,\n\t121\n]'],
		['<Buffer 6b 65 79>'],
		['6B:65:79'],
		['0x6b, 0x65, 0x79'],
	])('reads bytes one by one: %s', (text) => {
		expect(found(text).flat()).toContain('key');
	});

	it('knows where they stand', () => {
		const text = 'got [107,101,121].';
		const [run] = byteLists(text);
		expect(text.slice(run?.start, run?.end)).toBe('107,101,121');
	});

	it('leaves other texts alone', () => {
		expect(found('limit 20, see page 7 of the manual')).toEqual([]);
	});
});
