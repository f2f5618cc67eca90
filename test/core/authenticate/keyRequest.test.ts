import { KeyNeeded, makeMissingKey } from '../../../core/authenticate/keyBirth';
import { answerKeyRequest, keyRequest } from '../../../core/authenticate/keyRequest';
import { expectCode } from '../support/expectCode';

const DATA = { algorithm: 'ES256', keySource: 'generate' };

it('asks for the key while there is none', () => {
	expect(expectCode('KEY_NOT_MADE', () => answerKeyRequest(DATA, keyRequest()))).toBeInstanceOf(
		KeyNeeded,
	);
});

it('goes nowhere and carries nothing once there is one, even one that is not stored yet', async () => {
	const made = { ...DATA, ...(await makeMissingKey(DATA, true)) };
	const answer = answerKeyRequest(made, keyRequest());
	expect(answer).toEqual({ method: 'GET', url: expect.stringMatching(/^data:/) });
});

it('is no other request', () => {
	expect(answerKeyRequest(DATA, { url: 'https://api.example.com/' })).toBeUndefined();
	expect(answerKeyRequest(DATA, { url: keyRequest().url })).toBeUndefined();
});
