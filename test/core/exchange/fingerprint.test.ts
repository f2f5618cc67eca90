import { exchangeFingerprint } from '../../../core/exchange/fingerprint';
import { rsa } from '../support/keyFixtures';
import { exchangeData, exchangeSettings } from '../support/exchangeCases';

const of = (data = {}) => exchangeFingerprint(exchangeSettings(data));

describe('the fingerprint', () => {
	it('is SHA-256 in 64 hexadecimal digits, the same for the same exchange', () => {
		expect(of()).toMatch(/^[\da-f]{64}$/);
		expect(of()).toBe(of());
		expect(of()).not.toContain(String(exchangeData().privateKey));
	});

	it.each([
		{ payload: '{ "iss": "me", "sub": "somebody else" }' },
		{ payload: '{ "iss": "me" }' },
		{ tokenUrl: 'https://auth.example.com/other' },
		{ scope: 'x' },
		{ clientId: 'x' },
		{ grant: 'clientCredentials' },
		{ grant: 'custom' },
		{ keyId: 'x' },
		{ keyIdFromKey: true },
		{ expiresIn: '1m' },
		{ autoTimeClaims: false },
		{ algorithm: 'HS256', secret: 'x'.repeat(32) },
		{ algorithm: 'RS256', privateKey: String(rsa.export({ format: 'pem', type: 'pkcs8' })) },
		{ exchangeMethod: 'GET' },
		{ tokenUrl: 'https://auth.example.com/oauth/token?jwt={assertion}' },
	])('changes with %j', (data) => {
		expect(of(data)).not.toBe(of());
	});

	it.each([
		{ headerParameters: '{ "typ": "x" }' },
		{ headerParameters: '{ "tenant": "other" }' },
		{ x509: 'a certificate' },
		{ tlsCertificate: 'a client certificate' },
		{ useDpop: true },
		{ useDpop: true, dpopAlgorithm: 'EdDSA' },
		{ keyPassphrase: 'x' },
		{ clientSecret: 'x' },
		{ clientAssertion: true },
		{ resource: 'x' },
		{ bodyFormat: 'json' },
		{ bodyParameters: '{ "audience": "x" }' },
		{ exchangeHeaders: '{ "x": "y" }' },
		{ responseField: 'id_token' },
		{ responseField: '' },
		{ expiryUnit: 'milliseconds' },
		{ assertionAudience: 'issuer' },
		{ assertionAudience: 'issuer', issuer: 'https://a.test' },
		{ expiryField: 'ttl' },
		{ baseUrlField: 'instance_url' },
		{ answerFields: 'account.id' },
		{ fallbackLifetime: '2h' },
		{ backdateIat: 5 },
		{ addNbf: true },
		{ addJti: false },
	])('changes with %j among the advanced options', (data) => {
		expect(of({ useAdvanced: true, ...data })).not.toBe(of({ useAdvanced: true }));
	});

	it.each([
		{ subjectType: 'idToken' },
		{ subjectType: 'other', ownSubjectType: 'urn:x' },
		{ audience: 'x' },
		{ requestedType: 'x' },
		{ bodyParameters: '{ "jwt": "{assertion}" }' },
		{ exchangeHeaders: '{ "x": "{assertion}" }' },
		{ clientAssertion: true },
	])('of a token exchange changes with %j', (data) => {
		const grant = { grant: 'tokenExchange', useAdvanced: true };
		expect(of({ ...grant, ...data })).not.toBe(of(grant));
	});

	it('changes with the header of the certificate', () => {
		const with509 = (x509Header: string) => of({ useAdvanced: true, x509: 'c', x509Header });
		expect(with509('x5t')).not.toBe(with509('x5c'));
	});

	it.each(['iat', 'exp', 'nbf', 'jti'])('does not change with %s in the payload', (name) => {
		const payload = JSON.stringify({ iss: 'me', [name]: 5, sub: 'you' });
		expect(of({ payload })).toBe(of());
	});

	it.each([
		{ accessToken: 'a', tokenState: '{}' },
		{ renewBeforeExpiry: 5 },
		{ testUrl: 'https://api.test' },
		{ allowPlainHttp: true },
		{ placement: 'query' },
		{ additionalHeaders: '{ "x": "y" }' },
		{ allowedHttpRequestDomains: 'none' },
		{ credentialExpiresAt: '2099-01-01' },
	])('does not change with %j: how the token is kept, sent and renewed', (data) => {
		expect(of({ useAdvanced: true, ...data })).toBe(of({ useAdvanced: true }));
	});

	it('is that of the payload as a value, not of how it is written', () => {
		expect(of({ payload: { iss: 'me', sub: 'you' } })).toBe(of());
		expect(of({ payload: '{"iss":"me",\n"sub":"you"}' })).toBe(of());
	});

	it('is refused for a payload that is none', () => {
		expect(() => of({ payload: '[]' })).toThrow(
			expect.objectContaining({ code: 'PAYLOAD_NOT_OBJECT' }),
		);
	});
});
