import { createPublicKey, generateKeyPairSync, type JsonWebKey, type KeyObject } from 'node:crypto';
import { calculateJwkThumbprint, type JWK } from 'jose';
import { publicJwkSet } from '../../../core/keys/publicJwks';
import { ec, ed25519, FAMILIES, jwk, p384, pem, publicPem, rsa } from '../support/keyFixtures';

const otherRsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const publicOf = (one: KeyObject): JsonWebKey => createPublicKey(one).export({ format: 'jwk' });
const P256_PRIME = 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n;
const numberOf = (text = ''): bigint =>
	BigInt(`0x${Buffer.from(text, 'base64url').toString('hex')}`);

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

	it('takes a key that names no algorithm for the same that names one, not the other way', async () => {
		const own = { key: { algorithm: 'ES256', key: pem(ec, 'pkcs8') }, keyId: '' };
		const publishBeside = async (...rows: Array<ReturnType<typeof row>>) =>
			(await publicJwkSet(own, rows)).keys;
		const named = row(JSON.stringify({ ...publicOf(rsa), alg: 'PS256' }));
		const unnamed = row(publicPem(rsa));
		const both = await publishBeside(named, unnamed);
		expect(both.map(({ alg }) => alg)).toEqual(['ES256', 'PS256']);
		expect((await publishBeside(unnamed))[1]).not.toHaveProperty('alg');
		await expect(publishBeside(unnamed, named)).rejects.toMatchObject({
			code: 'FIELD_INVALID',
			message: expect.stringContaining('for any algorithm already, and not for PS256') as string,
			hint: expect.stringContaining('another key for the other algorithm') as string,
		});
	});

	// The point with the same x on the other side of the axis.
	const mirrored = (P256_PRIME - numberOf(publicOf(ec).y)).toString(16);

	it.each<[string, KeyObject, string, JsonWebKey]>([
		['of another type', rsa, 'RS256', publicOf(ec)],
		['with another modulus', rsa, 'RS256', publicOf(otherRsa)],
		['with another exponent', rsa, 'RS256', { ...publicOf(rsa), e: 'Aw' }],
		['with another x', ed25519, 'EdDSA', publicOf(generateKeyPairSync('ed25519').privateKey)],
		[
			'with another y',
			ec,
			'ES256',
			{
				...publicOf(ec),
				y: Buffer.from(mirrored.padStart(64, '0'), 'hex').toString('base64url'),
			},
		],
	])(
		'refuses a key %s under the same Key ID: nobody could tell which one a token means',
		async (_how, privateKey, algorithm, second) => {
			const own = { key: { algorithm, key: pem(privateKey, 'pkcs8') }, keyId: 'k' };
			await expect(publicJwkSet(own, [row(JSON.stringify(second), 'k')])).rejects.toMatchObject({
				code: 'FIELD_INVALID',
				message: 'In row 1: another key has the same Key ID.',
				hint: expect.stringContaining('leave Key ID empty to take it from the key') as string,
			});
		},
	);
});

describe('with other keys of the same credential', () => {
	const settings = (algorithm: string, key: KeyObject) => ({ algorithm, key: pem(key, 'pkcs8') });
	const own = { key: settings('RS256', rsa), keyId: 'now' };
	const beside = (algorithm: string, key: KeyObject, keyId: string) => ({
		...{ key: settings(algorithm, key), keyId, place: 'Next Key' },
	});

	it('publishes them behind its own, before the additional ones, each with its algorithm', async () => {
		const { keys } = await publicJwkSet(
			own,
			[{ text: publicPem(p384), keyId: 'additional', algorithm: '', place: 'row 1' }],
			[beside('PS512', otherRsa, 'next'), beside('EdDSA', ed25519, '')],
		);
		const thumbprint = await calculateJwkThumbprint(
			createPublicKey(ed25519).export({ format: 'jwk' }) as JWK,
		);
		expect(keys.map(({ kid, use, alg }) => [kid, use, alg])).toEqual([
			['now', 'sig', 'RS256'],
			['next', 'sig', 'PS512'],
			[thumbprint, 'sig', 'EdDSA'],
			['additional', 'sig', 'ES384'],
		]);
		expect(JSON.stringify(keys)).not.toMatch(/"(?:d|p|q|dp|dq|qi|k|priv)":/);
	});

	it('says where another key of the same Key ID stands', async () => {
		await expect(publicJwkSet(own, [], [beside('ES256', ec, 'now')])).rejects.toMatchObject({
			code: 'FIELD_INVALID',
			message: 'In Next Key: another key has the same Key ID.',
		});
	});
});
