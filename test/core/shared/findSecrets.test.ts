import { SecretSearch } from '../../../core/shared/findSecrets';
import { utf8 } from '../../../core/shared/textView';

/** What is found of the secrets in a text, as the parts that are found one after another. */
function marked(text: string, ...secrets: string[]): string {
	const bytes = utf8(text);
	const isSecret = Array.from(bytes, () => false);
	for (const { start, end } of new SecretSearch(secrets).find(bytes))
		isSecret.fill(true, start, end);
	return Array.from(bytes, (byte, index) => (isSecret[index] ? '#' : byte)).join('');
}

describe('a secret with 12 characters or more', () => {
	it.each([
		// Half of twelve.
		['abcdefghijkl', '(cdefgh)', '(######)'],
		['abcdefghijkl', '(cdefg)', '(cdefg)'],
		// Half of fifteen, rounded up.
		['abcdefghijklmno', '(bcdefghi)', '(########)'],
		['abcdefghijklmno', '(bcdefgh)', '(bcdefgh)'],
		// Sixteen at most.
		['abcdefghijklmnopqrstuvwxyz0123456789ABCD', '(efghijklmnopqrst)', '(################)'],
		['abcdefghijklmnopqrstuvwxyz0123456789ABCD', '(efghijklmnopqrs)', '(efghijklmnopqrs)'],
		// At both ends of it.
		['abcdefghijkl', '(abcdef)', '(######)'],
		['abcdefghijkl', '(ghijkl)', '(######)'],
	])('%j is found in %j: %s', (secret, text, expected) => {
		expect(marked(text, secret)).toBe(expected);
	});
});

describe('a secret with 6 to 11 characters', () => {
	it.each([
		['abcdef', '(abcdef)', '(######)'],
		['abcdef', 'xabcdefx', 'x######x'],
		['abcdef', '(abcde)', '(abcde)'],
		['abcdefghijk', '(defghi)', '(######)'],
		['abcdefghijk', '(defgh)', '(defgh)'],
	])('%j is found in %j: %s', (secret, text, expected) => {
		expect(marked(text, secret)).toBe(expected);
	});
});

describe('a secret with 3 to 5 characters', () => {
	it.each([
		['abcde', '(abcde)', '(#####)'],
		['abcde', 'abcde', '#####'],
		['abcde', 'xabcde)', 'xabcde)'],
		['abcde', '(abcdex', '(abcdex'],
		['abcde', '9abcde 9', '9abcde 9'],
		['abcde', '_abcde-', '_#####-'],
		['abc', '(abc)', '(###)'],
		['abcd', '(abcd)', '(####)'],
		['ab', '(ab)', '(ab)'],
		['', '()', '()'],
	])('%j is found in %j: %s', (secret, text, expected) => {
		expect(marked(text, secret)).toBe(expected);
	});

	it('is found whole where a shorter one begins it', () => {
		expect(marked('(abc+de)', 'abc', 'abcde')).toBe('(######)');
		expect(marked('(abcdef)', 'abc', 'abcdef')).toBe('(######)');
	});
});

describe('a secret where the text ends', () => {
	it.each([
		['abcdefghijklmnopqrstuvwxyz', 'you sent abcd', 'you sent ####'],
		['abcdefghijklmnopqrstuvwxyz', 'you sent abc', 'you sent abc'],
		['abcdefghijklmnopqrstuvwxyz', 'you sent bcde', 'you sent bcde'],
		['abcde', 'you sent xabcd', 'you sent x####'],
		['abcdefgh', 'abcd', '####'],
	])('%j counts by its beginning in %j: %s', (secret, text, expected) => {
		expect(marked(text, secret)).toBe(expected);
	});

	it('takes what stands behind its last character with it', () => {
		expect(marked('sent abcd \n', 'abcdefghijklmnop')).toBe('sent ######');
	});
});

describe('a secret is found', () => {
	it('in any capitals and spacing, with + for a blank', () => {
		expect(marked('(AbC dEf\tGHi+jkl\x7f\nmno)', 'abcdefghijklmno')).toBe(`(${'#'.repeat(20)})`);
		expect(marked('(correct+horse)', 'correct horse')).toBe('(#############)');
		expect(marked('(ab!def)', 'ab"def')).toBe('(ab!def)');
	});

	it('without the escapes it is itself written in, two layers of them', () => {
		expect(marked('(line\none two)', 'line\\none two')).not.toContain('one');
		expect(marked('(secret"quoted")', 'secret\\\\\\"quoted\\\\\\"')).toBe('(##############)');
	});

	it('in a wrong charset', () => {
		const secret = 'pässwörd';
		const bytes = utf8(secret);
		const search = new SecretSearch([secret]);
		for (const text of [bytes, utf8(bytes), Buffer.from(secret, 'latin1').toString('latin1')]) {
			expect(search.find(text).length).toBeGreaterThan(0);
		}
	});

	it('nowhere where there are none to find', () => {
		expect(new SecretSearch([]).find('anything at all')).toEqual([]);
		expect(new SecretSearch(['abcdef']).find('')).toEqual([]);
		expect(new SecretSearch(['abcdef']).find('  ')).toEqual([]);
	});

	it('beside others, each by its own rule', () => {
		expect(marked('k1-abc secret-number-two xyz', 'k1-abc', 'secret-number-two', 'xyz')).toBe(
			'###### ################# ###',
		);
	});
});
