import { checkKeyEncryption } from '../../../core/keys/encryptedPkcs8';
import { expectCode } from '../support/expectCode';
import { ec, openssl } from '../support/keyFixtures';

function encrypted(...options: string[]): Buffer {
	const args = ['pkcs8', '-topk8', '-in', 'key.pem', '-outform', 'DER', '-passout', 'pass:x'];
	const text = openssl(
		ec,
		...args.filter((arg) => arg !== '-outform' && arg !== 'DER'),
		...options,
	);
	return Buffer.from(text.replace(/-----.*-----/g, ''), 'base64');
}

/** The key with some bytes of its parameters replaced. */
function patched(der: Buffer, from: string, to: string): Buffer {
	const hex = der.toString('hex');
	expect(hex).toContain(from);
	return Buffer.from(hex.replace(from, to), 'hex');
}

const pbkdf2 = encrypted('-iter', '70000');
const scrypt = encrypted('-scrypt');

it('lets PBKDF2 and scrypt through as openssl writes them', () => {
	for (const der of [pbkdf2, scrypt]) expect(() => checkKeyEncryption(der)).not.toThrow();
});

it('accepts 5,000,000 iterations and refuses one more, before any is done', () => {
	expect(() => checkKeyEncryption(patched(pbkdf2, '0203011170', '02034c4b40'))).not.toThrow();
	const { message } = expectCode('KEY_ENCRYPTED_UNSUPPORTED', () =>
		checkKeyEncryption(patched(pbkdf2, '0203011170', '02034c4b41')),
	);
	expect(message).toContain('5,000,000');
});

it('refuses iterations that cannot be read', () => {
	const other = patched(pbkdf2, '0203011170', '0403011170');
	expectCode('KEY_ENCRYPTED_UNSUPPORTED', () => checkKeyEncryption(other));
});

// openssl's own scrypt parameters: N 16,384, r 8, p 1.
it.each([
	['more work than 2^21', '02024000020108020101', '0202400002010802017f', 'more than 32 MB'],
	['more memory than 32 MB', '02024000020108020101', '0202400002017f020101', 'more than 32 MB'],
	['an N of zero', '02024000020108020101', '02020000020108020101', 'cannot be read'],
])('refuses scrypt with %s', (_name, from, to, words) => {
	const { message } = expectCode('KEY_ENCRYPTED_UNSUPPORTED', () =>
		checkKeyEncryption(patched(scrypt, from, to)),
	);
	expect(message).toContain(words);
});

it('refuses a derivation it does not know', () => {
	const other = patched(pbkdf2, '2a864886f70d01050c', '2a864886f70d01050f');
	const { message } = expectCode('KEY_ENCRYPTED_UNSUPPORTED', () => checkKeyEncryption(other));
	expect(message).toContain('neither PBKDF2 nor scrypt');
});
