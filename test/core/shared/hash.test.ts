import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { digest, sha256, sha512 } from '../../../core/shared/hash';

describe('SHA-256', () => {
	// FIPS 180-4, the examples of NIST.
	it.each([
		['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
		['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
	])('of %j is that of the standard, of bytes and text alike', (text, expected) => {
		expect(sha256(text, 'hex')).toBe(expected);
		expect(sha256(Buffer.from(text), 'hex')).toBe(expected);
	});

	it('is written as it is asked for, a text being UTF-8', () => {
		const hex = sha256('ü', 'hex');
		expect(sha256(Buffer.from([0xc3, 0xbc]), 'hex')).toBe(hex);
		expect(sha256('ü', 'base64url')).toBe(Buffer.from(hex, 'hex').toString('base64url'));
		expect(sha256('ü', 'base64')).toBe(Buffer.from(hex, 'hex').toString('base64'));
	});
});

it('SHA-512 is that of the standard, of a text in UTF-8', () => {
	// FIPS 180-4, an example of NIST.
	expect(sha512('abc', 'hex')).toBe(
		'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f',
	);
	expect(sha512('ü', 'base64')).toBe(createHash('sha512').update('ü', 'utf8').digest('base64'));
});

describe('the digest of several values', () => {
	it('is 64 hexadecimal digits, the same for the same values', () => {
		expect(digest(['a', { b: 1 }])).toMatch(/^[\da-f]{64}$/);
		expect(digest(['a', { b: 1 }])).toBe(digest(['a', { b: 1 }]));
	});

	it.each([
		[['ab'], ['a', 'b']],
		[
			['a', 'bc'],
			['ab', 'c'],
		],
		[['1'], [1]],
		[['a,b'], ['a', 'b']],
		[[null], ['null']],
		[
			[['a'], 'b'],
			['a', ['b']],
		],
		[[], ['']],
		[
			['a', 'b'],
			['b', 'a'],
		],
	])('keeps %j and %j apart', (one, other) => {
		expect(digest(one)).not.toBe(digest(other));
	});

	it('is the same for no two lists', () => {
		const lists = fc.array(fc.oneof(fc.string({ maxLength: 2 }), fc.nat(3), fc.constant(null)));
		fc.assert(
			fc.property(lists, lists, (one, other) => {
				expect(digest(one) === digest(other)).toBe(JSON.stringify(one) === JSON.stringify(other));
			}),
		);
	});
});
