import { ALGORITHMS, findAlgorithm } from '../../../core/keys/algorithms';
import {
	foreignBytes,
	foreignDer,
	foreignKeyError,
	foreignPemLabel,
	foreignText,
	keyName,
	wantedKey,
} from '../../../core/keys/wrongKey';

it('says for every algorithm which key it wants', () => {
	expect(wantedKey(findAlgorithm('ES256'))).toBe('ES256 wants an EC private key on P-256');
	expect(wantedKey(findAlgorithm('HS512'))).toBe('HS512 wants a shared secret');
	for (const algorithm of ALGORITHMS) expect(wantedKey(algorithm)).toMatch(/wants an? \S+/);
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
	['javaKeyStore', Buffer.from('feedfeed00000002', 'hex')],
	[undefined, Buffer.from('3082', 'hex')],
	[undefined, Buffer.alloc(0)],
])('bytes are %j (%#)', (found, bytes) => {
	expect(foreignBytes(bytes)).toBe(found);
});

it.each([
	['PuTTY-User-Key-File-3: ssh-rsa', 'putty'],
	['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 me', 'sshPublicKey'],
	['ecdsa-sha2-nistp256 AAAAE2VjZHNh', 'sshPublicKey'],
	['eyJhbGciOiJub25lIn0.e30.', 'token'],
	['Bearer eyJhbGciOiJub25lIn0.e30.x', 'token'],
	['https://example.com/key.pem', 'url'],
	['/etc/ssl/key.pem', 'path'],
	['C:\\keys\\my.p12', 'path'],
	['~/key', 'path'],
	['my key.pem', 'path'],
	['a secret', undefined],
	['secret/with/slashes', undefined],
	['a\nkey.pem', undefined],
	[`${'a'.repeat(1100)}.pem`, undefined],
])('%j is %j', (text, found) => {
	expect(foreignText(text)).toBe(found);
});
