import { generateKeyPairSync } from 'node:crypto';
import { signEs256k, verifyEs256k } from '../../../core/jws/es256k';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'secp256k1' });
const input = Buffer.from('header.payload');

it('signs with R and S side by side, RFC 8812 §3.2', () => {
	const signature = signEs256k(input, privateKey);
	expect(signature.length).toBe(64);
	expect(verifyEs256k(input, signature, publicKey)).toBe(true);
	expect(verifyEs256k(Buffer.from('header.other'), signature, publicKey)).toBe(false);
});

it.each([0, 1, 63, 65, 72, 128])('does not verify a signature of %i bytes', (bytes) => {
	expect(verifyEs256k(input, Buffer.alloc(bytes, 1), publicKey)).toBe(false);
});

it('does not verify zeros, nor with the key of another', () => {
	expect(verifyEs256k(input, Buffer.alloc(64), publicKey)).toBe(false);
	const other = generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).privateKey;
	expect(verifyEs256k(input, signEs256k(input, other), publicKey)).toBe(false);
});
