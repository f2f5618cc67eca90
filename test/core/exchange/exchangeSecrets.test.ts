import { exchangeSecrets, tokensIn } from '../../../core/exchange/exchangeSecrets';
import { exchangeData, exchangeSettings } from '../support/exchangeCases';

describe('what must not be shown of an exchange', () => {
	it('is the key, what authenticates the client, and what is added to the request', () => {
		const secrets = exchangeSecrets(
			exchangeSettings({
				useAdvanced: true,
				accessToken: 'stored-token',
				clientSecret: 'client-secret',
				keyPassphrase: 'pass phrase',
				x509: 'the certificate',
				tlsCertificate: 'the client certificate',
				tlsPrivateKey: '{ "d": "of-the-client-certificate", "x": "public-part" }',
				tlsPassphrase: 'of its key',
				additionalHeaders: '{ "X-Api": "additional" }',
				bodyParameters: '{ "own": "parameter" }',
				exchangeHeaders: '{ "X-Own": "exchange" }',
				metadata: '{ "own": "metadata" }',
				headerParameters: '{ "apiKey": "in-header", "kid": "key-id-1" }',
				payload: '{ "sub": "somebody", "pin": "1234" }',
				tokenUrl: 'https://auth.test/?key=in-query',
				testUrl: 'https://api.test/?key=in-test',
			}),
		);
		expect(secrets).toEqual(
			expect.arrayContaining([
				'stored-token',
				'client-secret',
				'pass phrase',
				'the certificate',
				'the client certificate',
				'of-the-client-certificate',
				'of its key',
				String(exchangeData().privateKey),
				'additional',
				'parameter',
				'exchange',
				'metadata',
				'in-header',
				'1234',
				'in-query',
				'in-test',
			]),
		);
		for (const shown of ['somebody', 'key-id-1', 'public-part', ''])
			expect(secrets).not.toContain(shown);
		expect(new Set(secrets).size).toBe(secrets.length);
	});

	it('is not the place where the assertion goes', () => {
		const secrets = exchangeSecrets(
			exchangeSettings({
				useAdvanced: true,
				bodyParameters: '{ "jwt": "{assertion}" }',
				exchangeHeaders: '{ "X-Token": "{assertion}" }',
				tokenUrl: 'https://auth.test/?token={assertion}',
			}),
		);
		expect(secrets).toEqual([exchangeData().privateKey]);
	});

	it('is what stands around that place where it is no mere word', () => {
		const secrets = exchangeSecrets(
			exchangeSettings({
				useAdvanced: true,
				bodyParameters: '{ "a": ["tenant-secret {assertion}"], "jwt": "v1.{assertion}" }',
				exchangeHeaders: '{ "X-Token": "JWT {assertion}" }',
				tokenUrl: 'https://auth.test/?token=key-of-mine.{assertion}',
			}),
		);
		expect(secrets.sort()).toEqual(
			[String(exchangeData().privateKey), 'tenant-secret', 'key-of-mine.'].sort(),
		);
	});

	it('is the key alone where nothing else is filled in', () => {
		expect(exchangeSecrets(exchangeSettings())).toEqual([exchangeData().privateKey]);
	});
});

describe('the tokens of a token request', () => {
	const token = (name: string) => `eyJhbGciOiJIUzI1NiJ9.e30.${name}`;

	it('are those in its headers, its body and its address', () => {
		const request = { method: 'POST' as const, url: 'https://auth.test/', headers: {} };
		expect(tokensIn(request)).toEqual([]);
		expect(
			tokensIn({
				...request,
				url: `https://auth.test/?assertion=${token('url')}&x=1`,
				headers: { authorization: `Bearer ${token('header')}`, accept: '*/*' },
				body: `assertion=${token('body')}&client_assertion=${token('second')}`,
			}),
		).toEqual([token('header'), token('body'), token('second'), token('url')]);
	});
});
