import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { calculateJwkThumbprint, type JWK } from 'jose';
import { readAdditionalKey } from '../../../core/keys/additionalKeys';
import { findAlgorithm } from '../../../core/keys/algorithms';
import type { AdditionalKey } from '../../../core/keys/types';
import { certificate, ec, ed25519, jwk, pem, publicPem, rsa } from '../support/keyFixtures';

const publicJwk = (key: KeyObject) => createPublicKey(key).export({ format: 'jwk' });
const thumbprint = async (key: KeyObject) => await calculateJwkThumbprint(publicJwk(key) as JWK);

const read = async (text: string, more: Partial<AdditionalKey> = {}, algorithm = 'RS256') =>
	(
		await readAdditionalKey(
			{ text, keyId: '', algorithm: '', place: 'row 2 of Additional Public Keys', ...more },
			findAlgorithm(algorithm),
		)
	).map(({ key, keyId, algorithm: alg }) => [key.export({ format: 'jwk' }), keyId, alg]);

it.each<[string, string]>([
	['PEM', publicPem(rsa)],
	['a certificate', certificate(rsa)],
	['a JWK', JSON.stringify(publicJwk(rsa))],
	['a JWK Set', JSON.stringify({ keys: [publicJwk(rsa)] })],
])('reads %s, and gives it the thumbprint as its Key ID', async (_form, text) => {
	expect(await read(text)).toEqual([[publicJwk(rsa), await thumbprint(rsa), 'RS256']]);
});

it('takes the Key ID of the row, else that of the JWK', async () => {
	const text = JSON.stringify({ ...publicJwk(rsa), kid: 'own' });
	expect((await read(text))[0]?.[1]).toBe('own');
	expect((await read(text, { keyId: 'row' }))[0]?.[1]).toBe('row');
});

it.each<[string, string, string, string, string | undefined]>([
	['that of the row', publicPem(rsa), 'PS256', 'RS256', 'PS256'],
	['that of the JWK', JSON.stringify({ ...publicJwk(rsa), alg: 'PS384' }), '', 'RS256', 'PS384'],
	["the credential's, which fits", publicPem(rsa), '', 'RS512', 'RS512'],
	['the only one that fits', publicPem(ec), '', 'RS256', 'ES256'],
	['none of several that fit', publicPem(rsa), '', 'ES256', undefined],
])('publishes with the algorithm: %s', async (_which, text, chosen, current, expected) => {
	expect((await read(text, { algorithm: chosen }, current))[0]?.[2]).toBe(expected);
});

it('reads every key of a text', async () => {
	const set = JSON.stringify({ keys: [publicJwk(rsa), publicJwk(ec)] });
	const both = [await thumbprint(rsa), await thumbprint(ec)];
	expect((await read(set)).map(([, keyId]) => keyId)).toEqual(both);
	expect((await read(publicPem(rsa) + publicPem(ec))).map(([, keyId]) => keyId)).toEqual(both);
});

const short = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey;

it.each<[string, string, string, Partial<AdditionalKey>]>([
	['KEY_MISSING', 'nothing', ' ', {}],
	['KEY_IS_PRIVATE', 'a private key', pem(rsa, 'pkcs8'), {}],
	['KEY_IS_PRIVATE', 'a private JWK', JSON.stringify(jwk(ec)), {}],
	[
		'KEY_IS_PRIVATE',
		'one private JWK of a set',
		JSON.stringify({ keys: [publicJwk(rsa), jwk(ec)] }),
		{},
	],
	['KEY_WRONG_TYPE', 'a secret in a set', '{"keys":[{"kty":"oct","k":"AAAA"}]}', {}],
	['KEY_NOT_IN_SET', 'an empty set', '{"keys":[]}', {}],
	['KEY_MALFORMED', 'what is no key in a set', '{"keys":[1]}', {}],
	['KEY_TOO_LONG', 'a set of more than 256 kB', `{"keys":[${' '.repeat(262_144)}]}`, {}],
	['KEY_TOO_SHORT', 'RSA 1024', String(short.export({ format: 'pem', type: 'spki' })), {}],
	['KEY_ALGORITHM_MISMATCH', 'another algorithm', publicPem(ed25519), { algorithm: 'RS256' }],
	['FIELD_INVALID', 'one Key ID for two', publicPem(rsa) + publicPem(ec), { keyId: 'k' }],
])('refuses with %s %s, and says where it stands', async (code, _what, text, more) => {
	const error: unknown = await read(text, more).catch((thrown: unknown) => thrown);
	expect(error).toMatchObject({
		code,
		message: expect.stringMatching(/^In row 2 of Additional Public Keys: /) as string,
	});
	expect(JSON.stringify(error) + String(error)).not.toContain(text.trim() || 'nothing');
});

it.each<[string, Partial<AdditionalKey>, string, string]>([
	[
		publicPem(ed25519),
		{ algorithm: 'RS256' },
		'The key does not go with RS256.',
		'Set Algorithm to From Key, or paste another key.',
	],
	[
		publicPem(rsa) + publicPem(ec),
		{ keyId: 'k' },
		'One Key ID is given for 2 keys.',
		'Give each key a row of its own, or leave Key ID empty.',
	],
	['{"keys":[]}', {}, 'The JWK Set has no keys.', 'Paste a public key, or a set that has some.'],
	[
		'no key at all!',
		{},
		'neither PEM nor a JWK nor Base64 of a key was found where a public key is expected',
		'Paste',
	],
])('says what is wrong and what to do (%#)', async (text, more, words, advice) => {
	await expect(read(text, more)).rejects.toMatchObject({
		message: expect.stringContaining(words) as string,
		hint: expect.stringContaining(advice) as string,
	});
});

it('publishes an Ed25519 key with the name of the credential, or with none of its two', async () => {
	const algorithmFor = async (current: string) =>
		(await read(publicPem(ed25519), {}, current))[0]?.[2];
	expect(await algorithmFor('EdDSA')).toBe('EdDSA');
	expect(await algorithmFor('Ed25519')).toBe('Ed25519');
	expect(await algorithmFor('RS256')).toBeUndefined();
});
