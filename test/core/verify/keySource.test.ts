import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import {
	pastedPublicKeys,
	pastedSecret,
	signingCredentialKey,
} from '../../../core/verify/keySource';
import { expectCode } from '../support/expectCode';
import { ec, ed25519, jwk, pem, publicPem, rsa } from '../support/keyFixtures';

const publicJwkOfEc = createPublicKey(ec).export({ format: 'jwk' });
const publicJwkOfEd = createPublicKey(ed25519).export({ format: 'jwk' });
const namesOf = (algorithms: ReadonlyArray<{ name: string }>) => algorithms.map(({ name }) => name);

describe('public keys that were pasted', () => {
	it('are read once for the same text, and not for another', async () => {
		const text = publicPem(ec);
		const [first] = await pastedPublicKeys(text).current();
		const [second] = await pastedPublicKeys(text).current();
		const [other] = await pastedPublicKeys(`${text}\n`).current();
		expect(second).toBe(first);
		expect(other).not.toBe(first);
	});

	it('have nothing newer, since nobody fetches them', () => {
		expect(pastedPublicKeys(publicPem(ec)).newer).toBeUndefined();
	});

	it('verify a token that names another kid where there is one key only', async () => {
		const one = { ...publicJwkOfEc, kid: 'a' };
		expect(pastedPublicKeys(JSON.stringify(one)).keyIdOptional).toBe(true);
		const set = pastedPublicKeys(JSON.stringify({ keys: [one, { ...publicJwkOfEd, kid: 'b' }] }));
		expect(set.keyIdOptional).toBe(false);
		expect((await set.current()).map(({ keyId }) => keyId)).toEqual(['a', 'b']);
	});

	it('are no private key, and each time anew: a refusal is not kept for a key that is one', () => {
		for (let time = 0; time < 2; time += 1) {
			expectCode('KEY_IS_PRIVATE', () => pastedPublicKeys(JSON.stringify(jwk(ec))));
		}
	});
});

describe('a secret that was pasted', () => {
	const algorithmsOf = async (settings: Parameters<typeof pastedSecret>[0]) =>
		(await pastedSecret(settings).current()).flatMap(({ algorithms }) => namesOf(algorithms));

	it.each([
		[32, ['HS256']],
		[47, ['HS256']],
		[48, ['HS256', 'HS384']],
		[63, ['HS256', 'HS384']],
		[64, ['HS256', 'HS384', 'HS512']],
	])('of %s bytes is one for %j', async (length, expected) => {
		expect(await algorithmsOf({ key: 's'.repeat(length) })).toEqual(expected);
	});

	it('that is too short for all is refused, unless that is allowed', async () => {
		expectCode('KEY_TOO_SHORT', () => pastedSecret({ key: 's'.repeat(31) }));
		expect(await algorithmsOf({ key: 'short', allowShortSecret: true })).toEqual([
			'HS256',
			'HS384',
			'HS512',
		]);
	});

	it('is read in its encoding, and apart from the same text in another', async () => {
		const key = 'ab'.repeat(32);
		const [asText] = await pastedSecret({ key }).current();
		const [asHex] = await pastedSecret({ key, secretEncoding: 'hex' }).current();
		expect(asText?.key.symmetricKeySize).toBe(64);
		expect(asHex?.key.symmetricKeySize).toBe(32);
	});

	it('that Ghost made is one for HS256 alone, by the ID in front of it', async () => {
		const id = '5f1d7c2e9b3a4d0012345678';
		const keys = await pastedSecret({ key: `${id}:${'ab'.repeat(32)}` }).current();
		expect(keys.map(({ keyId, algorithms }) => [keyId, namesOf(algorithms)])).toEqual([
			[id, ['HS256']],
		]);
		expect(keys[0]?.key.symmetricKeySize).toBe(32);
	});

	it('verifies whatever kid the token names: the person chose it', () => {
		expect(pastedSecret({ key: 's'.repeat(64) }).keyIdOptional).toBe(true);
	});

	it.each([
		['KEY_MISSING', ''],
		['SECRET_IS_KEY', publicPem(ec)],
	] as const)('is refused: %s', (code, key) => {
		expectCode(code, () => pastedSecret({ key }));
	});
});

describe('the key of a signing credential', () => {
	const { privateKey } = generateKeyPairSync('ed25519');
	const settings = { algorithm: 'EdDSA', key: JSON.stringify({ ...jwk(privateKey), kid: 'file' }) };

	it('verifies its own algorithm, and is no private key any more', async () => {
		const [key, ...more] = await signingCredentialKey(settings, '').current();
		expect(more).toEqual([]);
		expect(key?.key.type).toBe('public');
		// RFC 9864 gave EdDSA with this curve a name of its own; it is the same algorithm.
		expect(namesOf(key?.algorithms ?? []).sort()).toEqual(['Ed25519', 'EdDSA']);
		const ofRsa = { algorithm: 'RS256', key: pem(rsa, 'pkcs8') };
		const [rsaKey] = await signingCredentialKey(ofRsa, '').current();
		expect(namesOf(rsaKey?.algorithms ?? [])).toEqual(['RS256']);
	});

	it('has the Key ID of the form, else the one that came with it', async () => {
		const idOf = async (keyId: string) =>
			(await signingCredentialKey(settings, keyId).current())[0]?.keyId;
		expect(await idOf('form')).toBe('form');
		expect(await idOf('')).toBe('file');
		expect(await idOf('other')).toBe('other');
	});

	it('may verify a token that names another kid: it is the only one', () => {
		expect(signingCredentialKey(settings, 'x').keyIdOptional).toBe(true);
	});

	it('may have others beside it, which are then told apart by their kid', async () => {
		const beside = [{ key: { algorithm: 'ES256', key: pem(ec, 'pkcs8') }, keyId: 'next' }];
		const source = signingCredentialKey(settings, 'now', beside);
		expect((await source.current()).map(({ keyId }) => keyId)).toEqual(['now', 'next']);
		expect(source.keyIdOptional).toBe(false);
	});
});
