import fc from 'fast-check';
import { encodedRuns } from '../../../core/shared/encodedRuns';

const runs = (text: string) => encodedRuns(text).map(({ start, end }) => text.slice(start, end));

describe('the parts of a text that may be Base64 or hex', () => {
	it.each<[string, string[]]>([
		['1234567', []],
		['12345678', ['12345678']],
		['a b 12345678 c', ['12345678']],
		['12345678=', ['12345678=']],
		['12345678==', ['12345678==']],
		['12345678===', ['12345678==']],
		['12345678 =', ['12345678']],
		['1234\n5678', ['1234\n5678']],
		['\r\n1234\r\n5678\r\n x', ['1234\r\n5678']],
		['1234 5678', []],
		['AZaz09+/-_', ['AZaz09+/-_']],
		['12345678.abcdefgh', ['12345678', 'abcdefgh']],
		['1234567\n', []],
		['', []],
	])('of %j are %j', (text, expected) => {
		expect(runs(text)).toEqual(expected);
	});

	it.each([...'@[`{:.,*=\t'])('have no %j among them', (character) => {
		expect(runs(`1234${character}5678`)).toEqual([]);
	});

	it('are decoded from each of four beginnings, and as hex where all is hex', () => {
		const [base64] = encodedRuns('x__Z2hpamts');
		expect(base64?.decoded).toHaveLength(4);
		expect(base64?.decoded[3]).toBe(Buffer.from('Z2hpamts', 'base64').toString('latin1'));
		const [hex] = encodedRuns('f6162636465');
		expect(hex?.decoded).toHaveLength(6);
		expect(hex?.decoded[5]).toBe('abcde');
		expect(encodedRuns('6162636465')[0]?.decoded[4]).toBe('abcde');
		// Hex that something else follows is hex as far as it goes.
		expect(encodedRuns('616263646G')[0]?.decoded).toContain('abcd');
		expect(encodedRuns('4A4B4C4D4E')[0]?.decoded[4]).toBe('JKLMN');
	});

	it('give back any bytes, whatever line ends and letters stand in them and in front', () => {
		const packed = fc.uint8Array({ minLength: 6, maxLength: 40 });
		const encodings = fc.constantFrom('base64', 'base64url', 'hex' as const);
		fc.assert(
			fc.property(packed, encodings, fc.nat(1), (bytes, encoding, letters) => {
				const text = Buffer.from(bytes).toString(encoding).replace(/.{5}/g, '$&\r\n');
				const decoded = encodedRuns(`!${'f'.repeat(letters)}${text}!`).flatMap(
					(run) => run.decoded,
				);
				expect(decoded).toContain(Buffer.from(bytes).toString('latin1'));
			}),
		);
	});
});
