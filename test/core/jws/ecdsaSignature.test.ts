import { generateKeyPairSync, sign, verify } from 'node:crypto';
import fc from 'fast-check';
import { concatenatedSignature, ECDSA_SIGNATURE_BYTES } from '../../../core/jws/ecdsaSignature';

/** An INTEGER in DER (X.690 §8.3) of a number with this many bytes. */
function integer(bytes: Uint8Array): Buffer {
	const significant = Buffer.from(bytes.subarray(bytes.findIndex((byte) => byte !== 0)));
	const isNegative = (significant[0] ?? 0) >= 0x80;
	const content = isNegative ? Buffer.concat([Buffer.from([0]), significant]) : significant;
	return Buffer.concat([Buffer.from([2, content.length]), content]);
}

function sequence(...elements: Buffer[]): Buffer {
	const content = Buffer.concat(elements);
	const length = content.length < 0x80 ? [content.length] : [0x81, content.length];
	return Buffer.concat([Buffer.from([0x30, ...length]), content]);
}

describe('an ECDSA signature in DER', () => {
	it.each(Object.entries(ECDSA_SIGNATURE_BYTES))(
		'becomes R and S side by side, whatever zeros they begin with, %s',
		(_, bytes) => {
			const half = bytes / 2;
			const positive = fc.uint8Array({ minLength: half, maxLength: half }).chain((number) =>
				fc.nat(half - 1).map((zeros) => {
					const cut = number.slice().fill(0, 0, zeros);
					cut[half - 1] = (cut[half - 1] ?? 0) | 1;
					return cut;
				}),
			);
			fc.assert(
				fc.property(positive, positive, (r, s) => {
					const der = sequence(integer(r), integer(s));
					expect(concatenatedSignature(der, bytes)).toEqual(Buffer.concat([r, s]));
				}),
			);
		},
	);

	it.each([
		['P-256', 'sha256'],
		['secp256k1', 'sha256'],
		['P-384', 'sha384'],
		['P-521', 'sha512'],
	])('verifies as IEEE P1363, %s', (namedCurve, hash) => {
		const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve });
		const input = Buffer.from('header.payload');
		for (let round = 0; round < 50; round += 1) {
			const der = sign(hash, input, privateKey);
			const signature = concatenatedSignature(der, ECDSA_SIGNATURE_BYTES[namedCurve] ?? 0);
			const key = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const;
			expect(verify(hash, input, key, signature)).toBe(true);
		}
	});
});
