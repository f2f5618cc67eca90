import { ALGORITHMS, findAlgorithm } from '../../../core/keys/algorithms';

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

	it.each(['none', 'None', 'NONE', 'rs256', 'HS1', ''])('refuses %j', (name) => {
		expect(() => findAlgorithm(name)).toThrow(
			expect.objectContaining({ code: 'ALGORITHM_UNSUPPORTED' }),
		);
	});

	it('does not quote text that cannot be an algorithm name', () => {
		expect(() => findAlgorithm('-----BEGIN PRIVATE KEY-----abc')).toThrow(
			'The algorithm is not supported.',
		);
	});
});
