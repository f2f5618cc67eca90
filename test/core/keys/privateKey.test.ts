import { generateKeyPairSync } from 'node:crypto';
import { findAlgorithm } from '../../../core/keys/algorithms';
import { decodePemBody, findPemBlocks } from '../../../core/keys/pem';
import { importDer, importPem } from '../../../core/keys/privateKey';
import { expectCode } from '../support/expectCode';
import {
	certificate,
	ec,
	FAMILIES,
	openssl,
	PASSPHRASE,
	pem,
	pemFormats,
	publicPem,
	rsa,
} from '../support/keyFixtures';

const RS256 = findAlgorithm('RS256');
const importText = (text: string, passphrase = PASSPHRASE) =>
	importPem(findPemBlocks(text), passphrase, RS256);

describe('importPem', () => {
	const formats = Object.values(FAMILIES).flatMap((family) =>
		Object.entries(pemFormats(family)).map(
			([format, text]) => [family.algorithm, format, text, family.privateKey] as const,
		),
	);

	it.each(formats)('%s: %s', (_algorithm, _format, text, privateKey) => {
		expect(importText(text).equals(privateKey)).toBe(true);
	});

	it('reads a legacy key whose line breaks are lost', () => {
		const legacy = pem(rsa, 'pkcs1', 'aes-128-cbc').replace(/\n/g, ' ');
		expect(importText(legacy).equals(rsa)).toBe(true);
	});

	it.each(['aes-256-cfb', 'aes-128-ofb', 'aes-256-ctr', 'des-ede3-cfb'])(
		'reads a legacy key of a cipher that leaves the length as it is: %s',
		(cipher) => {
			const [pkcs1, sec1] = [pem(rsa, 'pkcs1', cipher), pem(ec, 'sec1', cipher)];
			expect(pkcs1).toContain(`DEK-Info: ${cipher.toUpperCase()},`);
			expect(importText(pkcs1).equals(rsa)).toBe(true);
			expect(importText(sec1).equals(ec)).toBe(true);
		},
	);

	it('reads a legacy key whose header lines are in lower case', () => {
		const legacy = pem(rsa, 'pkcs1', 'aes-128-cbc');
		const lower = legacy.replace(/Proc-Type.*\nDEK-Info.*/, (lines) => lines.toLowerCase());
		expect(lower).toContain('dek-info: aes-128-cbc,');
		expect(importText(lower).equals(rsa)).toBe(true);
		expectCode('KEY_TRUNCATED', () => importText(lower.replace(/\n.*\n(-----END)/, '\nAAAA\n$1')));
	});

	it('takes as much for the initialisation vector as the cipher has, where line breaks are lost', () => {
		// The key goes on with characters that are hexadecimal digits, too.
		const body = `0123456789abcdef${Buffer.alloc(28, 1).toString('base64')}`;
		const runOn = `-----BEGIN RSA PRIVATE KEY-----Proc-Type: 4,ENCRYPTEDDEK-Info: DES-EDE3-CBC,FEDCBA9876543210${body}-----END RSA PRIVATE KEY-----`;
		const { message } = expectCode('KEY_PASSPHRASE', () => importText(runOn));
		expect(message).toContain('does not open');
	});

	const parameters =
		'-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n';
	const revocations = '-----BEGIN X509 CRL-----\nMAA=\n-----END X509 CRL-----\n';
	const openssh = '-----BEGIN OPENSSH PRIVATE KEY-----\n<key>\n-----END OPENSSH PRIVATE KEY-----\n';
	const headed = (header: string): string => pem(rsa, 'pkcs1').replace('\n', `\n${header}\n\n`);

	it.each([
		['KEY_PASSPHRASE', pem(rsa, 'pkcs8', 'aes-256-cbc'), '', 'no passphrase'],
		['KEY_PASSPHRASE', pem(rsa, 'pkcs8', 'aes-256-cbc'), 'wrong', 'does not open'],
		['KEY_PASSPHRASE', pem(rsa, 'pkcs1', 'aes-128-cbc'), '', 'no passphrase'],
		['KEY_AMBIGUOUS', pem(rsa, 'pkcs8') + pem(ec, 'pkcs8'), '', '2 private keys'],
		['KEY_IS_PUBLIC', publicPem(rsa), '', 'A public key'],
		['KEY_TRUNCATED', parameters, '', 'EC PARAMETERS'],
		['KEY_IS_CERTIFICATE', parameters + certificate(ec), '', 'A certificate'],
		['KEY_MALFORMED', revocations, '', 'A PEM block that is not a private key'],
		['KEY_IS_PUBLIC', revocations + publicPem(ec), '', 'A public key'],
		['KEY_MALFORMED', openssh, '', 'The text of the OpenSSH key is not Base64'],
		['KEY_MALFORMED', headed('Proc-Type: 4,ENCRYPTED'), PASSPHRASE, 'header lines'],
		['KEY_MALFORMED', headed('DEK-Info: AES-128-CBC,00'), PASSPHRASE, 'header lines'],
		[
			'KEY_TRUNCATED',
			pem(rsa, 'pkcs1', 'aes-128-cbc').replace('\n-----END', '*\n-----END'),
			PASSPHRASE,
			'cut off or damaged',
		],
		[
			'KEY_MALFORMED',
			pem(rsa, 'pkcs1', 'aes-128-cbc').replace('DEK-Info: AES-128-CBC,', 'DEK-Info: '),
			PASSPHRASE,
			'header lines',
		],
		[
			'KEY_TRUNCATED',
			pem(rsa, 'pkcs1', 'aes-128-cbc').replace(/\n.*\n(-----END)/, '\nAAAA\n$1'),
			PASSPHRASE,
			'cut off',
		],
	] as const)('%s (%#)', (code, text, passphrase, words) => {
		expect(expectCode(code, () => importText(text, passphrase)).message).toContain(words);
	});

	it('says that a key may be damaged where the passphrase is right', () => {
		const { hint } = expectCode('KEY_PASSPHRASE', () =>
			importText(pem(rsa, 'pkcs8', 'aes-256-cbc'), 'wrong'),
		);
		expect(hint).toContain('Check Key Passphrase. If it is right, the key is damaged');
	});

	const secret = `pass:${PASSPHRASE}`;
	const old = ['-provider', 'default', '-provider', 'legacy', '-in', 'key.pem', '-passout', secret];

	it.each([
		['legacy PEM', openssl(rsa, 'rsa', ...old, '-traditional', '-des')],
		['PKCS#8', openssl(rsa, 'pkcs8', ...old, '-topk8', '-v1', 'PBE-MD5-DES')],
	])('names the command that makes a readable key of one with an old cipher: %s', (_name, des) => {
		const { message, hint } = expectCode('KEY_ENCRYPTED_UNSUPPORTED', () => importText(des));
		expect(message).toContain('a cipher that Node.js no longer has');
		const [, command = ''] = hint.split('Convert it with: openssl ');
		const converted = openssl(
			{ 'old.pem': des },
			...command.replace(' -out new.pem', '').split(' '),
			...['-passin', secret, '-passout', secret],
		);
		expect(importText(converted).equals(rsa)).toBe(true);
	});
});

