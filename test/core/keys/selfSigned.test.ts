import { execFileSync } from 'node:child_process';
import { createHash, generateKeyPairSync, X509Certificate, type KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { certificateHeader } from '../../../core/keys/certificate';
import { importSigningKey } from '../../../core/keys/importSigningKey';
import { certificateRequest, selfSignedCertificate } from '../../../core/keys/selfSigned';
import { expectCode } from '../support/expectCode';

const SUBJECT = {
	commonName: 'n8n – Ärzte & Söhne',
	organization: 'Example, Inc.',
	organizationalUnit: '',
	country: 'de',
};
const NOW = new Date('2026-11-26T12:00:00.500Z');

const pssKey = String(
	generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).privateKey.export({
		format: 'pem',
		type: 'pkcs8',
	}),
);

const KEYS: Array<[name: string, key: KeyObject, signature: string]> = [
	[
		'RSA',
		generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
		'sha256WithRSAEncryption',
	],
	['RSA-PSS', importSigningKey({ algorithm: 'PS256', key: pssKey }).key, 'sha256WithRSAEncryption'],
	...(['P-256', 'P-384', 'P-521', 'secp256k1'] as const).map(
		(namedCurve): [string, KeyObject, string] => [
			namedCurve,
			generateKeyPairSync('ec', { namedCurve }).privateKey,
			`ecdsa-with-SHA${{ 'P-384': 384, 'P-521': 512 }[namedCurve as string] ?? 256}`,
		],
	),
	['Ed25519', generateKeyPairSync('ed25519').privateKey, 'ED25519'],
];

let folder: string;

beforeAll(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'jwt-auth-x509-'));
});

afterAll(() => {
	rmSync(folder, { recursive: true, force: true });
});

function openssl(pem: string, ...command: string[]): string {
	const file = path.join(folder, 'in.pem');
	writeFileSync(file, pem);
	const [name = '', ...options] = command;
	return execFileSync('openssl', [name, ...options.map((one) => (one === 'FILE' ? file : one))], {
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'pipe'],
	});
}

describe.each(KEYS)('a certificate for a key of %s', (_name, key, signature) => {
	const make = () => selfSignedCertificate(key, SUBJECT, 365, NOW);

	it('is what openssl takes for one', () => {
		const made = make();
		const attime = String(Math.floor(NOW.getTime() / 1000));
		const verified = openssl(
			made.certificate,
			...['verify', '-check_ss_sig', '-x509_strict', '-attime', attime, '-CAfile', 'FILE', 'FILE'],
		);
		expect(verified).toMatch(/: OK\s*$/);
		const text = openssl(
			made.certificate,
			...['x509', '-in', 'FILE', '-noout', '-text', '-nameopt', 'utf8,sep_comma_plus_space'],
		);
		expect(text).toContain('Version: 3 (0x2)');
		expect(text).toContain(`Signature Algorithm: ${signature}`);
		expect(text).toContain(`Subject: C=DE, O=Example, Inc., CN=n8n – Ärzte & Söhne`);
		expect(text).toContain('Not Before: Nov 26 11:55:00 2026 GMT');
		expect(text).toContain('Not After : Nov 26 12:00:00 2027 GMT');
		expect(text).toMatch(/Basic Constraints: critical\s+CA:FALSE/);
		expect(text).toMatch(/Key Usage: critical\s+Digital Signature\n/);
		expect(text).toMatch(/Subject Key Identifier:\s+([0-9A-F]{2}:){19}[0-9A-F]{2}\n/);
	});

	it('is what Node.js takes for one, and belongs to the key', () => {
		const made = make();
		const read = new X509Certificate(made.certificate);
		expect(read.checkPrivateKey(key)).toBe(true);
		expect(read.verify(read.publicKey)).toBe(true);
		expect(read.ca).toBe(false);
		// Key usage ends with its last bit that is set, X.690 §11.2.2.
		expect(read.raw.toString('hex')).toContain('0403020780');
		expect(made).toMatchObject({
			validFrom: '2026-11-26T11:55:00.000Z',
			validTo: '2027-11-26T12:00:00.000Z',
			serialNumber: read.serialNumber.match(/../g)?.join(':'),
			thumbprintSha1: read.fingerprint,
			thumbprintSha256: read.fingerprint256,
		});
	});

	it('is named in the header of a token by the thumbprints that are given with it', () => {
		const { certificate, x5t, 'x5t#S256': x5tS256 } = make();
		expect(certificateHeader(certificate, 'x5t', key)).toEqual({ x5t, 'x5t#S256': x5tS256 });
		const { raw } = new X509Certificate(certificate);
		expect(x5tS256).toBe(createHash('sha256').update(raw).digest('base64url'));
	});

	it('can be asked of an authority', () => {
		const request = certificateRequest(key, SUBJECT);
		const text = openssl(request, 'req', '-verify', '-in', 'FILE', '-noout', '-text');
		expect(text).toContain('Version: 1 (0x0)');
		const subject = openssl(
			request,
			...['req', '-in', 'FILE', '-noout', '-subject', '-nameopt', 'utf8,sep_comma_plus_space'],
		);
		expect(subject.trim()).toBe('subject=C=DE, O=Example, Inc., CN=n8n – Ärzte & Söhne');
	});
});

