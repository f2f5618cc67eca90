import { createHash, createSecretKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import fc from 'fast-check';
import { certificateHeader } from '../../../core/keys/certificate';
import { JwtAuthError } from '../../../core/errors';
import { readVerificationKeys } from '../../../core/keys/readVerificationKeys';
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
			Buffer.from(rsaCertificate).toString('base64'),
			pem(rsa, 'pkcs8') + rsaCertificate,
		]) {
			expect(certificateHeader(text, 'x5c', rsa)).toEqual(expected);
		}
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

	it.each([
		['another key', rsaCertificate, ec, 'CERTIFICATE_MISMATCH', /another private key/],
		[
			'a chain of others',
			rsaCertificate + certificate(ed25519),
			ec,
			'CERTIFICATE_MISMATCH',
			/None of the 2/,
		],
		[
			'a secret',
			rsaCertificate,
			createSecretKey(Buffer.alloc(32)),
			'CERTIFICATE_MISMATCH',
			/shared secret/,
		],
		['nothing', ' ', rsa, 'CERTIFICATE_MALFORMED', /No certificate/],
		[
			'a thumbprint',
			createHash('sha1').update('x').digest('hex'),
			rsa,
			'CERTIFICATE_MALFORMED',
			/thumbprint/,
		],
		[
			'a SHA-256 thumbprint with colons',
			createHash('sha256')
				.update('x')
				.digest('hex')
				.replace(/(..)(?=.)/g, '$1:'),
			rsa,
			'CERTIFICATE_MALFORMED',
			/thumbprint/,
		],
		['a public key', publicPem(rsa), rsa, 'CERTIFICATE_MALFORMED', /no CERTIFICATE block/],
		[
			'a certificate cut off',
			rsaCertificate.split('\n').slice(0, 6).join('\n'),
			rsa,
			'CERTIFICATE_MALFORMED',
			/cut off/,
		],
		[
			'a key called certificate',
			pem(rsa, 'pkcs8').replace(/PRIVATE KEY/g, 'CERTIFICATE'),
			rsa,
			'CERTIFICATE_MALFORMED',
			/not an X.509/,
		],
		['words', 'my certificate!', rsa, 'CERTIFICATE_MALFORMED', /not Base64/],
	] as const)('refuses %s', (_, text, key, code, names) => {
		expect(() => certificateHeader(text, 'x5t', key)).toThrow(
			expect.objectContaining({ code, message: expect.stringMatching(names) }),
		);
	});
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

	it('is refused with a reason when its public key cannot be read', () => {
		const der = derOf(certificate(ec));
		const curve = der.indexOf(Buffer.from('2a8648ce3d030107', 'hex'));
		der[curve + 7] = 0x50;
		const pasted = `-----BEGIN CERTIFICATE-----\n${der.toString('base64')}\n-----END CERTIFICATE-----`;
		expect(() => readVerificationKeys(pasted)).toThrow(
			expect.objectContaining({
				code: 'CERTIFICATE_MALFORMED',
				message: expect.stringMatching(/public key/),
			}),
		);
	});
});
