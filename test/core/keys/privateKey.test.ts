import { generateKeyPairSync } from 'node:crypto';
import { findAlgorithm } from '../../../core/keys/algorithms';
import { decodePemBody, findPemBlocks } from '../../../core/keys/pem';
import { importDer, importPem } from '../../../core/keys/privateKey';
import { expectCode } from '../support/expectCode';
import {
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

	it.each([
		['KEY_PASSPHRASE', pem(rsa, 'pkcs8', 'aes-256-cbc'), '', 'no passphrase'],
		['KEY_PASSPHRASE', pem(rsa, 'pkcs8', 'aes-256-cbc'), 'wrong', 'does not open'],
		['KEY_PASSPHRASE', pem(rsa, 'pkcs1', 'aes-128-cbc'), '', 'no passphrase'],
		['KEY_AMBIGUOUS', pem(rsa, 'pkcs8') + pem(ec, 'pkcs8'), '', '2 private keys'],
		['KEY_IS_PUBLIC', publicPem(rsa), '', 'A public key'],
		[
			'KEY_TRUNCATED',
			'-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----',
			'',
			'EC PARAMETERS',
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
});

describe('importDer', () => {
	const generated = (...options: string[]): Buffer =>
		decodePemBody(findPemBlocks(openssl({}, 'genpkey', ...options))[0]?.body ?? '');
	const dsa = generateKeyPairSync('dsa', { modulusLength: 2048, divisorLength: 224 });

	it.each([
		['Diffie-Hellman', generated('-algorithm', 'DH', '-pkeyopt', 'group:ffdhe2048')],
		['DSA', dsa.privateKey.export({ format: 'der', type: 'pkcs8' })],
	])('refuses a %s key, which cannot sign a JWT', (words, der) => {
		const { message } = expectCode('KEY_UNSUPPORTED', () => importDer(der, '', RS256));
		expect(message).toContain(words);
	});

	it('refuses bytes that are no private key', () => {
		const der = rsa.export({ format: 'der', type: 'pkcs8' });
		der.fill(0xff, 60);
		expectCode('KEY_MALFORMED', () => importDer(der, '', RS256));
		expectCode('KEY_MALFORMED', () => importDer(Buffer.from('text'), '', RS256));
	});
});
