import { createPublicKey, generateKeyPairSync, createSecretKey } from 'node:crypto';
import { findAlgorithm } from '../../../core/keys/algorithms';
import {
	importPublicJwk,
	publicVerificationKey,
	verificationKeyOf,
} from '../../../core/keys/verificationKey';
import type { JwtAuthErrorCode } from '../../../core/errors';
import { expectCode } from '../support/expectCode';
import { ec, ed25519, FAMILIES, jwk, rsa } from '../support/keyFixtures';

const publicJwk = (key = rsa): Record<string, unknown> => ({
	...createPublicKey(key).export({ format: 'jwk' }),
});
const names = ({ algorithms }: { algorithms: ReadonlyArray<{ name: string }> }): string[] =>
	algorithms.map(({ name }) => name);

describe('publicVerificationKey', () => {
	it.each(Object.values(FAMILIES))('of a key for $algorithm', ({ algorithm, privateKey }) => {
		const key = publicVerificationKey(privateKey, 'id');
		expect(key.key.type).toBe('public');
		expect(names(key)).toContain(algorithm);
		expect(key.keyId).toBe('id');
	});

	it('is limited to the algorithm the key was made for, under both its names', () => {
		expect(names(publicVerificationKey(rsa, '', 'PS256'))).toEqual(['PS256']);
		expect(names(publicVerificationKey(ed25519, '', 'EdDSA'))).toEqual(['Ed25519', 'EdDSA']);
		const { message } = expectCode('KEY_ALGORITHM_MISMATCH', () =>
			publicVerificationKey(rsa, '', 'ES256'),
		);
		expect(message).toContain('The "alg" of the JWK');
	});

	it('has no key ID where that is empty', () => {
		expect(publicVerificationKey(rsa, '').keyId).toBeUndefined();
	});

	it('takes an id-RSASSA-PSS key for PSS alone, as a plain RSA key', () => {
		const { publicKey } = generateKeyPairSync('rsa-pss', { modulusLength: 2048 });
		const key = publicVerificationKey(publicKey);
		expect(names(key)).toEqual(['PS256', 'PS384', 'PS512']);
		expect(key.key.asymmetricKeyType).toBe('rsa');
	});

	it('refuses kinds that no algorithm uses', () => {
		const { publicKey } = generateKeyPairSync('x25519');
		const { message } = expectCode('KEY_UNSUPPORTED', () => publicVerificationKey(publicKey));
		expect(message).toContain('a kind no JWT algorithm uses');
	});
});

describe('importPublicJwk', () => {
	it('keeps the kid if it is a text', () => {
		expect(importPublicJwk({ ...publicJwk(), kid: 'id' }).keyId).toBe('id');
		expect(importPublicJwk({ ...publicJwk(), kid: 7 }).keyId).toBeUndefined();
	});

	it('is for the algorithm in it alone', () => {
		expect(names(importPublicJwk(publicJwk()))).toHaveLength(6);
		expect(names(importPublicJwk({ ...publicJwk(), alg: 'PS256' }))).toEqual(['PS256']);
	});

	/** An RSA JWK with another public exponent. */
	const withExponent = (e: bigint) => ({
		...publicJwk(),
		e: Buffer.from(e.toString(16).padStart(10, '0'), 'hex').toString('base64url'),
	});

	const RSA_1024 = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;
	const ASK = /^Ask the issuer for its public key again/;
	const OTHER = /^Choose the algorithm the JWK was made for/;
	const NO_PRIVATE = /^Paste the public key/;
	const EXPONENT = /public exponent of the RSA key is none that is safe/;

	it.each<[JwtAuthErrorCode, Record<string, unknown>, RegExp, RegExp]>([
		[
			'KEY_WRONG_TYPE',
			{ kty: 'oct', k: 'AAAA' },
			/JWK with a shared secret/,
			/^Choose Shared Secret as the key source/,
		],
		['KEY_IS_PRIVATE', jwk(rsa), /^A private JWK/, NO_PRIVATE],
		[
			'KEY_IS_PRIVATE',
			{ kty: 'AKP', alg: 'ML-DSA-44', pub: 'AAAA', priv: 'AAAA' },
			/^A private JWK/,
			NO_PRIVATE,
		],
		['KEY_ALGORITHM_MISMATCH', { ...publicJwk(), use: 'enc' }, /"use"/, OTHER],
		['KEY_ALGORITHM_MISMATCH', { ...publicJwk(), key_ops: ['sign'] }, /leave out "verify"/, OTHER],
		['KEY_ALGORITHM_MISMATCH', { ...publicJwk(), alg: 'ES256' }, /The "alg" of the JWK/, OTHER],
		['KEY_ALGORITHM_MISMATCH', { ...publicJwk(), alg: 7 }, /The "alg" of the JWK/, OTHER],
		['KEY_MALFORMED', { kty: 'RSA' }, /members of the JWK do not make a public key/, ASK],
		['KEY_MALFORMED', withExponent(1n), EXPONENT, ASK],
		['KEY_MALFORMED', withExponent(4n), EXPONENT, ASK],
		['KEY_MALFORMED', withExponent(2n ** 32n + 1n), EXPONENT, ASK],
		['KEY_TOO_SHORT', publicJwk(RSA_1024), /An RSA key of 1024 bits/, /2048 bits or more/],
	])('%s (%#)', (code, value, message, hint) => {
		const error = expectCode(code, () => importPublicJwk(value));
		expect(error.message).toMatch(message);
		expect(error.hint).toMatch(hint);
	});

	it.each([3n, 17n, 65537n, 2n ** 32n - 1n])('takes the odd exponent %s', (e) => {
		expect(importPublicJwk(withExponent(e)).algorithms).not.toHaveLength(0);
	});
});

it('verificationKeyOf is for the own algorithm of a signing key, secrets without a thumbprint', async () => {
	const secret = createSecretKey(Buffer.alloc(32, 1));
	const HS256 = findAlgorithm('HS256');
	expect(verificationKeyOf({ key: secret, algorithm: HS256 }, 'id')).toEqual({
		key: secret,
		algorithms: [HS256],
		keyId: 'id',
	});
	const key = verificationKeyOf({ key: ec, algorithm: findAlgorithm('ES256') }, 'own');
	expect(key.keyId).toBe('own');
	expect(names(key)).toEqual(['ES256']);
	expect(key.key.type).toBe('public');
	expect(await key.thumbprint).toMatch(/^[\w-]{43}$/);
	// Of an RSA key six algorithms could be verified.
	const PS256 = findAlgorithm('PS256');
	expect(names(verificationKeyOf({ key: rsa, algorithm: PS256 }))).toEqual(['PS256']);
});
