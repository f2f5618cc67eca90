import {
	createHash,
	createSecretKey,
	generateKeyPairSync,
	type KeyObject,
	X509Certificate,
} from 'node:crypto';
import fc from 'fast-check';
import {
	certificateEnd,
	certificateHeader,
	readRootCertificates,
} from '../../../core/keys/certificate';
import { JwtAuthError } from '../../../core/errors';
import { importSigningKey } from '../../../core/keys/importSigningKey';
import { readVerificationKeys } from '../../../core/keys/readVerificationKeys';
import { CA, issue } from '../support/certificateChains';
import { expectCode } from '../support/expectCode';
import { certificate, ec, ed25519, openssl, pem, publicPem, rsa } from '../support/keyFixtures';

const derOf = (text: string): Buffer => Buffer.from(text.replace(/-----.*-----/g, ''), 'base64');
const rsaCertificate = certificate(rsa);
const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey;

// RFC 7517 appendix B (x5c) has no private key; RFC 7515 appendix A.2 has no certificate. So the
// thumbprints are the ones openssl prints.
function opensslThumbprint(text: string, hash: string): string {
	const shown = openssl(
		{ 'x.pem': text },
		'x509',
		'-in',
		'x.pem',
		'-noout',
		'-fingerprint',
		`-${hash}`,
	);
	return Buffer.from(shown.replace(/^.*=/, '').replace(/[:\s]/g, ''), 'hex').toString('base64url');
}

/** A root, an intermediate it issued, and a certificate of `rsa` that the intermediate issued. */
function makeChain(): string[] {
	const issue = (subject: string, key: KeyObject, ca: string, caKey: KeyObject): string =>
		openssl(
			{ 'key.pem': pem(key, 'pkcs8'), 'ca.pem': ca, 'ca.key': pem(caKey, 'pkcs8') },
			...['req', '-new', '-x509', '-key', 'key.pem', '-subj', subject],
			...['-CA', 'ca.pem', '-CAkey', 'ca.key'],
		);
	const root = certificate(ec);
	const intermediate = issue('/CN=intermediate', p384, root, ec);
	return [issue('/CN=leaf', rsa, intermediate, p384), intermediate, root];
}

