import {
	createPrivateKey,
	createPublicKey,
	createSecretKey,
	generateKeyPairSync,
	type JsonWebKey,
	type KeyObject,
} from 'node:crypto';
import { findAlgorithm } from '../../../core/keys/algorithms';
import { checkRsaSize, fitKey, fittingAlgorithms } from '../../../core/keys/keyFit';
import { expectCode } from '../support/expectCode';
import { ec, ed25519, FAMILIES, p384, rsa } from '../support/keyFixtures';

const names = (key: KeyObject): string[] => fittingAlgorithms(key).map(({ name }) => name);

/** An id-RSASSA-PSS key with the given restrictions, RFC 4055 §3.1. */
function pssKey(restrictions: object = {}): KeyObject {
	return generateKeyPairSync('rsa-pss', { modulusLength: 2048, ...restrictions }).privateKey;
}

/** An RSA public key of any size, whose modulus has no factors: it is made in no time. */
function rsaOfBits(bits: number): KeyObject {
	const modulus = Buffer.alloc(Math.ceil(bits / 8), 0xff);
	modulus[0] = 0xff >> (8 * modulus.length - bits);
	const n = modulus.toString('base64url');
	return createPublicKey({ key: { kty: 'RSA', n, e: 'AQAB' }, format: 'jwk' });
}

const ONLY_SHA512_PSS = {
	hashAlgorithm: 'sha512',
	mgf1HashAlgorithm: 'sha512',
	saltLength: 64,
};

/** Mask and salt of PS256, so that the hash alone keeps a key from it. */
const SHA256_PSS = { mgf1HashAlgorithm: 'sha256', saltLength: 32 };

describe('fittingAlgorithms', () => {
	it('goes by type and curve', () => {
		expect(names(rsa)).toEqual(['PS256', 'PS384', 'PS512', 'RS256', 'RS384', 'RS512']);
		expect(names(ec)).toEqual(['ES256']);
		expect(names(ed25519)).toEqual(['Ed25519', 'EdDSA']);
		expect(names(generateKeyPairSync('x25519').privateKey)).toEqual([]);
		expect(names(generateKeyPairSync('ed448').privateKey)).toEqual([]);
	});

	it.each([
		['no restriction', {}, ['PS256', 'PS384', 'PS512']],
		['a hash', { hashAlgorithm: 'sha256', mgf1HashAlgorithm: 'sha256', saltLength: 32 }, ['PS256']],
		['another hash than its mask', { hashAlgorithm: 'sha512', ...SHA256_PSS }, []],
		['a mask of another hash', { hashAlgorithm: 'sha256', mgf1HashAlgorithm: 'sha512' }, []],
		[
			'a salt longer than the hash',
			{ hashAlgorithm: 'sha256', mgf1HashAlgorithm: 'sha256', saltLength: 64 },
			[],
		],
	])('of an id-RSASSA-PSS key with %s', (_name, restrictions, expected) => {
		expect(names(pssKey(restrictions))).toEqual(expected);
	});
});

const rsa1024 = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;
const secp224r1 = generateKeyPairSync('ec', { namedCurve: 'secp224r1' }).privateKey;
const dsa = generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 }).privateKey;

