import { X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import {
	allowsKeyUsage,
	certificateExtensions,
	oidContent,
	pathLength,
	signatureOid,
} from '../../../core/keys/certificateExtensions';
import { issue, marked } from '../support/certificateChains';
import { openssl } from '../support/keyFixtures';

const extensionsOf = (...extensions: string[]) =>
	certificateExtensions(new X509Certificate(issue({ extensions }).certificate)) ?? [];

describe('an OID', () => {
	it('is written as DER writes it', () => {
		expect(oidContent('1.2.840.113635.100.6.11.1')).toBe('2a864886f76364060b01');
		expect(oidContent('2.5.29.19')).toBe('551d13');
		expect(oidContent('2.999.1')).toBe('883701');
	});

	it('is what openssl finds in it again', () => {
		const arc = fc.integer({ min: 0, max: 2 ** 31 - 1 });
		const arcs = fc.tuple(
			fc.constantFrom('0', '1', '2'),
			fc.integer({ min: 0, max: 39 }),
			fc.array(arc, { minLength: 1, maxLength: 5 }),
		);
		fc.assert(
			fc.property(arcs, ([first, second, rest]) => {
				const dotted = [first, second, ...rest].join('.');
				const content = Buffer.from(oidContent(dotted) ?? '', 'hex');
				const element = Buffer.concat([Buffer.from([6, content.length]), content]);
				const text = `-----BEGIN X-----\n${element.toString('base64')}\n-----END X-----\n`;
				const shown = openssl({ 'x.pem': text }, 'asn1parse', '-in', 'x.pem', '-inform', 'PEM');
				expect(shown.trim().split(':').at(-1)).toBe(dotted);
			}),
			{ numRuns: 5, examples: [[['1', 2, [840, 113635, 100, 6, 11, 127, 128]]]] },
		);
	});

	it.each([
		'',
		'1',
		'1.2',
		'abc',
		'1.2.x',
		'3.1.1',
		'1.40.1',
		'1..2',
		'1.2.-3',
		'1.2.3.',
		' 1.2.3',
	])('is not %j', (text) => {
		expect(oidContent(text)).toBeUndefined();
	});
});

it('extensions are found with their mark of being critical', () => {
	const found = extensionsOf(
		'basicConstraints=critical,CA:TRUE,pathlen:2',
		marked('1.2.3.4'),
		marked('1.2.3.5', 'critical,DER:0500'),
	);
	expect(found.map(({ oid, isCritical }) => [oid, isCritical])).toEqual(
		expect.arrayContaining([
			[oidContent('2.5.29.19'), true],
			[oidContent('1.2.3.4'), false],
			[oidContent('1.2.3.5'), true],
		]),
	);
	expect(found.map(pathLength)).toContain(2);
});

it('key usage is read bit by bit', () => {
	const usage = extensionsOf('keyUsage=critical,digitalSignature,keyCertSign').find(
		({ oid }) => oid === oidContent('2.5.29.15'),
	);
	expect(usage && [0, 1, 5, 6, 8, 20].map((bit) => allowsKeyUsage(usage, bit))).toEqual([
		true,
		false,
		true,
		false,
		false,
		false,
	]);
});

it('a certificate without extensions has none', () => {
	expect(extensionsOf()).toEqual([]);
});

it('the algorithm of the signature is told', () => {
	const certificate = new X509Certificate(issue({ hash: 'sha384' }).certificate);
	expect(signatureOid(certificate)).toBe(oidContent('1.2.840.10045.4.3.3'));
});
