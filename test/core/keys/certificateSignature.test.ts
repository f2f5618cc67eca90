import { createSecretKey, generateKeyPairSync } from 'node:crypto';
import { certificateSigner } from '../../../core/keys/certificateSignature';
import { derChildren, oidHex, readDer } from '../../../core/keys/der';
import { expectCode } from '../support/expectCode';

// That openssl accepts what is signed, for every kind of key, is shown in selfSigned.test.ts.
it('puts what was signed first, then how, then the signature', () => {
	const { privateKey, publicKey } = generateKeyPairSync('ed25519');
	const signer = certificateSigner(privateKey);
	const content = Buffer.from('020101', 'hex');
	const [first, identifier, signature] = derChildren(readDer(signer.signed(content)));
	expect(first?.whole.equals(content)).toBe(true);
	expect(identifier?.whole.equals(signer.identifier)).toBe(true);
	expect(oidHex(derChildren(identifier)[0])).toBe('2b6570');
	expect(signature?.content.length).toBe(65);
	expect(signer.publicKey.equals(publicKey.export({ format: 'der', type: 'spki' }))).toBe(true);
});

it('no shared secret signs a certificate', async () => {
	const secret = createSecretKey(Buffer.alloc(32, 1));
	expectCode('KEY_WRONG_TYPE', () => certificateSigner(secret));
});