describe('fitKey', () => {
	it.each(Object.entries(FAMILIES))('lets %s through', (_name, { algorithm, privateKey }) => {
		expect(fitKey(privateKey, findAlgorithm(algorithm)).equals(privateKey)).toBe(true);
	});

	it.each([
		['KEY_WRONG_TYPE', rsa, 'ES256', /An RSA key .* ES256 wants an EC private key on P-256/],
		['KEY_WRONG_TYPE', ec, 'RS256', /An EC key on P-256/],
		['KEY_WRONG_CURVE', ec, 'ES384', /P-384/],
		['KEY_WRONG_CURVE', secp224r1, 'ES256', /^An EC key on another curve was found/],
		['KEY_UNSUPPORTED', generateKeyPairSync('x25519').privateKey, 'EdDSA', /agrees on keys/],
		['KEY_UNSUPPORTED', generateKeyPairSync('ed448').privateKey, 'EdDSA', /Ed448 key(?!, which)/],
		['KEY_WRONG_TYPE', pssKey(), 'RS256', /RSA-PSS/],
		['KEY_UNSUPPORTED', dsa, 'ES256', /^A key of a kind no JWT algorithm uses was found/],
		['KEY_TOO_SHORT', rsa1024, 'PS256', /1024 bits was found; PS256 wants 2048/],
		['KEY_WRONG_TYPE', createSecretKey(Buffer.alloc(32)), 'RS256', /A shared secret/],
	] as const)('%s (%#)', (code, key, algorithm, message) => {
		expect(expectCode(code, () => fitKey(key, findAlgorithm(algorithm))).message).toMatch(message);
	});

	it.each([
		['the usual one of RSA', rsa, 'ES256', 'KEY_WRONG_TYPE', 'RS256'],
		['the usual one of Ed25519', ed25519, 'ES256', 'KEY_WRONG_TYPE', 'EdDSA'],
		['the only one of P-384', p384, 'RS256', 'KEY_WRONG_TYPE', 'ES384'],
		['that of the curve', ec, 'ES384', 'KEY_WRONG_CURVE', 'ES256'],
		['one that an RSA-PSS key allows', pssKey(ONLY_SHA512_PSS), 'RS256', 'KEY_WRONG_TYPE', 'PS512'],
		[
			'one of its kind for an RSA-PSS key that allows none',
			pssKey({ hashAlgorithm: 'sha256', mgf1HashAlgorithm: 'sha512' }),
			'RS256',
			'KEY_WRONG_TYPE',
			'PS256',
		],
	] as const)('names one algorithm to choose: %s', (_which, key, algorithm, code, advised) => {
		expect(expectCode(code, () => fitKey(key, findAlgorithm(algorithm))).hint).toBe(
			`Choose ${advised} as Algorithm, or paste the key that was made for ${algorithm}.`,
		);
	});

	it('advises no algorithm for a key that none goes with', () => {
		const { hint } = expectCode('KEY_UNSUPPORTED', () => fitKey(dsa, findAlgorithm('ES256')));
		expect(hint).toMatch(/^Make an RSA, EC/);
	});

	it('makes a plain RSA key of an id-RSASSA-PSS key whose parameters allow the algorithm', () => {
		const fitting = { hashAlgorithm: 'sha256', mgf1HashAlgorithm: 'sha256', saltLength: 32 };
		for (const key of [pssKey(), pssKey(fitting)]) {
			expect(fitKey(key, findAlgorithm('PS256')).asymmetricKeyType).toBe('rsa');
		}
	});

	it.each([
		['another hash', ONLY_SHA512_PSS],
		['a hash that is no other in mask and salt', { hashAlgorithm: 'sha512', ...SHA256_PSS }],
		['a mask of another hash', { hashAlgorithm: 'sha256', mgf1HashAlgorithm: 'sha512' }],
		['a longer salt', { hashAlgorithm: 'sha256', mgf1HashAlgorithm: 'sha256', saltLength: 64 }],
	])(
		'refuses an id-RSASSA-PSS key restricted to %s: its public key would not verify',
		(_name, it) => {
			const { message } = expectCode('KEY_WRONG_TYPE', () =>
				fitKey(pssKey(it), findAlgorithm('PS256')),
			);
			expect(message).toContain('PS256 wants sha256 for both and a salt as long as the hash');
		},
	);

	const rsaJwk = rsa.export({ format: 'jwk' });
	/** The key with the lowest bit of one of the 256 bytes of its modulus turned over. */
	const otherModulus = (index: number): JsonWebKey => {
		const modulus = Buffer.from(rsaJwk.n ?? '', 'base64url');
		modulus[index] = (modulus[index] ?? 0) ^ 1;
		return { ...rsaJwk, n: modulus.toString('base64url') };
	};

	it.each([
		['an RSA key with another modulus', 'RS256', otherModulus(100)],
		// OpenSSL does not even sign with it.
		['an RSA key with an even modulus', 'RS256', otherModulus(255)],
		[
			'an EC key with the public part of another',
			'ES256',
			{
				...createPublicKey(ec).export({ format: 'jwk' }),
				d: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' })
					.d,
			},
		],
	])('refuses %s', (_what, algorithm, jwk) => {
		const key = createPrivateKey({ key: jwk, format: 'jwk' });
		const { message } = expectCode('KEY_MALFORMED', () => fitKey(key, findAlgorithm(algorithm)));
		expect(message).toContain('do not belong together');
	});
});

describe('checkRsaSize', () => {
	it.each([2048, 16_384])('takes an RSA key of %d bits', (bits) => {
		expect(() => checkRsaSize(rsaOfBits(bits), findAlgorithm('RS512'))).not.toThrow();
	});

	it.each([
		[2047, 'KEY_TOO_SHORT', 'RS256 wants 2048 bits or more', '2048 bits or more and register'],
		[16_385, 'KEY_TOO_LONG', '16384 bits is the most', '2048 to 4096 bits'],
	] as const)('refuses an RSA key of %d bits: %s', (bits, code, words, advice) => {
		const error = expectCode(code, () => checkRsaSize(rsaOfBits(bits), findAlgorithm('RS256')));
		expect(error.message).toContain(`An RSA key of ${bits} bits was found`);
		expect(error.message).toContain(words);
		expect(error.hint).toContain(advice);
	});

	it('leaves other kinds of keys alone, which have one size only', () => {
		expect(() => checkRsaSize(createPublicKey(ec), findAlgorithm('ES256'))).not.toThrow();
	});
});
