import { createPublicKey } from 'node:crypto';
import { calculateJwkThumbprint, type JWK } from 'jose';
import { publicJwkSet } from '../../../core/keys/publicJwks';
import { FAMILIES, jwk, pem, rsa } from '../support/keyFixtures';

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
