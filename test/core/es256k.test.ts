import { createPublicKey, sign } from 'node:crypto';
import { signEs256k, verifyEs256k } from '../../core/es256k';
import { ec, FAMILIES } from './support/keyFixtures';

const key = FAMILIES['EC secp256k1']?.privateKey ?? ec;
const input = Buffer.from('eyJhbGciOiJFUzI1NksifQ.e30');

describe('ES256K', () => {
	it('signs R and S that verify with the public key', () => {
		for (let count = 0; count < 50; count += 1) {
			const signature = signEs256k(input, key);
			expect(signature).toHaveLength(64);
			expect(verifyEs256k(input, signature, createPublicKey(key))).toBe(true);
		}
	});

	it('does not verify another input, another signature, another encoding or another curve', () => {
		const signature = signEs256k(input, key);
		expect(verifyEs256k(Buffer.from('other'), signature, key)).toBe(false);
		const changed = Buffer.from(signature);
		changed[5] = (changed[5] ?? 0) ^ 1;
		expect(verifyEs256k(input, changed, key)).toBe(false);
		expect(verifyEs256k(input, sign('sha256', input, key), key)).toBe(false);
		expect(verifyEs256k(input, Buffer.alloc(64), key)).toBe(false);
		const p256 = sign('sha256', input, { key: ec, dsaEncoding: 'ieee-p1363' });
		expect(verifyEs256k(input, p256, ec)).toBe(false);
	});
});
