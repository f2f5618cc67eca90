import {
	isProofKey,
	newProofKey,
	PROOF_ALGORITHMS,
	proofSigningKey,
} from '../../../core/keys/proofKey';

describe('the key of proofs', () => {
	it.each(PROOF_ALGORITHMS)('for %s is new each time, and survives being stored', async (name) => {
		const [one, other] = await Promise.all([newProofKey(name), newProofKey(name)]);
		expect(one.d).toEqual(expect.any(String));
		expect(one.d).not.toBe(other.d);
		const stored: unknown = JSON.parse(JSON.stringify(one));
		expect(isProofKey(stored)).toBe(true);
		expect(proofSigningKey(one)).toMatchObject({ algorithm: { name } });
		expect(proofSigningKey(one).key.export({ format: 'jwk' })).toMatchObject({ d: one.d });
		expect(proofSigningKey(other).key.export({ format: 'jwk' })).toMatchObject({ d: other.d });
		expect(proofSigningKey({ ...one })).toBe(proofSigningKey(one));
	});

	it.each([
		undefined,
		null,
		'text',
		{},
		{ kty: 'EC', d: 'x' },
		{ kty: 'EC', alg: 'ES256' },
		{ kty: 'EC', d: 'x', alg: 'HS256' },
		{ kty: 'EC', d: 7, alg: 'ES256' },
		{ d: 'x', alg: 'ES256' },
	])('is not %j', (value) => {
		expect(isProofKey(value)).toBe(false);
	});
});