describe('importDer', () => {
	const generated = (...options: string[]): Buffer =>
		decodePemBody(findPemBlocks(openssl({}, 'genpkey', ...options))[0]?.body ?? '');
	/** The algorithm identifier of the key is said to be another one. */
	const renamed = (from: string, to: string): Buffer => {
		const hex = rsa.export({ format: 'der', type: 'pkcs8' }).toString('hex');
		expect(hex).toContain(from);
		return Buffer.from(hex.replace(from, to), 'hex');
	};
	const dsa = generateKeyPairSync('dsa', { modulusLength: 2048, divisorLength: 224 });

	it.each([
		['Diffie-Hellman', generated('-algorithm', 'DH', '-pkeyopt', 'group:ffdhe2048')],
		['Diffie-Hellman', generated('-algorithm', 'DHX', '-pkeyopt', 'group:dh_2048_256')],
		['id-RSAES-OAEP', renamed('2a864886f70d010101', '2a864886f70d010107')],
		['DSA', dsa.privateKey.export({ format: 'der', type: 'pkcs8' })],
	])('refuses a key of %s, which cannot sign a JWT', (words, der) => {
		const { message } = expectCode('KEY_UNSUPPORTED', () => importDer(der, '', RS256));
		expect(message).toContain(words);
	});

	it('refuses bytes that are no private key', () => {
		const der = rsa.export({ format: 'der', type: 'pkcs8' });
		der.fill(0xff, 60);
		for (const bytes of [der, Buffer.from('text')]) {
			const { message } = expectCode('KEY_MALFORMED', () => importDer(bytes, '', RS256));
			expect(message).toContain('is not a private key');
		}
	});
});