it('an authority signs what was requested', () => {
	const authority = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
	const root = selfSignedCertificate(authority, { ...SUBJECT, commonName: 'Root' }, 10, new Date());
	const key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
	const files = {
		'ca.pem': root.certificate,
		'ca.key': authority.export({ format: 'pem', type: 'pkcs8' }),
	};
	for (const [name, content] of Object.entries(files))
		writeFileSync(path.join(folder, name), content);
	const issued = openssl(
		certificateRequest(key, SUBJECT),
		...['x509', '-req', '-in', 'FILE', '-CA', path.join(folder, 'ca.pem')],
		...['-CAkey', path.join(folder, 'ca.key'), '-days', '5'],
	);
	expect(new X509Certificate(issued).checkPrivateKey(key)).toBe(true);
});

it('lasts beyond 2050, which is written in another way', () => {
	const key = generateKeyPairSync('ed25519').privateKey;
	const { certificate } = selfSignedCertificate(key, SUBJECT, 36_500, NOW);
	expect(openssl(certificate, 'x509', '-in', 'FILE', '-noout', '-enddate').trim()).toBe(
		'notAfter=Nov  2 12:00:00 2126 GMT',
	);
});

it('every one has a serial number of its own', () => {
	const key = generateKeyPairSync('ed25519').privateKey;
	const serials = Array.from(
		{ length: 20 },
		() => selfSignedCertificate(key, SUBJECT, 1, NOW).serialNumber,
	);
	expect(new Set(serials).size).toBe(20);
});

it('has a serial number of 16 octets that is positive', () => {
	const key = generateKeyPairSync('ed25519').privateKey;
	const { serialNumber } = selfSignedCertificate(key, SUBJECT, 1, NOW);
	expect(serialNumber).toMatch(/^40(:[0-9A-F]{2}){15}$/);
});

it('identifies its key by the SHA-1 of what the key consists of', () => {
	const { privateKey, publicKey } = generateKeyPairSync('ed25519');
	const { certificate } = selfSignedCertificate(privateKey, SUBJECT, 1, NOW);
	const shown = openssl(
		certificate,
		...['x509', '-in', 'FILE', '-noout', '-ext', 'subjectKeyIdentifier'],
	);
	const point = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
	const identifier = createHash('sha1').update(point).digest('hex').toUpperCase();
	expect(shown.replace(/[:\s]/g, '')).toBe(`X509v3SubjectKeyIdentifier${identifier}`);
});

it('is not made for somebody without a name', () => {
	const key = generateKeyPairSync('ed25519').privateKey;
	const nobody = { ...SUBJECT, commonName: '' };
	expectCode('FIELD_INVALID', () => selfSignedCertificate(key, nobody, 1, NOW));
	expectCode('FIELD_INVALID', () => certificateRequest(key, nobody));
});
