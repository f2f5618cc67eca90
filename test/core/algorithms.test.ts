import { ALGORITHMS, findAlgorithm } from '../../core/algorithms';

describe('findAlgorithm', () => {
	it('finds every algorithm of the catalogue by its alg value', () => {
		for (const algorithm of ALGORITHMS) expect(findAlgorithm(algorithm.name)).toBe(algorithm);
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
