import { key, text } from '../../../core/services/fields';
import { generatedKeyData, keyPairFields } from '../../../core/services/keyPair';
import { expectCode } from '../support/expectCode';

it('asks for the pasted key or for what goes with a made one, and for the former at first', () => {
	const pasted = [key('privateKey', 'Private Key', 'of it')];
	const fields = keyPairFields(pasted, [text('uploaded', 'Certificate', 'of it')]);
	expect(fields.map(({ name, showFor }) => [name, showFor?.values])).toEqual([
		['keySource', undefined],
		['privateKey', ['paste']],
		['uploaded', ['generate']],
	]);
	expect(fields[0]).toMatchObject({
		label: 'Key Source',
		default: 'paste',
		description: 'A private key that you have, or one that n8n makes',
		choices: [
			{ name: 'Paste', value: 'paste' },
			{ name: 'Generate', value: 'generate' },
		],
	});
});

describe('what a generic credential holds of a made key', () => {
	const keyPair = { algorithm: 'PS256', rsaKeySize: 3072, keyIdFromKey: true } as const;

	it('is the kept key, and of what kind a new one is to be', () => {
		const data = { keySource: 'generate', generatedPrivateKey: 'kept', clientId: 'app-1' };
		expect(generatedKeyData({ keyPair }, data)).toEqual({
			algorithm: 'PS256',
			keySource: 'generate',
			generatedPrivateKey: 'kept',
			useAdvanced: true,
			rsaKeySize: '3072',
			keyIdFromKey: true,
		});
		expect(generatedKeyData({ keyPair: { algorithm: 'ES256' } }, data)).toMatchObject({
			rsaKeySize: '2048',
			keyIdFromKey: false,
		});
	});

	it('is nothing where the key is pasted, or the service hands it out', () => {
		const data = { keySource: 'generate' };
		expect(generatedKeyData({}, data)).toBeUndefined();
		for (const pasted of [{}, { keySource: 'paste', generatedPrivateKey: 'kept' }]) {
			expect(generatedKeyData({ keyPair }, pasted)).toBeUndefined();
		}
	});

	it('is refused for another source than these two', () => {
		expectCode('FIELD_INVALID', () => generatedKeyData({ keyPair }, { keySource: 'x' }));
	});
});