describe('certificateHeader', () => {
	it('has the thumbprints openssl computes', () => {
		const expected = {
			x5t: opensslThumbprint(rsaCertificate, 'sha1'),
			'x5t#S256': opensslThumbprint(rsaCertificate, 'sha256'),
		};
		expect(expected.x5t).toHaveLength(27);
		expect(certificateHeader(rsaCertificate, 'x5t', rsa)).toEqual(expected);
	});

	it('takes a certificate mangled like keys are, and one beside its key', () => {
		const expected = { x5c: [derOf(rsaCertificate).toString('base64')] };
		for (const text of [
			rsaCertificate.replace(/\n/g, ' '),
			rsaCertificate.replace(/\n/g, '\\n'),
			JSON.stringify(rsaCertificate),
			derOf(rsaCertificate).toString('base64'),
			rsaCertificate.replace(/-----.*-----/g, '').replace(/\n/g, '\\n'),
			Buffer.from(rsaCertificate).toString('base64'),
			pem(rsa, 'pkcs8') + rsaCertificate,
		]) {
			expect(certificateHeader(text, 'x5c', rsa)).toEqual(expected);
		}
	});

	it('leaves out the trust settings that openssl may put behind a certificate', () => {
		const trusted = openssl(
			{ 'x.pem': rsaCertificate },
			...['x509', '-in', 'x.pem', '-trustout', '-addtrust', 'serverAuth'],
		);
		expect(trusted).toContain('BEGIN TRUSTED CERTIFICATE');
		for (const text of [trusted, Buffer.from(trusted).toString('base64')]) {
			expect(certificateHeader(text, 'x5c', rsa)).toEqual({
				x5c: [derOf(rsaCertificate).toString('base64')],
			});
		}
	});

	it('takes the certificate of an RSA-PSS key, of which the plain RSA key inside signs', () => {
		const key = generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).privateKey;
		const text = issue({ key, pss: true }).certificate;
		const signing = importSigningKey({ algorithm: 'PS256', key: pem(key, 'pkcs8') });
		expect(certificateHeader(text, 'x5c', signing.key)).toEqual({
			x5c: [derOf(text).toString('base64')],
		});
		expectCode('CERTIFICATE_MISMATCH', () => certificateHeader(text, 'x5c', rsa));
	});

	it('keeps what belongs to no chain behind it', () => {
		const stranger = issue({ subject: '/CN=stranger' }).certificate;
		expect(certificateHeader(stranger + rsaCertificate, 'x5c', rsa)).toEqual({
			x5c: [rsaCertificate, stranger].map((text) => derOf(text).toString('base64')),
		});
	});

	it("puts the key's certificate first and each issuer after it, whatever the order", () => {
		const chain = makeChain();
		const x5c = chain.map((text) => derOf(text).toString('base64'));
		for (const order of [chain, [...chain].reverse(), [chain[1], chain[0], chain[2]]]) {
			expect(certificateHeader(order.join(''), 'x5c', rsa)).toEqual({ x5c });
			expect(certificateHeader(order.join(''), 'x5t', rsa)).toEqual(
				certificateHeader(chain[0] ?? '', 'x5t', rsa),
			);
		}
	});

	const anotherEc = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
	const WHOLE = /whole certificate/;
	const THUMBPRINT = /certificate \(PEM\) itself/;
	const sha1 = createHash('sha1').update('x').digest('hex');
	const sha256 = createHash('sha256').update('x').digest('hex');
	const apart = (hex: string, by: string): string => hex.replace(/(..)(?=.)/g, `$1${by}`);

	it.each<[string, string, KeyObject, RegExp, RegExp?]>([
		['another key', rsaCertificate, ec, /another private key/],
		['another key on the same curve', certificate(ec), anotherEc, /another private key/],
		['a chain of others', rsaCertificate + certificate(ed25519), ec, /None of the 2 certificates/],
		[
			'a secret',
			rsaCertificate,
			createSecretKey(Buffer.alloc(32)),
			/shared secret/,
			/Remove the certificate, or choose an algorithm/,
		],
	])(
		'refuses a certificate for %s',
		(_, text, key, message, hint = /made for this private key/) => {
			const error = expectCode('CERTIFICATE_MISMATCH', () => certificateHeader(text, 'x5t', key));
			expect([error.message, error.hint]).toEqual([
				expect.stringMatching(message),
				expect.stringMatching(hint),
			]);
		},
	);

	it.each<[string, string, RegExp, RegExp?]>([
		['nothing', ' ', /^No certificate is given/],
		['a thumbprint', sha1, /thumbprint/, THUMBPRINT],
		['a thumbprint as Windows shows it', apart(sha1, ' ').toUpperCase(), /thumbprint/, THUMBPRINT],
		['a SHA-256 thumbprint', sha256, /thumbprint/, THUMBPRINT],
		['a SHA-256 thumbprint with colons', apart(sha256, ':'), /thumbprint/, THUMBPRINT],
		['digits that are one byte too many for a thumbprint', `${sha1}aa`, /not Base64 of DER/],
		['digits with something before them', `xx${sha1}`, /not Base64 of DER/],
		['a public key', publicPem(rsa), /no CERTIFICATE block/],
		[
			'Base64 of the PEM of a public key',
			Buffer.from(publicPem(rsa)).toString('base64'),
			/no CERTIFICATE block/,
		],
		[
			'a certificate cut off',
			rsaCertificate.split('\n').slice(0, 6).join('\n'),
			/cut off: 240 of its \d{3} bytes were found/,
		],
		[
			'a key called certificate',
			pem(rsa, 'pkcs8').replace(/PRIVATE KEY/g, 'CERTIFICATE'),
			/not an X.509/,
		],
		['words', 'my certificate!', /not Base64 of DER/],
		['Base64 of something else', Buffer.from('something').toString('base64'), /not Base64 of DER/],
	])('refuses %s', (_, text, message, hint = WHOLE) => {
		const error = expectCode('CERTIFICATE_MALFORMED', () => certificateHeader(text, 'x5t', rsa));
		expect([error.message, error.hint]).toEqual([
			expect.stringMatching(message),
			expect.stringMatching(hint),
		]);
	});

	it('takes a text of 262,144 characters, and no longer one', () => {
		const longest = rsaCertificate.trim().padStart(262_144, 'x');
		expect(certificateHeader(longest, 'x5c', rsa)).toHaveProperty('x5c');
		const error = expectCode('CERTIFICATE_MALFORMED', () =>
			certificateHeader(`x${longest}`, 'x5c', rsa),
		);
		expect(error.message).toContain('too long');
	});
});

