import { X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import {
	allowsKeyUsage,
	certificateExtensions,
	oidContent,
	pathLength,
	signatureOid,
} from '../../../core/keys/certificateExtensions';
import {
	der as element,
	derBits,
	derContext,
	derOid,
	derUnsigned,
} from '../../../core/keys/derWriter';
import { issue, marked } from '../support/certificateChains';
import { openssl, rsa } from '../support/keyFixtures';

const extensionsOf = (...extensions: string[]) =>
	certificateExtensions(new X509Certificate(issue({ extensions }).certificate)) ?? [];

describe('an OID', () => {
	it('is written as DER writes it', () => {
		expect(oidContent('1.2.840.113635.100.6.11.1')).toBe('2a864886f76364060b01');
		expect(oidContent('2.5.29.19')).toBe('551d13');
		expect(oidContent('2.999.1')).toBe('883701');
	});

	it.each([
		['1.0.8571', '28c27b'],
		['0.9.2342', '099226'],
		['1.39.1', '4f01'],
		['1.2.0', '2a00'],
		['1.2.127', '2a7f'],
		['1.2.128', '2a8100'],
		['1.2.16384', '2a818000'],
		['1.2.281474976710655', '2abfffffffffff7f'],
	])('%s has the octets %s', (dotted, octets) => {
		expect(oidContent(dotted)).toBe(octets);
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
		'1.2.3 ',
		'x.1.2',
		'1.x.2',
		'1.2.1e3',
		'1.2.281474976710656',
		'2.281474976710656.1',
		`2.${'9'.repeat(400)}.1`,
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
	expect(extensionsOf('basicConstraints=critical,CA:TRUE').map(pathLength)).not.toContain(2);
});

describe('extensions that openssl does not write', () => {
	const OID = derOid('1.2.3.4');
	const no = element('boolean', Buffer.from([0]));
	const value = element('octetString', element('null'));
	/** As they stand in a body, with two other parts before them. */
	const read = (...extensions: Buffer[]) => {
		const parts = [derContext(0, derUnsigned(Buffer.from([2]))), derUnsigned(Buffer.from([1]))];
		const body = element('sequence', ...parts, derContext(3, element('sequence', ...extensions)));
		return certificateExtensions({ raw: element('sequence', body) } as X509Certificate);
	};

	it('are not critical where they say that they are not', () => {
		expect(read(element('sequence', OID, no, value))).toMatchObject([
			{ oid: oidContent('1.2.3.4'), isCritical: false, value: { tag: 5 } },
		]);
	});

	it('are not critical for a value of another type', () => {
		const found = read(element('sequence', OID, element('integer', Buffer.from([1])), value));
		expect(found).toMatchObject([{ isCritical: false }]);
	});

	it.each<[string, Buffer[]]>([
		['an empty list', []],
		['one without a value', [element('sequence', OID)]],
		['one without a name', [element('sequence', value, value)]],
		['one that is empty', [element('sequence')]],
		['one that cannot be read after a good one', [element('sequence', OID, value), value]],
	])('are not taken for none: %s', (_what, extensions) => {
		expect(read(...extensions)).toBeUndefined();
	});

	it.each<[string, Buffer]>([
		['no DER', Buffer.from('no DER')],
		['an empty body', element('sequence', element('sequence'))],
	])('are not taken for none in %s', (_what, raw) => {
		expect(certificateExtensions({ raw } as X509Certificate)).toBeUndefined();
	});
});

describe('key usage', () => {
	it.each([
		['digitalSignature,keyCertSign', [0, 5]],
		['keyAgreement,decipherOnly', [4, 8]],
		['cRLSign', [6]],
	])('is read bit by bit: %s', (usage, bits) => {
		const [found] = extensionsOf(`keyUsage=critical,${usage}`).filter(
			({ oid }) => oid === oidContent('2.5.29.15'),
		);
		const allowed = [0, 1, 2, 3, 4, 5, 6, 7, 8, 20].filter(
			(bit) => found && allowsKeyUsage(found, bit),
		);
		expect(allowed).toEqual(bits);
	});

	it('allows nothing where it is no row of bits', () => {
		const usage = { oid: '551d0f', isCritical: true };
		const octets = { tag: 4, content: Buffer.from([0, 0xff]), whole: Buffer.alloc(0) };
		for (const value of [octets, undefined]) {
			expect(allowsKeyUsage({ ...usage, value }, 0)).toBe(false);
		}
	});
});

it('a certificate without extensions has none', () => {
	expect(extensionsOf()).toEqual([]);
});

describe('the algorithm of the signature', () => {
	it.each([
		['ECDSA', issue({ hash: 'sha384' }), '1.2.840.10045.4.3.3'],
		['RSA', issue({ key: rsa, hash: 'sha512' }), '1.2.840.113549.1.1.13'],
		['RSA-PSS: its hash', issue({ key: rsa, hash: 'sha384', pss: true }), '2.16.840.1.101.3.4.2.2'],
	])('of %s is told', (_kind, { certificate }, expected) => {
		expect(signatureOid(new X509Certificate(certificate))).toBe(oidContent(expected));
	});

	it('of RSA-PSS with SHA-1, which is not written, is none, whatever hash the mask has', () => {
		const { certificate } = issue({ key: rsa, hash: 'sha1', pss: true });
		expect(signatureOid(new X509Certificate(certificate))).toBeUndefined();
		const sha256 = element('sequence', derOid('2.16.840.1.101.3.4.2.1'));
		const mask = derContext(1, element('sequence', derOid('1.2.840.113549.1.1.8'), sha256));
		const pss = element('sequence', derOid('1.2.840.113549.1.1.10'), element('sequence', mask));
		const raw = element('sequence', element('sequence'), pss, derBits(Buffer.alloc(1)));
		expect(signatureOid({ raw } as X509Certificate)).toBeUndefined();
	});
});
