import { findAlgorithm } from '../../../core/keys/algorithms';
import { generatePrivateKey } from '../../../core/keys/generateKey';
import { importSigningKey } from '../../../core/keys/importSigningKey';
import { hasMlDsa } from '../../../core/keys/rawKeys';
import { writeKeptKey } from '../../../core/keys/keptKey';
import { readSigningSettings } from '../../../core/settings/readCredential';
import {
	keptKey,
	readGeneratedKey,
	readKeySource,
	readRsaKeySize,
} from '../../../core/settings/readKeySource';
import { expectCode } from '../support/expectCode';

const ES256 = findAlgorithm('ES256');

/** The fields of a credential as n8n reads them once a key for the algorithm is stored. */
async function stored(algorithm = 'ES256') {
	const der = await generatePrivateKey(findAlgorithm(algorithm));
	const text = writeKeptKey(der, 0);
	const data = { algorithm, keySource: 'generate', generatedPrivateKey: text.slice(1) };
	return { data, der, text };
}

it('the key is pasted where nothing says otherwise, as in credentials of before', () => {
	expect(readKeySource({}, ES256)).toBe('paste');
	expect(readKeySource({ keySource: 'paste' }, ES256)).toBe('paste');
	expect(readKeySource({ keySource: 'generate' }, ES256)).toBe('generate');
	expect(readKeySource({ keySource: 'generate' }, findAlgorithm('HS256'))).toBe('paste');
});

it('another key source is refused', () => {
	const { message } = expectCode('FIELD_INVALID', () =>
		readKeySource({ keySource: 'Generate' }, ES256),
	);
	expect(message).toMatch(/^Key Source is a text; it has to be one of paste, generate\./);
});

it('signs with the key that is stored, and never with what is pasted beside it', async () => {
	const { data, der } = await stored();
	const settings = readSigningSettings({ ...data, privateKey: 'something else', payload: '{}' });
	expect(settings.key).toEqual({ algorithm: 'ES256', key: der.toString('base64') });
	expect(importSigningKey(settings.key).key.type).toBe('private');
});

it('a key that was made goes on with every algorithm of its kind', async () => {
	const { data } = await stored('RS256');
	for (const name of ['RS512', 'PS256']) {
		expect(readGeneratedKey(data, findAlgorithm(name)).algorithm).toBe(name);
	}
});

it('with another kind of algorithm it is refused, and the hint says how to get another key', async () => {
	const { data } = await stored('RS256');
	const error = expectCode('KEY_ALGORITHM_MISMATCH', () => readGeneratedKey(data, ES256));
	expect(error.message).toBe(
		'The key pair that n8n made for this credential does not go with ES256.',
	);
	expect(error.hint).toContain('create a new credential');
});

it('it is not blamed where Node.js does not have the algorithm', async () => {
	const { data } = await stored('ES256');
	expectCode(hasMlDsa() ? 'KEY_ALGORITHM_MISMATCH' : 'ALGORITHM_UNAVAILABLE', () =>
		readGeneratedKey(data, findAlgorithm('ML-DSA-44')),
	);
});

it('a key that has not been made yet signs nothing', () => {
	const { message } = expectCode('KEY_NOT_MADE', () =>
		readGeneratedKey({ keySource: 'generate' }, ES256),
	);
	expect(message).toBe('The key pair of this credential has not been made yet.');
	expect(keptKey({})).toBeUndefined();
});

it('a key that was not read from what is stored signs nothing', async () => {
	const { data, text } = await stored();
	const unread = { ...data, generatedPrivateKey: text };
	const { message } = expectCode('KEY_JUST_MADE', () => readGeneratedKey(unread, ES256));
	expect(message).toContain('just now, so the service cannot know it yet');
});

it('reads the size of RSA keys', () => {
	expect(readRsaKeySize({})).toBe(2048);
	for (const size of [2048, 3072, 4096]) {
		expect(readRsaKeySize({ rsaKeySize: String(size) })).toBe(size);
	}
	const { message } = expectCode('FIELD_INVALID', () => readRsaKeySize({ rsaKeySize: '1024' }));
	expect(message).toMatch(/^RSA Key Size is a text; it has to be one of 2048, 3072, 4096\./);
});
