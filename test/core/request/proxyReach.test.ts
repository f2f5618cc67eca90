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
		['http', proxied('http://api.example.com/'), /https:\/\/ address/],
		['https without certificates', proxied('https://api.example.com/', true), /Ignore SSL Issues/],
		['http, with capitals and a dot', proxied('http://api.example.com/', false, 'PROXY.x.'), /./],
	])('that could read the token has to be on the list: %s', (_way, request, hint) => {
		expect(
			expectCode('DOMAIN_NOT_ALLOWED', () => assertProxyAllowed(request, unlisted)).hint,
		).toMatch(hint);
		if (request.proxyHost !== 'proxy.example.net') return;
		expect(() => assertProxyAllowed(request, listed)).not.toThrow();
	});

	it('may be any where it sees the host alone, or where every host may have the token', () => {
		const tunnelled = proxied('https://api.example.com/');
		expect(() => assertProxyAllowed(tunnelled, unlisted)).not.toThrow();
		const open = { mode: 'all', allowedDomains: '' } as const;
		expect(() => assertProxyAllowed(proxied('http://api.example.com/'), open)).not.toThrow();
	});
});
