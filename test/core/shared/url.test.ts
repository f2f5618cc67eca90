import fc from 'fast-check';
import { assertDomainAllowed } from '../../../core/request/allowedDomains';
import {
	assertNoUser,
	hostOf,
	httpsUrl,
	isIssuerDocument,
	isPlainInOwnNetwork,
	joinBySlash,
	queryParameterNames,
	webUrl,
	withoutQueryParameter,
} from '../../../core/shared/url';
import { expectCode } from '../support/expectCode';

describe('an address of the web', () => {
	it.each([
		['https://api.example.com/v1', undefined, 'https://api.example.com/v1'],
		['/next?page=2', 'https://api.example.com/v1', 'https://api.example.com/next?page=2'],
		['//other.example.com', 'https://api.example.com', 'https://other.example.com/'],
	])('%s on %s is %s', (text, base, href) => {
		expect(webUrl(text, base)?.href).toBe(href);
	});

	it.each(['', 'api.example.com', 'ftp://example.com/', 'javascript:alert(1)', 'https://'])(
		'%j is none',
		(text) => {
			expect(webUrl(text)).toBeUndefined();
		},
	);

	it('is still one with umlauts in its host after many thousand calls', () => {
		const restriction = { mode: 'domains', allowedDomains: 'xn--bcher-kva.example' } as const;
		let read = 0;
		for (let call = 0; call < 20_000; call += 1) {
			if (webUrl('https://bücher.example/')) read += 1;
			assertDomainAllowed('https://bücher.example/', restriction);
		}
		expect(read).toBe(20_000);
	});
});

describe('http:// where keys are fetched from', () => {
	const plain = (host: string, allows?: boolean) => () => httpsUrl(`http://${host}/`, 'X', allows);

	it.each([
		'keycloak:8080',
		'10.0.0.1',
		'172.16.0.1',
		'172.31.255.255:81',
		'192.168.1.1',
		'[fd00::1]',
	])('is accepted of %s only where somebody said so', (host) => {
		expect(plain(host)).toThrow(
			expect.objectContaining({
				code: 'URL_INVALID',
				hint: expect.stringContaining('Allow Plain HTTP in Own Network'),
			}),
		);
		expect(plain(host, true)).not.toThrow();
		expect(isPlainInOwnNetwork(new URL(`http://${host}/`))).toBe(true);
		expect(isPlainInOwnNetwork(new URL(`https://${host}/`))).toBe(false);
	});

	it.each([
		'keycloak.example',
		'keycloak.local',
		'keycloak.',
		'10.0.0.1.example',
		'172.15.0.1',
		'172.32.0.1',
		'192.169.1.1',
		'8.8.8.8',
		'134744072',
		'[2001:db8::1]',
		'[fe80::1]',
		'169.254.169.254',
	])('is never accepted of %s', (host) => {
		expect(plain(host, true)).toThrow(expect.objectContaining({ code: 'URL_INVALID' }));
	});

	it('is always accepted of this machine', () => {
		for (const host of ['localhost:1', '127.0.0.1', '[::1]']) {
			expect(plain(host)).not.toThrow();
			expect(isPlainInOwnNetwork(new URL(`http://${host}/`))).toBe(false);
		}
	});
});
describe('an address that keys are fetched from', () => {
	it.each([
		['https://issuer.example/keys', 'https://issuer.example/keys'],
		['  https://issuer.example \n', 'https://issuer.example/'],
		['http://localhost:8080/a', 'http://localhost:8080/a'],
		['http://127.0.0.1/', 'http://127.0.0.1/'],
		['http://127.255.255.254/', 'http://127.255.255.254/'],
		['http://[::1]:1/', 'http://[::1]:1/'],
	])('%j is read as %s', (text, href) => {
		expect(httpsUrl(text, 'JWKS URL').href).toBe(href);
	});

	it.each([
		['http://issuer.example/', 'begins with http://', 'https://'],
		['http://localhost.example/', 'begins with http://', 'this machine'],
		['http://mylocalhost/', 'begins with http://', 'Allow Plain HTTP in Own Network'],
		['http://128.0.0.1/', 'begins with http://', 'this machine'],
		['http://127.0.0.1.example/', 'begins with http://', 'this machine'],
		['https://me@issuer.example/', 'has a user name or password', 'Basic header'],
		['issuer.example', 'is not a web address', 'beginning with https://'],
		['ftp://issuer.example/', 'is not a web address', 'whole address'],
		['', 'is not a web address', 'whole address'],
	])('%j is refused by the name of its field', (text, what, hint) => {
		const error = expectCode('URL_INVALID', () => httpsUrl(text, 'JWKS URL'));
		expect(error.message).toContain(`JWKS URL ${what}`);
		expect(error.hint).toContain(hint);
		if (text !== '') expect(error.message).not.toContain(text);
	});
});

