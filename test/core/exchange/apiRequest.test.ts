import { newProofKey } from '../../../core/keys/proofKey';
import type { AccessToken } from '../../../core/exchange/storedToken';
import {
	assertApiAllowed,
	completeUrl,
	isRelativeUrl,
	isTokenEndpoint,
	withAccessToken,
} from '../../../core/exchange/apiRequest';
import { exchangeSettings, TOKEN_URL } from '../support/exchangeCases';
import { expectCode } from '../support/expectCode';

/** A token that came with this base URL of the API. */
const tokenFor = (baseUrl: string): AccessToken => ({
	token: 'at-1',
	tokenType: 'Bearer',
	issuedTokenType: '',
	obtainedAt: 0,
	expiresAt: 1,
	baseUrl,
	fingerprint: 'f',
});

const RELATIVE = { useAdvanced: true, baseUrlField: 'instance_url' };
const LISTED = { allowedHttpRequestDomains: 'domains', allowedDomains: 'api.example.com' };

describe('an address', () => {
	it.each(['/v1', ' v1/x ', 'v1/x?to=https://b.test/', 'items/a:b', '12:30', '//api.example.com'])(
		'without a scheme is relative: %j',
		(url) => {
			expect(isRelativeUrl(url)).toBe(true);
		},
	);

	it.each(['https://a.test/', ' HTTPS://a.test/', 's3://bucket', '', ' ', undefined, 7])(
		'is not relative with one, or where there is none: %j',
		(url) => {
			expect(isRelativeUrl(url)).toBe(false);
		},
	);
});

describe('the token endpoint itself', () => {
	it.each([
		[{ url: TOKEN_URL }],
		[{ uri: `${TOKEN_URL}?x=1#y` }],
		[{ baseURL: 'https://auth.example.com/oauth/', url: '/token', qs: { x: 1 } }],
	])('is known whatever the query: %j', (request) => {
		expect(isTokenEndpoint(request, `${TOKEN_URL}?jwt={assertion}`)).toBe(true);
	});

	it.each([
		[{ url: 'https://auth.example.com/oauth/revoke' }],
		[{ url: 'https://api.example.com/oauth/token' }],
		[{ url: 'https://auth.example.com:8443/oauth/token' }],
		[{ url: '/oauth/token' }],
	])('is not %j', (request) => {
		expect(isTokenEndpoint(request, TOKEN_URL)).toBe(false);
	});
});

describe('a request that is to carry the token', () => {
	const allow = (request: object, data: Record<string, unknown>) => () => {
		assertApiAllowed(request, exchangeSettings(data));
	};

	it('may have no host yet where Base URL Field brings one, and only there', () => {
		expect(allow({ url: '/v1' }, { ...RELATIVE, ...LISTED })).not.toThrow();
		expectCode('URL_INVALID', allow({ url: '/v1' }, {}));
	});

	it('has to go to a host that is listed, Base URL Field or not', () => {
		for (const data of [LISTED, { ...RELATIVE, ...LISTED }]) {
			expect(allow({ url: 'https://api.example.com/v1' }, data)).not.toThrow();
			expectCode('DOMAIN_NOT_ALLOWED', allow({ url: 'https://other.example.com/v1' }, data));
			const joined = { baseURL: 'https://other.example.com', url: '/v1' };
			expectCode('DOMAIN_NOT_ALLOWED', allow(joined, data));
		}
	});

	it.each([
		[{ url: '/v1' }, { url: 'https://eu1.example.com/v1' }],
		[{ uri: '/v1' }, { uri: 'https://eu1.example.com/v1' }],
		[{ url: 'https://api.example.com/' }, { url: 'https://api.example.com/' }],
		[
			{ baseURL: 'https://api.example.com', url: '/v1' },
			{ baseURL: 'https://api.example.com', url: '/v1' },
		],
	])('is completed where it has no host: %j', (request, expected) => {
		const settings = exchangeSettings(RELATIVE);
		expect(withAccessToken(request, tokenFor('https://eu1.example.com'), settings)).toEqual({
			...expected,
			headers: { authorization: 'Bearer at-1' },
		});
	});
});

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
		['https://user@eu1.example.com', /user name/],
		['https://:pass-word@eu1.example.com', /user name/],
		['https://eu1.example.com/?next=', /query/],
		['https://eu1.example.com/#', /fragment/],
		['', /no base URL/],
		['eu1.example.com', /no base URL/],
		['//eu1.example.com', /no base URL/],
		['ftp://eu1.example.com', /no base URL/],
		['https://', /no base URL/],
		['https:eu1.example.com/https://', /no base URL/],
	])('%j is refused, and not quoted', (baseUrl, words) => {
		const error = expectCode('EXCHANGE_BAD_RESPONSE', () => completeUrl('/v1', baseUrl));
		expect(error.message).toMatch(words);
		expect(error.message).not.toMatch(/example|pass-word/);
		expect(error.hint).toContain(
			error.message.includes('without encryption')
				? 'Enter a whole address that begins with https://'
				: 'Correct Base URL Field in the credential',
		);
	});

	it('with http gets no token from a credential whose exchange was encrypted', () => {
		const settings = exchangeSettings(RELATIVE);
		const token = tokenFor('http://eu1.example.com');
		for (const request of [{ url: '/v1' }, { uri: '/v1' }]) {
			expectCode('EXCHANGE_BAD_RESPONSE', () => withAccessToken(request, token, settings));
		}
	});

	it.each(['client-secret-0123456789', 'opaque-token-0123456789'])(
		'on a host that is not allowed is refused without what its name quotes: %s',
		(quoted) => {
			const settings = exchangeSettings({
				...RELATIVE,
				...LISTED,
				clientSecret: 'client-secret-0123456789',
			});
			const token = {
				...tokenFor(`https://${quoted}.example.net`),
				token: 'opaque-token-0123456789',
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
		const token = { ...tokenFor(''), ...more, tokenType };
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
	});

	it('is never in a query where the token is bound to a key', async () => {
		const more = { proofKey: await newProofKey('ES256') };
		const error = expectCode('PLACEMENT_INVALID', () => sent('DPoP', { placement: 'query' }, more));
		expect(error.message).toBe('With DPoP the token cannot go into the query.');
		expect(error.hint).toContain('Set Add Token To to Header');
	});
});
