import fc from 'fast-check';
import { splitGhostKey } from '../../../core/keys/ghostKey';

describe('splitGhostKey', () => {
	const hex = (digits: number) =>
		fc.string({
			unit: fc.constantFrom(...'0123456789abcdefABCDEF'),
			minLength: digits,
			maxLength: digits,
		});

	it('splits 24 hex digits, a colon and 64 hex digits', () => {
		fc.assert(
			fc.property(hex(24), hex(64), (id, secret) => {
				expect(splitGhostKey(`\t ${id}:${secret} \r\n`)).toEqual({
					keyId: id,
					secret: Buffer.from(secret, 'hex'),
				});
			}),
		);
	});

	it.each([
		'',
		'id:secret',
		`${'a'.repeat(23)}:${'b'.repeat(64)}`,
		`${'a'.repeat(25)}:${'b'.repeat(64)}`,
		`${'a'.repeat(24)}:${'b'.repeat(63)}`,
		`${'a'.repeat(24)}:${'b'.repeat(65)}`,
		`x ${'a'.repeat(24)}:${'b'.repeat(64)}`,
		`${'a'.repeat(24)}:${'b'.repeat(64)} x`,
		`${'a'.repeat(24)}: ${'b'.repeat(64)}`,
		`${'g'.repeat(24)}:${'b'.repeat(64)}`,
	])('leaves %j whole', (text) => {
		expect(splitGhostKey(text)).toBeUndefined();
	});
});