describe('the certificates of authorities', () => {
	const root = issue({ subject: '/CN=Root', extensions: CA });
	const other = issue({ subject: '/CN=Other', extensions: CA });
	const leaf = issue({ subject: '/CN=leaf', issuer: root });

	it('are all taken, in their order', () => {
		const roots = readRootCertificates(root.certificate + other.certificate);
		expect(roots.map(({ subject }) => subject)).toEqual(['CN=Root', 'CN=Other']);
	});

	it('are refused with one among them that is not', () => {
		const error = expectCode('CERTIFICATE_MALFORMED', () =>
			readRootCertificates(root.certificate + leaf.certificate),
		);
		expect(error.message).toMatch(/^Root Certificates holds .* not one of a certificate authority/);
		expect(error.hint).toContain('Paste the root alone');
	});
});

it("the end of a key's certificate is told, not that of another", () => {
	const long = issue({ key: rsa, days: 700 }).certificate;
	const short = issue({ key: ec, days: 7 }).certificate;
	const { validTo } = new X509Certificate(short);
	expect(certificateEnd(long + short, ec)).toEqual(new Date(validTo));
	expectCode('CERTIFICATE_MISMATCH', () => certificateEnd(long, ec));
});

describe('a certificate with damaged bytes', () => {
	/** Whether it is taken; fails for any error but the one there may be. */
	function isTaken(take: () => unknown): boolean {
		try {
			take();
			return true;
		} catch (error) {
			if (error instanceof JwtAuthError) return false;
			throw error;
		}
	}

	it('is used or refused, to verify with and beside a private key', () => {
		const sources = [ec, ed25519, rsa].map((key) => ({ key, der: derOf(certificate(key)) }));
		const flips = fc.array(fc.tuple(fc.nat(2000), fc.integer({ min: 1, max: 255 })), {
			minLength: 1,
			maxLength: 3,
		});
		let taken = 0;
		fc.assert(
			fc.property(fc.constantFrom(...sources), flips, ({ key, der }, changes) => {
				const copy = Buffer.from(der);
				for (const [at, mask] of changes) {
					const index = at % copy.length;
					copy[index] = (copy[index] ?? 0) ^ mask;
				}
				const text = copy.toString('base64');
				if (isTaken(() => certificateHeader(text, 'x5c', key))) taken += 1;
				isTaken(() => readVerificationKeys(text));
			}),
			{ numRuns: 2000 },
		);
		expect(taken).toBeGreaterThan(0);
	});

	it('is refused with a reason when its public key cannot be read, and belongs to no key', () => {
		const der = derOf(certificate(ec));
		const curve = der.indexOf(Buffer.from('2a8648ce3d030107', 'hex'));
		der[curve + 7] = 0x50;
		const pasted = `-----BEGIN CERTIFICATE-----\n${der.toString('base64')}\n-----END CERTIFICATE-----`;
		const error = expectCode('CERTIFICATE_MALFORMED', () => readVerificationKeys(pasted));
		expect(error.message).toContain('public key in the certificate cannot be read');
		expectCode('CERTIFICATE_MISMATCH', () => certificateHeader(pasted, 'x5c', ec));
		expect(error.hint).toMatch(/Paste it again; .* a kind Node\.js does not know/);
	});
});
