import { redact } from '../../../core/shared/redact';
import { secretValues } from '../../../core/settings/secretFields';

describe('the secret values of a credential', () => {
	it('are its keys, secrets and passphrases, and the values of its static headers', () => {
		const values = secretValues({
			algorithm: 'HS256',
			secret: 'hmac-secret',
			keyPassphrase: 'pass phrase',
			payload: '{ "sub": "user-1" }',
			additionalHeaders: '{ "X-Api-Key": "key-of-the-api", "X-Count": 3 }',
			exchangeHeaders: { 'X-Client': 'client-key' },
		});
		expect(values.sort()).toEqual(['client-key', 'hmac-secret', 'key-of-the-api', 'pass phrase']);
	});

	it('are the whole text where static headers are no JSON', () => {
		expect(secretValues({ additionalHeaders: '{ "X-Api-Key": "abc' })).toEqual([
			'{ "X-Api-Key": "abc',
		]);
	});

	it('leave nothing of a secret behind that contains another one', () => {
		const values = secretValues({ secret: 'abcdef', additionalHeaders: '{ "X": "abcdef-more" }' });
		expect(redact('You sent abcdef-more and abcdef.', values)).toBe(
			'You sent [removed] and [removed].',
		);
	});
});
