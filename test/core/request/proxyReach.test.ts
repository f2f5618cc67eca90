import { assertProxyAllowed } from '../../../core/request/proxyReach';
import { expectCode } from '../support/expectCode';

const proxied = (url: string, ignoreSslIssues = false, proxyHost = 'proxy.example.net') => ({
	url,
	proxyHost,
	ignoreSslIssues,
});
const listed = { mode: 'domains', allowedDomains: 'api.example.com, *.example.net' } as const;
const unlisted = { mode: 'domains', allowedDomains: 'api.example.com' } as const;

describe('a proxy', () => {
	it.each([
		[
			'http',
			proxied('http://api.example.com/'),
			/could read the token, since the URL begins with http:\/\/,/,
			/https:\/\/ address/,
		],
		[
			'https without certificates',
			proxied('https://api.example.com/', true),
			/could read the token, since Ignore SSL Issues is on,/,
			/Switch Ignore SSL Issues off/,
		],
	])('that could read the token has to be on the list: %s', (_way, request, why, hint) => {
		const refused = expectCode('DOMAIN_NOT_ALLOWED', () => assertProxyAllowed(request, unlisted));
		expect(refused.message).toMatch(/^The proxy proxy\.example\.net /);
		expect(refused.message).toMatch(why);
		expect(refused.hint).toMatch(hint);
		expect(() => assertProxyAllowed(request, listed)).not.toThrow();
	});

	it('is the same with capitals and a dot at its end', () => {
		const request = proxied('http://api.example.com/', false, 'PROXY.Example.NET.');
		expect(() => assertProxyAllowed(request, listed)).not.toThrow();
		const { message } = expectCode('DOMAIN_NOT_ALLOWED', () =>
			assertProxyAllowed(request, unlisted),
		);
		expect(message).toMatch(/^The proxy proxy\.example\.net could/);
	});

	it('may be any where it sees the host alone, or where every host may have the token', () => {
		const tunnelled = proxied('https://api.example.com/');
		expect(() => assertProxyAllowed(tunnelled, unlisted)).not.toThrow();
		const open = { mode: 'all', allowedDomains: '' } as const;
		expect(() => assertProxyAllowed(proxied('http://api.example.com/'), open)).not.toThrow();
	});
});
