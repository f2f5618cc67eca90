import { createPublicKey } from 'node:crypto';
import { calculateJwkThumbprint, type JWK } from 'jose';
import { publicJwkSet } from '../../../core/keys/publicJwks';
import { ec, ed25519, FAMILIES, jwk, pem, publicPem, rsa } from '../support/keyFixtures';

it.each(Object.values(FAMILIES))('publishes the public half for $algorithm', async (family) => {
	const { algorithm, privateKey } = family;
	const key = { algorithm, key: pem(privateKey, 'pkcs8') };
	const [published, ...others] = (await publicJwkSet({ key, keyId: '' })).keys;
	expect(others).toEqual([]);
	const own = createPublicKey(privateKey).export({ format: 'jwk' });
	const kid = await calculateJwkThumbprint(own as JWK);
	expect(published).toEqual({ ...own, kid, use: 'sig', alg: algorithm });
});

it("takes the Key ID of the credential, else the key's own, else the thumbprint", async () => {
	const key = { algorithm: 'RS256', key: JSON.stringify({ ...jwk(rsa), kid: 'of the key' }) };
	const kidOf = async (keyId: string) => (await publicJwkSet({ key, keyId })).keys[0]?.kid;
	expect(await kidOf('of the credential')).toBe('of the credential');
	expect(await kidOf('')).toBe('of the key');
});

it('publishes no shared secret', async () => {
	const key = { algorithm: 'HS256', key: 'a secret that is long enough for it' };
	await expect(publicJwkSet({ key, keyId: '' })).rejects.toMatchObject({ code: 'KEY_WRONG_TYPE' });
});

describe('with other keys beside it', () => {
	const key = { algorithm: 'RS256', key: pem(rsa, 'pkcs8') };
	const row = (text: string, keyId = '') => ({ text, keyId, algorithm: '', place: 'row 1' });
	const publish = async (rows: Array<ReturnType<typeof row>>, keyId = '') =>
		(await publicJwkSet({ key, keyId }, rows)).keys;

	it("publishes the credential's first, each under its own Key ID", async () => {
		const keys = await publish([row(publicPem(ec)), row(publicPem(ed25519), 'next')]);
		const thumbprints = await Promise.all(
			[rsa, ec].map(async (one) => {
				const own = createPublicKey(one).export({ format: 'jwk' });
				return await calculateJwkThumbprint(own as JWK);
			}),
		);
		expect(keys.map(({ kid, use, alg }) => [kid, use, alg])).toEqual([
			[thumbprints[0], 'sig', 'RS256'],
			[thumbprints[1], 'sig', 'ES256'],
			['next', 'sig', undefined],
		]);
		expect(JSON.stringify(keys)).not.toMatch(/"(?:d|p|q|dp|dq|qi|k|priv)":/);
	});

	it('publishes a key once that is named twice, as at the moment of a change', async () => {
		expect(
			await publish([row(publicPem(rsa)), row(publicPem(ec)), row(publicPem(ec))]),
		).toHaveLength(2);
	});

	it('refuses another algorithm for the same key: it would be left out without a word', async () => {
		const own = createPublicKey(rsa).export({ format: 'jwk' });
		const again = (alg: string) => [row(JSON.stringify({ ...own, alg }))];
		expect(await publish(again('RS256'))).toHaveLength(1);
		await expect(publish(again('PS256'))).rejects.toMatchObject({
			code: 'FIELD_INVALID',
			message: expect.stringMatching(/row 1: .*RS256 already, and not for PS256/) as string,
		});
	});

	it('refuses two keys of one Key ID: nobody could tell which one a token means', async () => {
		await expect(publish([row(publicPem(ec), 'k')], 'k')).rejects.toMatchObject({
			code: 'FIELD_INVALID',
			message: expect.stringContaining('row 1') as string,
		});
	});
});
