import fc from 'fast-check';
import { derChildren, oidHex, readDer } from '../../../core/keys/der';
import {
	der,
	derBits,
	derContext,
	derOid,
	derTime,
	derUnsigned,
	toPem,
} from '../../../core/keys/derWriter';
import { findPemBlocks } from '../../../core/keys/pem';
import { openssl } from '../support/keyFixtures';

const octets = fc.uint8Array({ maxLength: 70_000 }).map((array) => Buffer.from(array));

it('an element of any length is read as it was written', () => {
	fc.assert(
		fc.property(octets, (content) => {
			const read = readDer(der('octetString', content));
			expect(read?.tag).toBe(0x04);
			expect(read?.content.equals(content)).toBe(true);
		}),
	);
});

it.each([
	[0, '0400'],
	[127, '047f'],
	[128, '048180'],
	[255, '0481ff'],
	[256, '04820100'],
	[65_536, '0483010000'],
])('an element of %d octets has the shortest length: %s', (length, hex) => {
	expect(der('octetString', Buffer.alloc(length)).toString('hex').slice(0, hex.length)).toBe(hex);
});

it('elements stand in a sequence one after the other, also below a tag of their own', () => {
	const parts = [derUnsigned(Buffer.from([1])), der('null'), derBits(Buffer.from('ab', 'hex'))];
	const expected = parts.map((part) => part.toString('hex'));
	for (const whole of [der('sequence', ...parts), derContext(3, ...parts)]) {
		expect(derChildren(readDer(whole)).map((part) => part.whole.toString('hex'))).toEqual(expected);
	}
	expect(derContext(0)[0]).toBe(0xa0);
});

it.each([
	['', '020100'],
	['00', '020100'],
	['7f', '02017f'],
	['80', '02020080'],
	['0000ff', '020200ff'],
	['00ff', '020200ff'],
	['0100', '02020100'],
])('the number %j is %s', (value, hex) => {
	expect(derUnsigned(Buffer.from(value, 'hex')).toString('hex')).toBe(hex);
});

it('whole octets of bits leave none unused', () => {
	expect(derBits(Buffer.from('abcd', 'hex')).toString('hex')).toBe('030300abcd');
});

it.each([
	['2.5.4.3', '550403'],
	['1.2.840.113549.1.1.11', '2a864886f70d01010b'],
	['1.3.101.112', '2b6570'],
	['2.16.840.1.101.3.4.3.17', '6086480165030403 11'.replace(' ', '')],
])('the object identifier %s is %s', (dotted, hex) => {
	expect(oidHex(readDer(derOid(dotted)))).toBe(hex);
});

it('times are UTCTime until 2049 and GeneralizedTime from 2050 on, without fractions', () => {
	expect(derTime(new Date('2049-12-31T23:59:59.999Z')).toString('latin1')).toBe(
		'\x17\r491231235959Z',
	);
	expect(derTime(new Date('2050-01-01T00:00:00Z')).toString('latin1')).toBe(
		'\x18\x0f20500101000000Z',
	);
});

it('PEM has lines of 64 characters and one line break at its end, RFC 7468 §3', () => {
	expect(toPem('A B', Buffer.alloc(49))).toBe(
		`-----BEGIN A B-----\n${'A'.repeat(64)}\nAA==\n-----END A B-----\n`,
	);
	expect(toPem('A', Buffer.alloc(0))).toBe('-----BEGIN A-----\n-----END A-----\n');
});

it('PEM is read back, by openssl too', () => {
	fc.assert(
		fc.property(octets, (content) => {
			const [block] = findPemBlocks(toPem('CERTIFICATE', content));
			expect(Buffer.from(block?.body ?? '', 'base64').equals(content)).toBe(true);
		}),
		{ numRuns: 20 },
	);
	const pem = toPem('ANYTHING', der('sequence', derOid('2.5.4.3')));
	expect(openssl({ 'a.pem': pem }, 'asn1parse', '-in', 'a.pem')).toContain('commonName');
});
