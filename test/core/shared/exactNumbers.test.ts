import fc from 'fast-check';
import { parseJsonExactly } from '../../../core/shared/exactNumbers';

it('keeps every digit of a whole number beyond 2^53, as a text', () => {
	fc.assert(
		fc.property(fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }), (id) => {
			const isExact = Number.isSafeInteger(Number(id));
			const expected = isExact ? Number(id) : String(id);
			expect(parseJsonExactly(`{"id":${id},"list":[ ${id} ]}`)).toEqual({
				id: expected,
				list: [expected],
			});
		}),
	);
});

it('reads everything else as JSON does', () => {
	const digits = fc.constantFrom('12345678901234567890', '"1234567890123456789"', '\\"99', '\\');
	const json = fc.letrec((tie) => ({
		value: fc.oneof(
			fc.string({ unit: 'binary' }),
			digits,
			fc
				.double({ noNaN: true, noDefaultInfinity: true })
				.filter((x) => !/^-?\d{16,}$/.test(String(x))),
			fc.dictionary(fc.oneof(fc.string(), digits), tie('value'), { maxKeys: 3 }),
			fc.array(tie('value'), { maxLength: 3 }),
		),
	})).value;
	fc.assert(
		fc.property(json, (value) => {
			const text = JSON.stringify(value);
			expect(parseJsonExactly(text)).toEqual(JSON.parse(text));
		}),
		{ numRuns: 1000 },
	);
});

it('leaves quantities numbers', () => {
	expect(parseJsonExactly('[1795634088.37800001, 1e300, 9007199254740991]')).toEqual([
		1795634088.378, 1e300, 9007199254740991,
	]);
});

it.each(['', 'x', 'xy', '\\"', '\\\\', 'x\\"y'])('finds the end of the text "%s"', (written) => {
	expect(parseJsonExactly(`["${written}",1234567890123456789]`)).toEqual([
		JSON.parse(`"${written}"`),
		'1234567890123456789',
	]);
});