it.each([
	[true, 'https://x.test/.well-known/openid-configuration'],
	[true, 'https://x.test/t/.well-known/openid-configuration?a=1'],
	[true, 'https://x.test/.well-known/oauth-authorization-server/t'],
	[true, 'https://x.test/.well-known/jwks.json'],
	[false, 'https://x.test/.well-known/token'],
	[false, 'https://x.test/.well-known/openid-configurations'],
	[false, 'https://x.test/token?next=/.well-known/openid-configuration'],
])('is the address of a document about an issuer: %s for %s', (expected, url) => {
	expect(isIssuerDocument(new URL(url))).toBe(expected);
});

describe('a user in an address', () => {
	it.each(['https://me:pass@x.test', 'https://me@x.test', 'https://:pass@x.test'])(
		'is refused, without being shown: %s',
		(text) => {
			const error = expectCode('URL_INVALID', () => assertNoUser(new URL(text), 'The URL'));
			expect(error.message).toBe('The URL has a user name or password in it.');
			expect(error.hint).toContain('in place of the token');
		},
	);

	it('is none where @ stands in the path', () => {
		expect(() => assertNoUser(new URL('https://x.test/@me:pass'), 'The URL')).not.toThrow();
	});
});

describe('the host of an address', () => {
	it.each([
		['https://API.Example.com:8443/x', 'api.example.com'],
		['http://example.com./', 'example.com'],
		['https://[::1]/', '[::1]'],
		['https://bücher.example', 'xn--bcher-kva.example'],
	])('of %s is %s', (url, host) => {
		expect(hostOf(url)).toBe(host);
	});

	it.each(['/items?token=t0p', 'ftp://example.com', 'https://', 'https://./?token=t0p', ''])(
		'is missed in %j, which is not shown',
		(url) => {
			expect(expectCode('URL_INVALID', () => hostOf(url)).message).toBe(
				'The request has no valid, absolute URL.',
			);
		},
	);
});

describe('a base and what follows it', () => {
	it.each([
		['https://x.test', 'a', 'https://x.test/a'],
		['https://x.test/v1/', '/a?b=//c', 'https://x.test/v1/a?b=//c'],
		['https://x.test///', '///a', 'https://x.test/a'],
		['///', '///', '/'],
	])('%s and %s are %s', (base, path, joined) => {
		expect(joinBySlash(base, path)).toBe(joined);
	});

	it('leaves what is not a slash as it is', () => {
		fc.assert(
			fc.property(fc.string(), fc.string(), (base, path) => {
				const joined = joinBySlash(base, path);
				expect(joined).toBe(`${base.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`);
			}),
		);
	});
});

describe('taking a query parameter out of a URL', () => {
	it.each([
		['https://h/p?a=1&token=x&b=%20', 'https://h/p?a=1&b=%20'],
		['https://h/p?%74oken=x&a=%zz', 'https://h/p?a=%zz'],
		['https://h/p?token=x&token=y', 'https://h/p'],
		['https://h/p?token', 'https://h/p'],
	])('%s becomes %s', (url, rest) => {
		expect(withoutQueryParameter(url, 'token')).toBe(rest);
	});

	it('leaves a name that begins with a question mark to the letter', () => {
		const url = 'https://h/p??a=1&token=x&?b=2';
		expect(withoutQueryParameter(url, 'token')).toBe('https://h/p??a=1&?b=2');
	});

	it.each([
		'https://h/p?',
		'https://h/p??token=1&b=2',
		'https://h/p?a=token',
		'https://h/p#token=1',
	])('leaves %s to the letter', (url) => {
		expect(withoutQueryParameter(url, 'token')).toBe(url);
	});
});

it.each([undefined, '', '  '])('takes nothing out for the name %j', (name) => {
	expect(withoutQueryParameter('https://h/p?=1&%20=2', name)).toBe('https://h/p?=1&%20=2');
});

it('takes a parameter out by its name without blanks around it', () => {
	expect(withoutQueryParameter('https://h/p?a=1&token=x', ' token ')).toBe('https://h/p?a=1');
});

it('lists the decoded names of the query, repeated ones too', () => {
	expect(queryParameterNames('https://h/p?a=1&%74oken=x&a=2&b')).toEqual(['a', 'token', 'a', 'b']);
	expect(queryParameterNames('https://h/p#?a=1')).toEqual([]);
});
