import { checkKeyEncryption } from '../../../core/keys/encryptedPkcs8';
import { expectCode } from '../support/expectCode';
import { ec, openssl } from '../support/keyFixtures';

function encrypted(...options: string[]): Buffer {
	const args = ['pkcs8', '-topk8', '-in', 'key.pem', '-passout', 'pass:x'];
	const text = openssl(ec, ...args, ...options);
	return Buffer.from(text.replace(/-----.*-----/g, ''), 'base64');
}

/** The key with some bytes of its parameters replaced. */
function patched(der: Buffer, from: string, to: string): Buffer {
	const hex = der.toString('hex');
	expect(hex).toContain(from);
	return Buffer.from(hex.replace(from, to), 'hex');
}

const pbkdf2 = encrypted('-iter', '70000');
const pkcs12 = encrypted('-v1', 'PBE-SHA1-3DES', '-iter', '70000');
const scrypt = encrypted('-scrypt');

it('lets PBKDF2, scrypt and PKCS#12 through as openssl writes them', () => {
	for (const der of [pbkdf2, pkcs12, scrypt]) expect(() => checkKeyEncryption(der)).not.toThrow();
});

describe.each([
	['PBKDF2', pbkdf2],
	['PKCS#12', pkcs12],
])('the iterations of %s', (_name, der) => {
	it('may be 5,000,000 and not one more, before any is done', () => {
		expect(() => checkKeyEncryption(patched(der, '0203011170', '02034c4b40'))).not.toThrow();
		const { message } = expectCode('KEY_ENCRYPTED_UNSUPPORTED', () =>
			checkKeyEncryption(patched(der, '0203011170', '02034c4b41')),
		);
		expect(message).toContain('5,000,000');
	});

	it('have to be a number', () => {
		const other = patched(der, '0203011170', '0403011170');
		const { message } = expectCode('KEY_ENCRYPTED_UNSUPPORTED', () => checkKeyEncryption(other));
		expect(message).toBe('The private key is encrypted in a way that cannot be read.');
	});
});

// openssl's own scrypt parameters: N 16,384, r 8, p 1.
const OWN = '02024000020108020101';

it.each([
	['work of 2^21', '02024000020108020110'],
	['memory of 32 MB', '02023fff020110020101'],
])('takes scrypt with %s', (_name, parameters) => {
	expect(() => checkKeyEncryption(patched(scrypt, OWN, parameters))).not.toThrow();
});

it.each([
	['more work than 2^21', '02024000020108020111', 'more than 32 MB'],
	['more memory than 32 MB', '02024000020110020101', 'more than 32 MB'],
	['an N of zero', '02020000020108020101', 'cannot be read'],
	['an r of zero', '02024000020100020101', 'cannot be read'],
	['a p of zero', '02024000020108020100', 'cannot be read'],
])('refuses scrypt with %s', (_name, parameters, words) => {
	const { message } = expectCode('KEY_ENCRYPTED_UNSUPPORTED', () =>
		checkKeyEncryption(patched(scrypt, OWN, parameters)),
	);
	expect(message).toContain(words);
});

it('refuses a derivation it does not know', () => {
	const other = patched(pbkdf2, '2a864886f70d01050c', '2a864886f70d01050f');
	const { message } = expectCode('KEY_ENCRYPTED_UNSUPPORTED', () => checkKeyEncryption(other));
	expect(message).toContain('neither PBKDF2 nor scrypt');
});
