import crypto, { createPrivateKey } from 'node:crypto';
import { ALGORITHMS, findAlgorithm } from '../../../core/keys/algorithms';
import { generatePrivateKey, RSA_KEY_SIZES } from '../../../core/keys/generateKey';
import { importSigningKey } from '../../../core/keys/importSigningKey';
import { hasMlDsa } from '../../../core/keys/rawKeys';

const withKey = ALGORITHMS.filter(({ keyType }) => keyType !== 'oct');
const usable = withKey.filter(({ keyType }) => keyType !== 'AKP' || hasMlDsa());

it.each(usable.map(({ name }) => name))('makes a key that %s signs with', async (name) => {
	const der = await generatePrivateKey(findAlgorithm(name));
	const { key } = importSigningKey({ algorithm: name, key: der.toString('base64') });
	expect(key.type).toBe('private');
	if (key.asymmetricKeyType === 'rsa') expect(key.asymmetricKeyDetails?.modulusLength).toBe(2048);
});

it('makes another key every time', async () => {
	const made = await Promise.all(
		Array.from({ length: 5 }, async () => await generatePrivateKey(findAlgorithm('ES256'))),
	);
	expect(new Set(made.map((der) => der.toString('hex'))).size).toBe(5);
});

it.each(RSA_KEY_SIZES)('makes RSA keys of %d bits', async (bits) => {
	const der = await generatePrivateKey(findAlgorithm('RS256'), bits);
	const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
	expect(key.asymmetricKeyDetails).toMatchObject({ modulusLength: bits, publicExponent: 65537n });
});

it('makes no shared secret, which others hand out', async () => {
	await expect(generatePrivateKey(findAlgorithm('HS256'))).rejects.toMatchObject({
		code: 'KEY_WRONG_TYPE',
		message: 'HS256 signs with a shared secret.',
		hint: expect.stringContaining('Choose an algorithm with a private key') as string,
	});
});

it('says that ML-DSA is not there on an older Node.js', async () => {
	if (hasMlDsa()) return;
	await expect(generatePrivateKey(findAlgorithm('ML-DSA-65'))).rejects.toMatchObject({
		code: 'ALGORITHM_UNAVAILABLE',
		message: expect.stringMatching(/^ML-DSA-65 needs Node\.js 24\.7 or newer/) as string,
	});
});

it('passes on what goes wrong while a key is made', async () => {
	const making = jest.spyOn(crypto, 'generateKeyPair') as jest.SpyInstance;
	making.mockImplementation((_type, _options, made: (error: Error) => void) =>
		made(new Error('out of memory')),
	);
	await expect(generatePrivateKey(findAlgorithm('ES256'))).rejects.toThrow('out of memory');
	making.mockRestore();
});
