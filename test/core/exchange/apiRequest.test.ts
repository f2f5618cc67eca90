import { newProofKey } from '../../../core/keys/proofKey';
import type { AccessToken } from '../../../core/exchange/storedToken';
import { completeUrl, isRelativeUrl, withAccessToken } from '../../../core/exchange/apiRequest';
import { exchangeSettings } from '../support/exchangeCases';
import { expectCode } from '../support/expectCode';

describe('a base URL from the answer', () => {
	it.each([
		['https://eu1.example.com', '/v1/x', 'https://eu1.example.com/v1/x'],
		['https://eu1.example.com/base/', 'v1/x?y=1', 'https://eu1.example.com/base/v1/x?y=1'],
		['HTTPS://eu1.example.com', ' /v1 ', 'HTTPS://eu1.example.com/v1'],
		['http://localhost:8080', '/v1', 'http://localhost:8080/v1'],
		['http://127.0.0.1:8080/', '/v1', 'http://127.0.0.1:8080/v1'],
		['http://[::1]:8080', '/v1', 'http://[::1]:8080/v1'],
	])('%s completes %s', (baseUrl, url, expected) => {
		expect(isRelativeUrl(url)).toBe(true);
		expect(completeUrl(url, baseUrl)).toBe(expected);
	});

	it.each([
		['http://eu1.example.com', /http:\/\/.*without encryption/],
		['HTTP://eu1.example.com', /without encryption/],
		['http://127.0.0.1.example.com', /without encryption/],
		['http://localhost@eu1.example.com', /without encryption/],
		['https://user:pass-word@eu1.example.com', /user name/],
		['https://eu1.example.com/?next=', /query/],
		['https://eu1.example.com/#', /fragment/],
		['', /no base URL/],
		['eu1.example.com', /no base URL/],
		['//eu1.example.com', /no base URL/],
		['ftp://eu1.example.com', /no base URL/],
		['https://', /no base URL/],
	])('%j is refused, and not quoted', (baseUrl, words) => {
		const { message } = expectCode('EXCHANGE_BAD_RESPONSE', () => completeUrl('/v1', baseUrl));
		expect(message).toMatch(words);
		expect(message).not.toMatch(/example|pass-word/);
	});

	it('with http gets no token from a credential whose exchange was encrypted', () => {
		const settings = exchangeSettings({ useAdvanced: true, baseUrlField: 'instance_url' });
		const token = {
			token: 'at-1',
			tokenType: 'Bearer',
			issuedTokenType: '',
			obtainedAt: 0,
			expiresAt: 1,
			baseUrl: 'http://eu1.example.com',
			fingerprint: 'f',
		};
		for (const request of [{ url: '/v1' }, { uri: '/v1' }]) {
			expectCode('EXCHANGE_BAD_RESPONSE', () => withAccessToken(request, token, settings));
		}
	});

	it.each(['client-secret-0123456789', 'opaque-token-0123456789'])(
		'on a host that is not allowed is refused without what its name quotes: %s',
		(quoted) => {
			const settings = exchangeSettings({
				useAdvanced: true,
				baseUrlField: 'instance_url',
				clientSecret: 'client-secret-0123456789',
				allowedHttpRequestDomains: 'domains',
				allowedDomains: 'api.example.com',
			});
			const token = {
				token: 'opaque-token-0123456789',
				tokenType: 'Bearer',
				issuedTokenType: '',
				obtainedAt: 0,
				expiresAt: 1,
				baseUrl: `https://${quoted}.example.net`,
				fingerprint: 'f',
			};
			const { message } = expectCode('DOMAIN_NOT_ALLOWED', () =>
				withAccessToken({ url: '/v1' }, token, settings),
			);
			expect(message).toContain('[removed].example.net');
			expect(message).not.toContain('0123456789');
		},
	);
});

describe('the prefix of a token', () => {
	const sent = (
		tokenType: string,
		placement: Record<string, unknown> = {},
		more: Partial<AccessToken> = {},
	) => {
		const token = {
			...more,
			...{ token: 'at-1', tokenType, issuedTokenType: '', baseUrl: '', fingerprint: 'f' },
			...{ obtainedAt: 0, expiresAt: 1 },
		};
		const settings = exchangeSettings({ useAdvanced: true, ...placement });
		const { headers } = withAccessToken<{ url: string; headers?: Record<string, unknown> }>(
			{ url: 'https://api.example.com/' },
			token,
			settings,
		);
		return headers;
	};

	it.each(['BearerToken', 'jwt-bearer', 'bearer', 'Token', 'N_A', 'mac', ''])(
		'is what the form says, though the service answers %j',
		(tokenType) => {
			expect(sent(tokenType)).toEqual({ authorization: 'Bearer at-1' });
			expect(sent(tokenType, { headerPrefix: 'Token' })).toEqual({ authorization: 'Token at-1' });
			expect(sent(tokenType, { headerName: 'X-Tableau-Auth', headerPrefix: '' })).toEqual({
				'X-Tableau-Auth': 'at-1',
			});
		},
	);

	it('is DPoP for a token that is bound to a key, unless the person chose another one', async () => {
		const more = { proofKey: await newProofKey('ES256') };
		expect(sent('DPoP', {}, more)).toEqual({ authorization: 'DPoP at-1' });
		expect(sent('DPoP', { headerPrefix: ' bearer ' }, more)).toEqual({
			authorization: 'DPoP at-1',
		});
		expect(sent('DPoP', { headerPrefix: 'Own' }, more)).toEqual({ authorization: 'Own at-1' });
		expectCode('PLACEMENT_INVALID', () => sent('DPoP', { placement: 'query' }, more));
	});
});
