import { constants, createHmac, sign, verify } from 'node:crypto';
import { importSigningKey } from '../../../core/keys/importSigningKey';
import type { SigningKey } from '../../../core/keys/types';
import { publicJwk, publicKeyOf } from '../../../core/keys/publicKey';
import { signPayload, signToken } from '../../../core/jws/sign';
import { RFC_VECTORS, type RfcVector } from '../../fixtures/rfcVectors';

/** Those whose algorithm gives one signature only. */
const DETERMINISTIC = RFC_VECTORS.filter(({ algorithm }) => /^(HS|RS|EdDSA)/.test(algorithm));

/** Without A.1, whose header has a line break, which no serialised object has. */
const SERIALISED = DETERMINISTIC.filter(({ source }) => source !== 'RFC 7515 A.1');

const importKey = ({ algorithm, jwk }: RfcVector): SigningKey =>
	importSigningKey({ algorithm, key: JSON.stringify(jwk) });

const tokenOf = ({ header, payload, signature }: RfcVector): string =>
	`${header}.${payload}.${signature}`;

const decode = (part: string): string => Buffer.from(part, 'base64url').toString();

/** RFC 7518 §3 and RFC 8037 §3.1, by the name of the algorithm and not by our table of them. */
const hashOf = (algorithm: string): string | undefined =>
	algorithm === 'EdDSA' ? undefined : `sha${algorithm.slice(2)}`;

function verifies(token: string, { algorithm }: RfcVector, { key }: SigningKey): boolean {
	const [header = '', payload = '', signature = ''] = token.split('.');
	const input = Buffer.from(`${header}.${payload}`);
	const bytes = Buffer.from(signature, 'base64url');
	const hash = hashOf(algorithm);
	if (algorithm.startsWith('HS')) {
		return createHmac(String(hash), key).update(input).digest().equals(bytes);
	}
	const options = {
		key: publicKeyOf(key),
		...(algorithm.startsWith('ES') && { dsaEncoding: 'ieee-p1363' as const }),
		...(algorithm.startsWith('PS') && {
			padding: constants.RSA_PKCS1_PSS_PADDING,
			saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
		}),
	};
	return verify(hash, input, options, bytes);
}

/** The token with the last byte changed of its header, of its payload and of its signature. */
function changed(token: string): string[] {
	const parts = token.split('.').map((part) => Buffer.from(part, 'base64url'));
	return parts.map((_, index) =>
		parts
			.map((part, position) => {
				if (position !== index) return part;
				return Buffer.concat([
					part.subarray(0, -1),
					Buffer.from([part.readUInt8(part.length - 1) ^ 1]),
				]);
			})
			.map((part) => part.toString('base64url'))
			.join('.'),
	);
}

describe.each(RFC_VECTORS)('the key of $source, $algorithm', (vector) => {
	it('is imported from its JWK', () => {
		const { algorithm, key, keyId } = importKey(vector);
		expect(algorithm.name).toBe(vector.algorithm);
		const header: { kid?: string } = JSON.parse(decode(vector.header));
		expect(keyId).toBe(header.kid);
		const { kty, k, crv, x, y, n, e } = vector.jwk;
		if (kty === 'oct') expect(key.export().toString('base64url')).toBe(k);
		else expect(publicJwk(key)).toEqual({ kty, crv, x, y, n, e });
	});

	it("verifies the RFC's token, and not once a byte is changed", () => {
		const key = importKey(vector);
		expect(verifies(tokenOf(vector), vector, key)).toBe(true);
		for (const token of changed(tokenOf(vector))) {
			expect(verifies(token, vector, key)).toBe(false);
		}
	});

	it('signs a token that verifies, and not once a byte is changed', async () => {
		const key = importKey(vector);
		const header = { alg: vector.algorithm, typ: 'JWT' };
		const claims = { iss: 'joe', exp: 1300819380, 'http://example.com/is_root': true };
		const signed = await signToken(header, claims, key);
		expect(signed.split('.').slice(0, 2).map(decode)).toEqual(
			[header, claims].map((part) => JSON.stringify(part)),
		);
		expect(verifies(signed, vector, key)).toBe(true);
		for (const token of changed(signed)) expect(verifies(token, vector, key)).toBe(false);
	});
});

// OpenSSL signs around one wrong member of an RSA key, so the signatures do not show it.
it.each(RFC_VECTORS.filter(({ jwk }) => jwk.kty === 'RSA'))(
	'the RSA members of $source, $algorithm, belong together',
	({ jwk }) => {
		const number = (member: string): bigint =>
			BigInt(`0x${Buffer.from(jwk[member] ?? '', 'base64url').toString('hex')}`);
		const [p, q, d, qi] = [number('p'), number('q'), number('d'), number('qi')];
		expect(p * q).toBe(number('n'));
		expect((number('e') * d) % ((p - 1n) * (q - 1n))).toBe(1n);
		expect(d % (p - 1n)).toBe(number('dp'));
		expect(d % (q - 1n)).toBe(number('dq'));
		expect((qi * q) % p).toBe(1n);
	},
);

describe('deterministic signatures', () => {
	it.each(DETERMINISTIC)('reproduce that of $source, $algorithm', (vector) => {
		const { key } = importKey(vector);
		const input = Buffer.from(`${vector.header}.${vector.payload}`);
		const hash = hashOf(vector.algorithm);
		const signature =
			key.type === 'secret'
				? createHmac(String(hash), key).update(input).digest()
				: sign(hash, input, key);
		expect(signature.toString('base64url')).toBe(vector.signature);
	});

	it.each(SERIALISED)('make the whole token of $source, $algorithm', async (vector) => {
		const header = JSON.parse(decode(vector.header)) as Record<string, unknown>;
		const payload = Buffer.from(vector.payload, 'base64url');
		const token = await signPayload(header, payload, importKey(vector));
		expect(token).toBe(tokenOf(vector));
	});
});
