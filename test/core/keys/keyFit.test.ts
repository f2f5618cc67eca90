import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { findAlgorithm } from '../../../core/keys/algorithms';
import { checkRsaSize, fitKey, fittingAlgorithms } from '../../../core/keys/keyFit';
import { expectCode } from '../support/expectCode';
import { ec, ed25519, FAMILIES, rsa } from '../support/keyFixtures';

const names = (key: KeyObject): string[] => fittingAlgorithms(key).map(({ name }) => name);

/** An id-RSASSA-PSS key with the given restrictions, RFC 4055 §3.1. */
function pssKey(restrictions: object = {}): KeyObject {
	return generateKeyPairSync('rsa-pss', { modulusLength: 2048, ...restrictions }).privateKey;
}

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

describe('fitKey', () => {
	it.each(Object.entries(FAMILIES))('lets %s through', (_name, { algorithm, privateKey }) => {
		expect(fitKey(privateKey, findAlgorithm(algorithm)).equals(privateKey)).toBe(true);
	});

	it.each([
		['KEY_WRONG_TYPE', rsa, 'ES256', /An RSA key .* ES256 wants an EC private key on P-256/],
		['KEY_WRONG_TYPE', ec, 'RS256', /An EC key on P-256/],
		['KEY_WRONG_CURVE', ec, 'ES384', /P-384/],
		['KEY_UNSUPPORTED', generateKeyPairSync('x25519').privateKey, 'EdDSA', /agrees on keys/],
		['KEY_UNSUPPORTED', generateKeyPairSync('ed448').privateKey, 'EdDSA', /Ed448/],
		['KEY_WRONG_TYPE', pssKey(), 'RS256', /RSA-PSS/],
	] as const)('%s (%#)', (code, key, algorithm, message) => {
		expect(expectCode(code, () => fitKey(key, findAlgorithm(algorithm))).message).toMatch(message);
	});

	it('says which algorithms would go with the key', () => {
		const { hint } = expectCode('KEY_WRONG_TYPE', () => fitKey(ec, findAlgorithm('RS256')));
		expect(hint).toContain('ES256');
	});

	it('makes a plain RSA key of an id-RSASSA-PSS key whose parameters allow the algorithm', () => {
		const fitting = { hashAlgorithm: 'sha256', mgf1HashAlgorithm: 'sha256', saltLength: 32 };
		for (const key of [pssKey(), pssKey(fitting)]) {
			expect(fitKey(key, findAlgorithm('PS256')).asymmetricKeyType).toBe('rsa');
		}
	});

	it.each([
		['another hash', { hashAlgorithm: 'sha512', mgf1HashAlgorithm: 'sha512', saltLength: 64 }],
		['a hash that is no other in mask and salt', { hashAlgorithm: 'sha512', ...SHA256_PSS }],
		['a mask of another hash', { hashAlgorithm: 'sha256', mgf1HashAlgorithm: 'sha512' }],
		['a longer salt', { hashAlgorithm: 'sha256', mgf1HashAlgorithm: 'sha256', saltLength: 64 }],
	])(
		'refuses an id-RSASSA-PSS key restricted to %s: its public key would not verify',
		(_name, it) => {
			expectCode('KEY_WRONG_TYPE', () => fitKey(pssKey(it), findAlgorithm('PS256')));
		},
	);
});

it('checkRsaSize refuses what is too short, and leaves other kinds alone', () => {
	const short = createPublicKey(generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey);
	expectCode('KEY_TOO_SHORT', () => checkRsaSize(short, findAlgorithm('RS256')));
	expect(() => checkRsaSize(createPublicKey(rsa), findAlgorithm('RS512'))).not.toThrow();
	expect(() => checkRsaSize(createPublicKey(ec), findAlgorithm('ES256'))).not.toThrow();
});
