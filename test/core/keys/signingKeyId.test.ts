import crypto, { createPublicKey } from 'node:crypto';
import { calculateJwkThumbprint, type JWK } from 'jose';
import { signingKeyId } from '../../../core/keys/signingKeyId';
import { signingKey } from '../../../core/keys/signingKeyCache';
import { FAMILIES, jwk, pem, rsa } from '../support/keyFixtures';

const SECRET = { algorithm: 'HS256', key: 'a secret that is long enough for it' };
const named = { algorithm: 'RS256', key: JSON.stringify({ ...jwk(rsa), kid: 'of the key' }) };

it.each(Object.values(FAMILIES))('is the thumbprint of RFC 7638 for $algorithm', async (family) => {
	const { algorithm, privateKey } = family;
	const imported = signingKey({ algorithm, key: pem(privateKey, 'pkcs8') });
	const expected = await calculateJwkThumbprint(
		createPublicKey(privateKey).export({ format: 'jwk' }) as JWK,
	);
	const asked = { keyId: '', keyIdFromKey: true };
	expect(await signingKeyId(imported, asked)).toBe(expected);
	expect(await signingKeyId(imported, asked)).toBe(expected);
	expect(await signingKeyId(imported, { ...asked, keyIdFromKey: false })).toBeUndefined();
});

it('is worked out once for each key', async () => {
	const imported = signingKey({ algorithm: 'PS256', key: pem(rsa, 'pkcs8') });
	const asked = { keyId: '', keyIdFromKey: true };
	const work = jest.spyOn(crypto, 'createPublicKey');
	const first = await signingKeyId(imported, asked);
	const once = work.mock.calls.length;
	expect(once).toBeGreaterThan(0);
	for (let count = 0; count < 5; count += 1) {
		expect(await signingKeyId(imported, asked)).toBe(first);
	}
	expect(work).toHaveBeenCalledTimes(once);
	work.mockRestore();
});

it('stands behind the Key ID of the form and the one that came with the key', async () => {
	const of = async (keyId: string) =>
		await signingKeyId(signingKey(named), { keyId, keyIdFromKey: true });
	expect(await of('of the form')).toBe('of the form');
	expect(await of('')).toBe('of the key');
	const notAsked = { keyId: '', keyIdFromKey: false };
	expect(await signingKeyId(signingKey(named), notAsked)).toBe('of the key');
	expect(await signingKeyId(signingKey(SECRET), notAsked)).toBeUndefined();
});

it('is not to be had of a shared secret, which could be guessed from it', async () => {
	const imported = signingKey(SECRET);
	expect(await signingKeyId(imported, { keyId: 'k', keyIdFromKey: true })).toBe('k');
	await expect(signingKeyId(imported, { keyId: '', keyIdFromKey: true })).rejects.toMatchObject({
		code: 'KEY_WRONG_TYPE',
		message: expect.stringContaining('Key ID From Key') as string,
		hint: 'Switch it off and enter a Key ID, or choose an algorithm with a private key.',
	});
});
