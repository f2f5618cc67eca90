import fc from 'fast-check';
import {
	declaredLength,
	derChildren,
	derStructure,
	isPrivateDer,
	oidHex,
	readDer,
	smallInteger,
} from '../../../core/keys/der';
import { certificate, ec, ed25519, openssl, pem, rsa } from '../support/keyFixtures';

const der = (hex: string): Buffer => Buffer.from(hex.replace(/ /g, ''), 'hex');
const body = (text: string): Buffer => Buffer.from(text.replace(/-----.*-----/g, ''), 'base64');

describe('readDer', () => {
	it('reads the element the bytes begin with, short and long form of the length', () => {
		const short = readDer(der('02 01 05 ff'));
		expect(short).toEqual({ tag: 2, content: der('05'), whole: der('02 01 05') });
		const long = Buffer.concat([der('04 81 80'), Buffer.alloc(128, 7)]);
		expect(readDer(long)?.content).toHaveLength(128);
		expect(readDer(der('04 84 00 00 00 01 07'))?.content).toEqual(der('07'));
	});

	it.each(['', '30', '30 80', '30 85 00 00 00 00 01 07', '30 02 05', '30 82 01'])(
		'finds no element in %j',
		(hex) => {
			expect(readDer(der(hex))).toBeUndefined();
		},
	);

	it('never throws, whatever the bytes', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
				const buffer = Buffer.from(bytes);
				const element = readDer(buffer);
				if (element) expect(element.whole.length).toBeLessThanOrEqual(buffer.length);
				derChildren(element);
				derStructure(buffer);
			}),
		);
	});
});

it('declaredLength counts the header, and counts what is not there', () => {
	expect(declaredLength(der('30 03 02 01 05'))).toBe(5);
	expect(declaredLength(der('30 82 01 00'))).toBe(260);
	expect(declaredLength(der('31 03'))).toBeUndefined();
	expect(declaredLength(der('30 80'))).toBeUndefined();
});

it('derChildren reads constructed elements alone, all of them or none', () => {
	const children = derChildren(readDer(der('30 06 02 01 01 02 01 02')));
	expect(children.map(smallInteger)).toEqual([1, 2]);
	expect(derChildren(readDer(der('30 05 02 01 01 02 09')))).toEqual([]);
	expect(derChildren(readDer(der('04 03 02 01 01')))).toEqual([]);
	expect(derChildren(undefined)).toEqual([]);
});

it('oidHex and smallInteger read their own kind only', () => {
	const oid = readDer(der('06 03 2b 65 70'));
	expect(oidHex(oid)).toBe('2b6570');
	expect(smallInteger(oid)).toBeUndefined();
	expect(oidHex(readDer(der('02 01 05')))).toBeUndefined();
	expect(smallInteger(readDer(der('02 03 01 00 00')))).toBe(65_536);
	expect(smallInteger(readDer(der('02 05 00 00 00 00 07')))).toBe(7);
	expect(smallInteger(readDer(der('02 00')))).toBeUndefined();
	expect(smallInteger(readDer(der(`02 07 01 ${'00'.repeat(6)}`)))).toBe(2 ** 48);
	expect(smallInteger(readDer(der(`02 20 7f ${'ff'.repeat(31)}`)))).toBe(2 ** 48);
});

describe('derStructure', () => {
	const publicDer = (type: 'spki' | 'pkcs1'): Buffer =>
		body(openssl(rsa, 'rsa', '-in', 'key.pem', type === 'spki' ? '-pubout' : '-RSAPublicKey_out'));
	const csr = body(openssl(rsa, 'req', '-new', '-key', 'key.pem', '-subj', '/CN=test'));
	const integers = (count: number): string => '02 01 01'.repeat(count);
	const dsa = der(`30 12 ${integers(6)}`);
	const pkcs12 = der('30 05 02 01 03 30 00');
	const pkcs7 = der('30 07 06 03 2b 65 70 a0 00');
	/** Signed content, RFC 5280 §4.1.1: what is signed, the algorithm and the signature. */
	const signed = (content: string): Buffer => {
		const hex = `${content}30 00 03 01 00`.replace(/ /g, '');
		return der(`30 ${(hex.length / 2).toString(16).padStart(2, '0')} ${hex}`);
	};

	it.each([
		['pkcs8', body(pem(ed25519, 'pkcs8'))],
		['encryptedPkcs8', body(pem(rsa, 'pkcs8', 'aes-256-cbc'))],
		['pkcs1', body(pem(rsa, 'pkcs1'))],
		['sec1', body(pem(ec, 'sec1'))],
		['publicKey', publicDer('spki')],
		['publicKey', publicDer('pkcs1')],
		['certificate', body(certificate(rsa))],
		['csr', csr],
		['csr', signed('30 07 02 01 00 30 00 30 00')],
		['certificate', signed('30 11 02 01 07 30 00 30 00 30 00 30 00 30 04 30 00 30 00')],
		['certificate', signed('30 04 30 00 30 00')],
		['pkcs1', der(`30 1d ${integers(9)} 30 00`)],
		['dsa', dsa],
		['pkcs12', pkcs12],
		['pkcs7', pkcs7],
	])('tells %s by its shape', (structure, bytes) => {
		expect(derStructure(bytes)).toBe(structure);
	});

	it.each([
		['bytes that follow', Buffer.concat([body(pem(ec, 'sec1')), der('00')])],
		['another version of SEC1', der('30 06 02 01 02 04 01 00')],
		['another version of PKCS#12', der('30 05 02 01 04 30 00')],
		['PKCS#8 without an algorithm', der('30 07 02 01 00 30 00 04 00')],
		['encrypted PKCS#8 without an algorithm', der('30 04 30 00 04 00')],
		['a set of what is in a key', Buffer.concat([der('31'), body(pem(rsa, 'pkcs8')).subarray(1)])],
		['seven integers', der(`30 15 ${integers(7)}`)],
		['eleven elements', der(`30 21 ${integers(11)}`)],
		['the name of a content without content', der('30 05 06 03 2b 65 70')],
		['an empty sequence', der('30 00')],
		['no sequence', der('02 01 05')],
	])('is undefined for %s', (_name, bytes) => {
		expect(derStructure(bytes)).toBeUndefined();
	});

	it('knows which are private keys', () => {
		const all = ['pkcs8', 'encryptedPkcs8', 'pkcs1', 'sec1', 'dsa', 'publicKey', 'csr'] as const;
		expect(all.filter(isPrivateDer)).toEqual(['pkcs8', 'encryptedPkcs8', 'pkcs1', 'sec1']);
	});
});
