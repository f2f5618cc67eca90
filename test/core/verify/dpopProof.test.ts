import {
	createHash,
	generateKeyPairSync,
	sign,
	type JsonWebKey,
	type KeyObject,
} from 'node:crypto';
import { checkProof, type ProofCheck } from '../../../core/verify/dpopProof';
import { newProofKey } from '../../../core/keys/proofKey';
import { signProof } from '../../../core/sign/dpopProof';
import { jktOf } from '../support/proofs';
import { part } from '../support/tokens';

const NOW = 1_772_366_400;
const TOKEN = 'header.payload.signature';
const URL_ = 'https://resource.example.org/protected';
const ath = createHash('sha256').update(TOKEN).digest('base64url');
const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const jwk = pair.publicKey.export({ format: 'jwk' });

let count = 0;
const claimsOf = (changes: object = {}) => ({
	jti: `jti-${(count += 1)}`,
	htm: 'GET',
	htu: URL_,
	iat: NOW,
	ath,
	...changes,
});

/** A proof made by node:crypto alone. */
function proofOf(
	claims: object,
	header: object = {},
	key: KeyObject = pair.privateKey,
	hash: string | null = 'sha256',
): string {
	const input = `${part({ typ: 'dpop+jwt', alg: 'ES256', jwk, ...header })}.${part(claims)}`;
	const signature = sign(hash, Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' });
	return `${input}.${signature.toString('base64url')}`;
}

const check = async (proof: string, call: Partial<ProofCheck> = {}, payload: object = {}) =>
	await checkProof(
		TOKEN,
		{ cnf: { jkt: jktOf(jwk) }, ...payload },
		{ proof, method: 'GET', url: `${URL_}?page=2#top`, maximumAge: 60, ...call },
		{ now: NOW, tolerance: 5 },
	);

describe('a DPoP proof (RFC 9449 §4.3)', () => {
	it('is accepted once', async () => {
		const proof = proofOf(claimsOf());
		await expect(check(proof)).resolves.toBeUndefined();
		await expect(check(proof)).rejects.toMatchObject({
			code: 'PROOF_INVALID',
			message: 'The DPoP proof was used before.',
		});
	});

	it('is used up by nothing that was refused for another reason', async () => {
		const proof = proofOf(claimsOf());
		await expect(check(proof, { method: 'POST' })).rejects.toMatchObject({ code: 'PROOF_INVALID' });
		await expect(check(proof)).resolves.toBeUndefined();
	});

	it('is accepted in time, and for any spelling of the address', async () => {
		for (const iat of [NOW - 65, NOW - 60, NOW + 5]) await check(proofOf(claimsOf({ iat })));
		await check(proofOf(claimsOf({ jti: 'x'.repeat(256) })));
		for (const htu of ['HTTPS://Resource.Example.org:443/protected', `${URL_}?x`, `${URL_}#y`]) {
			await check(proofOf(claimsOf({ htu })));
		}
	});

	it.each<[string, object]>([
		['was made for another method', { htm: 'POST' }],
		['was made for another method', { htm: 'get' }],
		['was made for another method', { htm: undefined }],
		['was made for another address', { htu: 'https://resource.example.org/other' }],
		['was made for another address', { htu: 'http://resource.example.org/protected' }],
		['was made for another address', { htu: '/protected' }],
		['was made for another address', { htu: undefined }],
		['was made at a time yet to come', { iat: NOW + 6 }],
		['is too old', { iat: NOW - 66 }],
		['does not say when it was made', { iat: String(NOW) }],
		['was made for another token', { ath: createHash('sha256').update('x').digest('base64url') }],
		['was made for another token', { ath: undefined }],
		['has no usable jti', { jti: undefined }],
		['has no usable jti', { jti: '' }],
		['has no usable jti', { jti: 7 }],
		['has no usable jti', { jti: 'x'.repeat(257) }],
	])('that %s is refused: %j', async (what, changes) => {
		await expect(check(proofOf(claimsOf(changes)))).rejects.toMatchObject({
			code: 'PROOF_INVALID',
			message: `The DPoP proof ${what}.`,
		});
	});

	it('is refused where the address of the call itself is none', async () => {
		const proof = proofOf(claimsOf({ htu: '/protected' }));
		await expect(check(proof, { url: '/protected' })).rejects.toMatchObject({
			code: 'PROOF_INVALID',
			message: 'The DPoP proof was made for another address.',
		});
	});

	const forPss = generateKeyPairSync('rsa', { modulusLength: 2048 });
	const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const secretJwk = { kty: 'oct', k: 'c2VjcmV0' };
	it.each<[string, string | (() => string)]>([
		['is missing', ''],
		[
			'was made by another key',
			() => proofOf(claimsOf(), { jwk: jwkOf(stranger) }, stranger.privateKey),
		],
		['has no good signature', () => proofOf(claimsOf(), {}, stranger.privateKey)],
		['has no good signature', () => proofOf(claimsOf(), { alg: 'ES384' })],
		[
			// Good by itself, and by an algorithm that the key is not for.
			'has no good signature',
			() => {
				const jwkForPss = { ...jwkOf(forPss), alg: 'PS256' };
				return proofOf(claimsOf(), { alg: 'RS256', jwk: jwkForPss }, forPss.privateKey);
			},
		],
		['is not of the type dpop+jwt', () => proofOf(claimsOf(), { typ: 'JWT' })],
		['is signed with no usable algorithm', () => proofOf(claimsOf(), { alg: 'none' })],
		[
			'is signed with no usable algorithm',
			() => proofOf(claimsOf(), { alg: 'HS256', jwk: secretJwk }),
		],
		['has no key', () => proofOf(claimsOf(), { jwk: undefined })],
		['demands an extension', () => proofOf(claimsOf(), { crit: ['x'] })],
		['demands an extension', () => proofOf(claimsOf(), { b64: false })],
		[
			'cannot be read: A private JWK',
			() => proofOf(claimsOf(), { jwk: pair.privateKey.export({ format: 'jwk' }) }),
		],
		['cannot be read: A JWK with a shared secret', () => proofOf(claimsOf(), { jwk: secretJwk })],
		[
			'cannot be read: The header of the token is not a JSON object',
			() => proofOf(claimsOf()).replace(/^[^.]+/, part('[]')),
		],
		['cannot be read', 'no proof'],
		['cannot be read', () => `${proofOf(claimsOf())}, ${proofOf(claimsOf())}`],
		['cannot be read', () => 'x'.repeat(9000)],
	])('that %s is refused', async (what, proof) => {
		const given = typeof proof === 'string' ? proof : proof();
		const error: unknown = await check(given).catch((reason: unknown) => reason);
		expect(error).toMatchObject({ code: 'PROOF_INVALID' });
		const start = `The DPoP proof ${what}`;
		expect((error as Error).message.slice(0, start.length)).toBe(start);
	});

	it.each([
		{ cnf: undefined },
		{ cnf: 'x' },
		{ cnf: {} },
		{ cnf: { jkt: 7 } },
		{ cnf: { jkt: '' } },
	])('is of no use with a token that is not bound: %j', async (payload) => {
		await expect(check(proofOf(claimsOf()), {}, payload)).rejects.toMatchObject({
			code: 'CLAIM_MISSING',
			message: 'The token is not bound to a key: it has no cnf.jkt.',
			hint: expect.stringContaining('take Require DPoP Proof out') as string,
		});
	});

	it.each(['EdDSA', 'PS256'] as const)('may be one of ours, with %s', async (algorithm) => {
		const proofKey = await newProofKey(algorithm);
		const proof = await signProof(proofKey, {
			...{ method: 'GET', url: new URL(URL_), accessToken: TOKEN },
			now: new Date(NOW * 1000),
		});
		await expect(check(proof, {}, { cnf: { jkt: jktOf(proofKey) } })).resolves.toBeUndefined();
	});
});

function jwkOf({ publicKey }: { publicKey: KeyObject }): JsonWebKey {
	return publicKey.export({ format: 'jwk' });
}

// RFC 9449 figures 2 and 12: the proof for the protected resource, and the thumbprint of its key.
it('the example of RFC 9449 is accepted', async () => {
	const proof = [
		'eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6Ik',
		'VDIiwieCI6Imw4dEZyaHgtMzR0VjNoUklDUkRZOXpDa0RscEJoRjQyVVFVZldWQVdCR',
		'nMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JE',
		'QSIsImNydiI6IlAtMjU2In19.eyJqdGkiOiJlMWozVl9iS2ljOC1MQUVCIiwiaHRtIj',
		'oiR0VUIiwiaHR1IjoiaHR0cHM6Ly9yZXNvdXJjZS5leGFtcGxlLm9yZy9wcm90ZWN0Z',
		'WRyZXNvdXJjZSIsImlhdCI6MTU2MjI2MjYxOCwiYXRoIjoiZlVIeU8ycjJaM0RaNTNF',
		'c05yV0JiMHhXWG9hTnk1OUlpS0NBcWtzbVFFbyJ9.2oW9RP35yRqzhrtNP86L-Ey71E',
		'OptxRimPPToA1plemAgR6pxHF8y6-yqyVnmcw6Fy1dqd-jfxSYoMxhAJpLjA',
	].join('');
	const jkt = '0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I';
	const call = { method: 'GET', url: 'https://resource.example.org/protectedresource' };
	await expect(
		checkProof(
			'Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU',
			{ cnf: { jkt } },
			{ ...call, proof, maximumAge: 60 },
			{ now: 1_562_262_618, tolerance: 5 },
		),
	).resolves.toBeUndefined();
});
