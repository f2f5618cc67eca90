import fc from 'fast-check';
import {
	assertWholeDer,
	decodeBase64Text,
	decodePemBody,
	findPemBlocks,
	unescapeText,
} from '../../../core/keys/pem';
import { expectCode } from '../support/expectCode';
import { ec, pem, PEM_MANGLINGS, publicPem } from '../support/keyFixtures';

const text = pem(ec, 'pkcs8');

describe('findPemBlocks', () => {
	// What is encoded in Base64 as a whole is undone before.
	const mangled = Object.entries(PEM_MANGLINGS).filter(([name]) => !name.startsWith('whole text'));

	it.each(mangled)('finds the block in %s', (_name, mangle) => {
		const [block] = findPemBlocks(mangle(text));
		expect(block?.label).toBe('PRIVATEKEY');
		expect(decodePemBody(block?.body ?? '')).toEqual(ec.export({ format: 'der', type: 'pkcs8' }));
	});

	it('finds several, in their order', () => {
		const labels = findPemBlocks(`${publicPem(ec)}words\n${text}`).map(({ label }) => label);
		expect(labels).toEqual(['PUBLICKEY', 'PRIVATEKEY']);
	});

	it('finds a block whose first or last line is missing', () => {
		const lines = text.trim().split('\n');
		for (const part of [lines.slice(1), lines.slice(0, -1)]) {
			expect(findPemBlocks(part.join('\n'))).toHaveLength(1);
		}
	});

	const body = (bytes: string): string => `\n${bytes}\n`;
	const bodies = (pasted: string): string[][] =>
		findPemBlocks(pasted).map((block) => [block.label, block.body.trim()]);

	it.each([
		[
			'BEGIN line of the second',
			`-----BEGIN A-----${body('AAAA')}-----END A-----${body('BBBB')}-----END B-----`,
		],
		[
			'END line of the first',
			`-----BEGIN A-----${body('AAAA')}-----BEGIN B-----${body('BBBB')}-----END B-----`,
		],
		['END line of either', `-----BEGIN A-----${body('AAAA')}-----BEGIN B-----${body('BBBB')}`],
		['BEGIN line of either', `${body('AAAA')}-----END A-----${body('BBBB')}-----END B-----`],
	])('finds two blocks where the %s is missing', (_name, pasted) => {
		expect(bodies(pasted)).toEqual([
			['A', 'AAAA'],
			['B', 'BBBB'],
		]);
	});

	it('takes armour lines in lower case, and with more dashes than there should be', () => {
		const lower = text.replace(/-----.*-----/g, (line) => line.toLowerCase());
		const dashes = text.replace(/-----/g, '\u2014'.repeat(5));
		for (const pasted of [lower, dashes]) {
			const [block] = findPemBlocks(pasted);
			expect(block?.label).toBe('PRIVATEKEY');
			expect(decodePemBody(block?.body ?? '')).toEqual(ec.export({ format: 'der', type: 'pkcs8' }));
		}
	});

	it('leaves the dashes and line breaks of the body alone, and takes off its quotes', () => {
		expect(bodies(`-----BEGIN A-----${body('"ab-c\',\n`-_de')}-----END A-----`)).toEqual([
			['A', 'ab-c,\n-_de'],
		]);
	});

	it('refuses armour lines that name different things', () => {
		const { message } = expectCode('KEY_ARMOR_MISMATCH', () =>
			findPemBlocks(text.replace('END PRIVATE', 'END PUBLIC')),
		);
		expect(message).toContain('name different kinds of content');
	});

	it('finds none where there is no armour', () => {
		expect(findPemBlocks('')).toEqual([]);
		expect(findPemBlocks('-----')).toEqual([]);
		expect(findPemBlocks('BEGIN PRIVATE KEY')).toEqual([]);
	});
});

it('unescapeText undoes escapes, however often, and typographic dashes', () => {
	expect(unescapeText('a\\nb')).toBe('a\nb');
	expect(unescapeText('a\\\\\\\\nb')).toBe('a\nb');
	expect(unescapeText('a\\rb\\tc')).toBe('a\nb\nc');
	expect(unescapeText('\\u002b\\u002F')).toBe('+/');
	expect(unescapeText('\\\\u002b\\\\\\\\u002F')).toBe('+/');
	expect(unescapeText('\\u00e4')).toBe('\\u00e4');
	expect(unescapeText('\u2014\u2013\u2212\u200B\uFEFF')).toBe('----');
});

describe('decodeBase64Text', () => {
	it('reads Base64 and Base64URL, padded or not, over many lines', () => {
		fc.assert(
			fc.property(fc.uint8Array({ minLength: 1, maxLength: 90 }), (bytes) => {
				const buffer = Buffer.from(bytes);
				const standard = buffer.toString('base64');
				for (const written of [
					standard,
					standard.replace(/=/g, ''),
					buffer.toString('base64url'),
					standard.replace(/.{10}/g, '"$&",\\\r\n'),
				]) {
					expect(decodeBase64Text(written)).toEqual(buffer);
				}
			}),
		);
	});

	it.each(['', '  ', '====', 'ab*c', 'ab=c', 'añb'])('is undefined for %j', (other) => {
		expect(decodeBase64Text(other)).toBeUndefined();
	});
});

describe('what is not whole', () => {
	const der = ec.export({ format: 'der', type: 'pkcs8' });

	it.each([
		['KEY_TRUNCATED', ' \n', 'nothing after it'],
		['KEY_MALFORMED', 'MII••••', 'masked or shortened'],
		['KEY_MALFORMED', 'MII<b>', 'not Base64'],
		['KEY_MALFORMED', Buffer.from('no DER').toString('base64'), 'is not a key'],
		['KEY_TRUNCATED', der.subarray(0, 50).toString('base64'), `50 of its ${der.length} bytes`],
		['KEY_MALFORMED', Buffer.concat([der, Buffer.alloc(3)]).toString('base64'), 'by 3 bytes'],
	] as const)('%s (%#)', (code, body, words) => {
		expect(expectCode(code, () => decodePemBody(body)).message).toContain(words);
	});

	it('says what to do where a field keeps the first line only', () => {
		const { hint } = expectCode('KEY_TRUNCATED', () => decodePemBody(''));
		expect(hint).toContain('paste the key as one line with \\n for the line breaks');
	});

	it('is told from what is', () => {
		expect(() => assertWholeDer(der)).not.toThrow();
	});
});
