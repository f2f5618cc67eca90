import { ALGORITHMS, findAlgorithm, namesOf } from '../../../core/keys/algorithms';
import { expectCode } from '../support/expectCode';

it.each([
	['HS256', 'HMAC', 'oct', 'sha256', 256],
	['HS384', 'HMAC', 'oct', 'sha384', 384],
	['HS512', 'HMAC', 'oct', 'sha512', 512],
	['RS256', 'RSASSA-PKCS1-v1_5', 'RSA', 'sha256', 2048],
	['RS384', 'RSASSA-PKCS1-v1_5', 'RSA', 'sha384', 2048],
	['RS512', 'RSASSA-PKCS1-v1_5', 'RSA', 'sha512', 2048],
	['PS256', 'RSASSA-PSS', 'RSA', 'sha256', 2048],
	['PS384', 'RSASSA-PSS', 'RSA', 'sha384', 2048],
	['PS512', 'RSASSA-PSS', 'RSA', 'sha512', 2048],
	['ES256', 'ECDSA', 'EC', 'sha256', undefined],
	['ES256K', 'ECDSA', 'EC', 'sha256', undefined],
	['ES384', 'ECDSA', 'EC', 'sha384', undefined],
	['ES512', 'ECDSA', 'EC', 'sha512', undefined],
	['EdDSA', 'EdDSA', 'OKP', undefined, undefined],
	['Ed25519', 'EdDSA', 'OKP', undefined, undefined],
	['ML-DSA-44', 'ML-DSA', 'AKP', undefined, undefined],
])('%s is %s with a key of kty %s and %s, of at least %s bits', (name, ...facts) => {
	const { family, keyType, hash, minimumKeyBits } = findAlgorithm(name);
	expect([family, keyType, hash, minimumKeyBits]).toEqual(facts);
});

it('every algorithm has a label of its own but for those that the number in their name tells apart', () => {
	const labels = ALGORITHMS.filter(({ family }) => family !== 'ML-DSA').map(({ label }) => label);
	expect(new Set(labels).size).toBe(labels.length);
	expect(findAlgorithm('PS384').label).toBe('RSA-PSS with SHA-384');
	expect(findAlgorithm('ES512').label).toBe('ECDSA on P-521');
	expect(findAlgorithm('ML-DSA-44').label).toContain('Node.js 24.7');
});

it('goes by one name, on Ed25519 by two (RFC 9864)', () => {
	expect(namesOf(findAlgorithm('ES256'))).toEqual(['ES256']);
	for (const name of ['EdDSA', 'Ed25519']) {
		expect(namesOf(findAlgorithm(name))).toEqual(['EdDSA', 'Ed25519']);
	}
});

describe('findAlgorithm', () => {
	it('finds every algorithm of the catalogue by its alg value', () => {
		for (const algorithm of ALGORITHMS) expect(findAlgorithm(algorithm.name)).toBe(algorithm);
	});

	it.each([
		['ES256K', 'EC', 'secp256k1'],
		['Ed25519', 'OKP', 'Ed25519'],
		['ML-DSA-44', 'AKP', undefined],
		['ML-DSA-65', 'AKP', undefined],
		['ML-DSA-87', 'AKP', undefined],
	])('knows %s (RFC 8812, RFC 9864, RFC 9964) as kty %s on %s', (name, keyType, curve) => {
		expect(findAlgorithm(name)).toMatchObject({ name, keyType });
		expect(findAlgorithm(name).curve).toBe(curve);
	});

	it('has its list sorted by name, whatever the case', () => {
		const names = ALGORITHMS.map(({ name }) => name.toLowerCase());
		expect(names).toEqual([...names].sort());
	});

	it.each(['none', 'None', 'NONE'])('does not offer %j, and says why', (name) => {
		const { message } = expectCode('ALGORITHM_UNSUPPORTED', () => findAlgorithm(name));
		expect(message).toBe('The algorithm "none" makes unsigned tokens and is not offered.');
	});

	it.each(['rs256', 'HS1', 'X', 'A-name_of-20-letters'])('refuses %j by its name', (name) => {
		const { message } = expectCode('ALGORITHM_UNSUPPORTED', () => findAlgorithm(name));
		expect(message).toBe(`The algorithm "${name}" is not supported.`);
	});

	it.each([
		'',
		'A-name_of-21-letters_',
		'two words',
		'-----BEGIN PRIVATE KEY-----abc',
		'MIIE\nabcd',
	])('does not quote %j, which cannot be the name of an algorithm', (name) => {
		const { message } = expectCode('ALGORITHM_UNSUPPORTED', () => findAlgorithm(name));
		expect(message).toBe('The algorithm is not supported.');
	});

	it('says which there are', () => {
		const { hint } = expectCode('ALGORITHM_UNSUPPORTED', () => findAlgorithm('RS1'));
		expect(hint).toMatch(/^Choose one of Ed25519, EdDSA, ES256, .*, RS512\.$/);
	});
});
