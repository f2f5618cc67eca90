import { exchangeFingerprint } from '../../../core/exchange/fingerprint';
import { exchangeSettings } from '../support/exchangeCases';

describe('the fingerprint', () => {
	const of = (data = {}) => exchangeFingerprint(exchangeSettings(data));

	it.each([
		{ payload: '{ "iss": "me", "sub": "somebody else" }' },
		{ tokenUrl: 'https://auth.example.com/other' },
		{ scope: 'x' },
		{ clientId: 'x' },
		{ grant: 'clientCredentials' },
		{ keyId: 'x' },
		{ useAdvanced: true, headerParameters: '{ "typ": "x" }' },
		{ algorithm: 'HS256', secret: 'x'.repeat(32) },
		{ useAdvanced: true, clientSecret: 'x' },
		{ useAdvanced: true, bodyParameters: '{ "audience": "x" }' },
		{ useAdvanced: true, exchangeHeaders: '{ "x": "y" }' },
		{ useAdvanced: true, responseField: 'id_token' },
	])('changes with %j', (data) => {
		expect(of(data)).not.toBe(of());
	});

	it('does not change with the time, the jti, or how the token is sent and renewed', () => {
		expect(of({ payload: '{ "iss": "me", "iat": 5, "sub": "you", "exp": 9, "jti": "x" }' })).toBe(
			of(),
		);
		expect(
			of({ accessToken: 'a', tokenState: '{}', useAdvanced: true, renewBeforeExpiry: 5 }),
		).toBe(of({ useAdvanced: true }));
	});
});
