import { ALGORITHMS, findAlgorithm } from '../../../core/keys/algorithms';
import {
	foreignBytes,
	foreignDer,
	foreignKeyError,
	foreignPemLabel,
	foreignText,
	keyName,
	secretAdvice,
	wantedKey,
	wrongKeyError,
} from '../../../core/keys/wrongKey';

it.each([
	['HS512', 'a shared secret'],
	['PS256', 'an RSA private key'],
	['ES256', 'an EC private key on P-256'],
	['EdDSA', 'an Ed25519 private key'],
	['ML-DSA-65', 'an ML-DSA-65 private key'],
])('says which key %s wants: %s', (name, key) => {
	expect(wantedKey(findAlgorithm(name))).toBe(`${name} wants ${key}`);
});

it('says for every algorithm which key it wants', () => {
	for (const algorithm of ALGORITHMS) expect(wantedKey(algorithm)).toMatch(/wants an? \S+/);
});

it.each([
	['RS256', 'HS256'],
	['ES384', 'HS384'],
	['ES512', 'HS512'],
	['EdDSA', 'HS256'],
	['ML-DSA-87', 'HS256'],
])('advises whoever pasted a secret for %s to choose %s', (name, advised) => {
	expect(secretAdvice(findAlgorithm(name))).toBe(
		`If this is a shared secret, choose ${advised} as Algorithm and paste it into Secret.`,
	);
});

it('has the hint of its code where none is given', () => {
	const error = wrongKeyError('KEY_IS_CSR', 'A request', 'a key is expected');
	expect(error.message).toBe('A request was found where a key is expected.');
	expect(error.hint).toMatch(/^Paste the private key the certificate signing request/);
	expect(wrongKeyError('KEY_IS_CSR', '', '', 'Do this.').hint).toBe('Do this.');
});

it('names what was found, with a hint of its own where there is one', () => {
	const RS256 = findAlgorithm('RS256');
	expect(foreignKeyError('certificate', RS256)).toMatchObject({
		code: 'KEY_IS_CERTIFICATE',
		message: 'A certificate was found where RS256 wants an RSA private key.',
	});
	expect(foreignKeyError('javaKeyStore', RS256).hint).toContain('keytool');
	expect(keyName('dsa')).toBe('A DSA key');
	expect(keyName(undefined)).toBe('A private key');
});

it.each([
	['PRIVATEKEY', undefined],
	['ENCRYPTEDPRIVATEKEY', undefined],
	['RSAPRIVATEKEY', undefined],
	['ECPRIVATEKEY', undefined],
	['OPENSSHPRIVATEKEY', 'openssh'],
	['SSH2ENCRYPTEDPRIVATEKEY', 'ssh2'],
	['DSAPRIVATEKEY', 'dsa'],
	['PGPPRIVATEKEYBLOCK', 'pgp'],
	['ECPARAMETERS', 'ecParameters'],
	['CERTIFICATE', 'certificate'],
	['TRUSTEDCERTIFICATE', 'certificate'],
	['NEWCERTIFICATEREQUEST', 'csr'],
	['PKCS7', 'pkcs7'],
	['CMS', 'pkcs7'],
	['RSAPUBLICKEY', 'publicKey'],
	['X509CRL', 'unknownBlock'],
	['', 'unknownBlock'],
])('a PEM block %j is %j', (label, found) => {
	expect(foreignPemLabel(label)).toBe(found);
});

it('tells private DER from the rest', () => {
	expect(foreignDer('pkcs8')).toBeUndefined();
	expect(foreignDer('certificate')).toBe('certificate');
});

it.each([
	['openssh', Buffer.from('openssh-key-v1\0...')],
	['sshPublicKey', Buffer.from('000000077373682d727361', 'hex')],
	['sshPublicKey', Buffer.from('0000001365636473', 'hex')],
	[undefined, Buffer.from('ff000000077373682d727361', 'hex')],
	[undefined, Buffer.from('openssh-key-v2\0...')],
	['javaKeyStore', Buffer.from('feedfeed00000002', 'hex')],
	[undefined, Buffer.from('3082', 'hex')],
	[undefined, Buffer.alloc(0)],
])('bytes are %j (%#)', (found, bytes) => {
	expect(foreignBytes(bytes)).toBe(found);
});

it.each([
	['PuTTY-User-Key-File-3: ssh-rsa', 'putty'],
	['about PuTTY-User-Key-File-3', undefined],
	['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 me', 'sshPublicKey'],
	['ssh-rsa  \t AAAAB3NzaC1yc2E', 'sshPublicKey'],
	['ecdsa-sha2-nistp256 AAAAE2VjZHNh', 'sshPublicKey'],
	['sk-ssh-ed25519@openssh.com AAAAGnNrLXNz', 'sshPublicKey'],
	['sk-ecdsa-sha2-nistp256@openssh.com AAAAInNr', 'sshPublicKey'],
	['my ssh-rsa AAAAB3NzaC1yc2E', undefined],
	['ssh-rsa is what I use', undefined],
	['eyJhbGciOiJub25lIn0.e30.', 'token'],
	['eyJhbGciOiJIUzI1NiJ9.e30.c2ln_nature-', 'token'],
	['eyJhbGciOiJkaXIifQ..aW5pdA.Y2lwaGVy_-.dGFn', 'token'],
	['Bearer eyJhbGciOiJub25lIn0.e30.x', 'token'],
	['Bearer   eyJhbGciOiJub25lIn0.e30.x', 'token'],
	['a eyJhbGciOiJub25lIn0.e30.x', undefined],
	['eyJhbGciOiJub25lIn0.e30.x, and more', undefined],
	['eyJhbGciOiJub25lIn0.e30', undefined],
	['https://example.com/key.pem', 'url'],
	['HTTP://example.com/jwks', 'url'],
	['see https://example.com/jwks', undefined],
	['https://example.com/jwks has it', undefined],
	['/etc/ssl/key.pem', 'path'],
	['C:\\keys\\my.p12', 'path'],
	['C:\\keys\\mine', 'path'],
	['~/key', 'path'],
	['./key', 'path'],
	['../key', 'path'],
	['my key.pem', 'path'],
	['keys/private.pem', 'path'],
	['keys\\private.pem', 'path'],
	['keys/private', undefined],
	['keys/pa$$word.pem', undefined],
	['a secret', undefined],
	['pa$$word.key', undefined],
	['secret/with/slashes', undefined],
	['/c2VjcmV0/d2l0aCBzbGFzaGVz', undefined],
	['secret~/with', undefined],
	['a\nkey.pem', undefined],
	['/etc/ssl\n/key.pem', undefined],
	[`${'a'.repeat(1020)}.pem`, 'path'],
	[`${'a'.repeat(1021)}.pem`, undefined],
])('%j is %j', (text, found) => {
	expect(foreignText(text)).toBe(found);
});
