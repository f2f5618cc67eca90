import { createSecretKey } from 'node:crypto';
import { signHmac, verifyHmac } from '../../../core/jws/hmac';

// RFC 4231 §4.3, test case 2.
const key = createSecretKey(Buffer.from('Jefe'));
const data = 'what do ya want for nothing?';

it.each([
	['sha256', '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843'],
	[
		'sha384',
		'af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649',
	],
	[
		'sha512',
		'164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737',
	],
])('makes the value of RFC 4231 with %s', (hash, hex) => {
	expect(signHmac(data, key, hash)).toBe(Buffer.from(hex, 'hex').toString('base64url'));
	expect(verifyHmac(data, Buffer.from(hex, 'hex'), key, hash)).toBe(true);
});

it('does not verify a value that is cut off, longer, empty or of another text', () => {
	const signature = Buffer.from(signHmac(data, key, 'sha256'), 'base64url');
	for (const wrong of [signature.subarray(0, 31), Buffer.concat([signature, signature])]) {
		expect(verifyHmac(data, wrong, key, 'sha256')).toBe(false);
	}
	expect(verifyHmac(data, Buffer.alloc(0), key, 'sha256')).toBe(false);
	expect(verifyHmac(`${data}!`, signature, key, 'sha256')).toBe(false);
});
