import { newProofKey, PROOF_ALGORITHMS } from '../../../core/keys/proofKey';
import { accessTokenHash, signProof } from '../../../core/sign/dpopProof';
import { readProof } from '../support/proofs';

const now = new Date('2026-03-01T12:00:00.900Z');
const url = new URL('https://Resource.Example.org:443/protected/a%20b?x=1#part');

describe('a DPoP proof (RFC 9449 §4.2)', () => {
	it.each(PROOF_ALGORITHMS)('is signed with %s by the key it names', async (algorithm) => {
		const proofKey = await newProofKey(algorithm);
		const { header } = readProof(await signProof(proofKey, { method: 'GET', url, now }));
		expect(header).toMatchObject({ typ: 'dpop+jwt', alg: algorithm, jwk: { kty: proofKey.kty } });
		for (const secret of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'alg', 'key_ops']) {
			expect(header.jwk).not.toHaveProperty(secret);
		}
	});

	it('is for one method and one address without query and fragment', async () => {
		const { claims } = readProof(
			await signProof(await newProofKey('ES256'), { method: 'POST', url, now }),
		);
		expect(claims).toEqual({
			jti: expect.stringMatching(/^[\da-f-]{36}$/),
			htm: 'POST',
			htu: 'https://resource.example.org/protected/a%20b',
			iat: Date.parse('2026-03-01T12:00:00Z') / 1000,
		});
	});

	it('has the hash of the token and the nonce of the server, where there are such', async () => {
		const given = { method: 'GET', url, now, accessToken: 'at-1', nonce: 'n-1' };
		const { claims } = readProof(await signProof(await newProofKey('ES256'), given));
		expect(claims).toMatchObject({ ath: accessTokenHash('at-1'), nonce: 'n-1' });
	});

	it('is never made twice', async () => {
		const proofKey = await newProofKey('ES256');
		const proofs = await Promise.all(
			Array.from(
				{ length: 50 },
				async () => await signProof(proofKey, { method: 'GET', url, now }),
			),
		);
		expect(new Set(proofs.map((proof) => readProof(proof).claims.jti)).size).toBe(50);
	});
});

it('the hash of a token is that of the example in RFC 9449 §7.1', () => {
	expect(accessTokenHash('Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU')).toBe(
		'fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo',
	);
});
