import type { DomainRestriction } from '../../../core/request/sendingSettings';
import fc from 'fast-check';

import { isRedirect, mayCarryToken, nextHop, type Hop } from '../../../core/http/redirects';

const ALL: DomainRestriction = { mode: 'all', allowedDomains: '' };
const listed = (allowedDomains: string): DomainRestriction => ({ mode: 'domains', allowedDomains });

const hop = (changes: Partial<Hop> = {}): Hop => ({
	method: 'GET',
	url: 'https://api.example.com/a?x=1',
	headers: { accept: '*/*', 'X-Api-Key': 'typed', cookie: 'typed', authorization: 'Basic typed' },
	body: undefined,
	authenticated: true,
	...changes,
});

function follow(from: Hop, location: string, domains = ALL, statusCode = 302, parameter?: string) {
	return nextHop(from, { statusCode, location }, { domains, tokenParameter: parameter });
}

describe('what counts as a redirect', () => {
	it.each([
		[301, '/x', true],
		[302, '/x', true],
		[303, '/x', true],
		[307, '/x', true],
		[308, '/x', true],
		[300, '/x', false],
		[304, '/x', false],
		[201, '/x', false],
		[302, undefined, false],
		[302, '', false],
	])('%s with location %s: %s', (statusCode, location, expected) => {
		expect(isRedirect({ statusCode, location })).toBe(expected);
	});
});

describe('the method after a redirect, as in fetch', () => {
	it.each([
		[301, 'POST', 'GET'],
		[302, 'POST', 'GET'],
		[303, 'POST', 'GET'],
		[303, 'PUT', 'GET'],
		[303, 'DELETE', 'GET'],
		[303, 'HEAD', 'HEAD'],
		[301, 'PUT', 'PUT'],
		[302, 'PATCH', 'PATCH'],
		[301, 'HEAD', 'HEAD'],
		[307, 'POST', 'POST'],
		[308, 'POST', 'POST'],
	])('%s turns %s into %s', (statusCode, method, expected) => {
		const headers = { 'Content-Type': 'text/plain', 'content-language': 'de', 'x-a': '1' };
		const next = follow(hop({ method, headers, body: 'text' }), '/b', ALL, statusCode);
		expect(next.method).toBe(expected);
		const kept = expected === method;
		expect(next.body).toBe(kept ? 'text' : undefined);
		expect(next.headers).toEqual(kept ? headers : { 'x-a': '1' });
	});
});

describe('where the token goes', () => {
	const A = 'https://api.example.com/a';
	it.each<[string, string, string, DomainRestriction, boolean]>([
		['the same origin', A, 'https://api.example.com/b', ALL, true],
		['the same origin, default port written', A, 'https://api.example.com:443/b', ALL, true],
		['another port', A, 'https://api.example.com:8443/b', ALL, false],
		['another host', A, 'https://cdn.example.com/b', ALL, false],
		['a subdomain', A, 'https://x.api.example.com/', ALL, false],
		['http to https', 'http://api.example.com/', 'https://api.example.com/', ALL, false],
		['https to http', A, 'http://api.example.com/', ALL, false],
		['a listed host', A, 'https://cdn.example.com/b', listed('*.example.com'), true],
		['a listed host, other port', A, 'https://api.example.com:1/', listed('api.example.com'), true],
		['a listed host, http to https', 'http://a.example/', A, listed('api.example.com'), true],
		['a listed host, https to http', A, 'http://api.example.com/', listed('*.example.com'), false],
		[
			'a listed host, http to http',
			'http://a.example/',
			'http://b.example/',
			listed('b.example'),
			true,
		],
		['the same origin, http', 'http://a.example/1', 'http://a.example/2', ALL, true],
		[
			'a host on a list that is not in use',
			A,
			'https://cdn.example.com/b',
			{ mode: 'all', allowedDomains: '*.example.com' },
			false,
		],
		['a host like a listed one', A, 'https://evilexample.com/', listed('*.example.com'), false],
	])('%s', (_name, from, to, domains, expected) => {
		expect(mayCarryToken(from, to, domains)).toBe(expected);
	});

	it('takes typed headers along exactly where the token goes', () => {
		expect(follow(hop(), '/b').headers).toEqual(hop().headers);
		expect(follow(hop(), 'https://cdn.example.com/').headers).toEqual({ accept: '*/*' });
		const both = listed('api.example.com, cdn.example.com');
		expect(follow(hop(), 'https://cdn.example.com/', both).headers).toEqual(hop().headers);
	});

	it('refuses an unlisted host under Specific Domains', () => {
		expect(() => follow(hop(), 'https://evil.example/', listed('api.example.com'))).toThrow(
			expect.objectContaining({
				code: 'DOMAIN_NOT_ALLOWED',
				message:
					"api.example.com redirected to evil.example, which is not one of the credential's Allowed Domains.",
			}),
		);
	});

	it('sends no body to another origin', () => {
		for (const body of ['text', Buffer.from('bytes')]) {
			const post = hop({ method: 'POST', body });
			expect(() => follow(post, 'https://cdn.example.com/', ALL, 307)).toThrow(
				expect.objectContaining({
					code: 'REDIRECT_BODY_REFUSED',
					message:
						'api.example.com redirected the POST to https://cdn.example.com; its body is not sent to another origin.',
				}),
			);
		}
		expect(follow(hop({ method: 'POST' }), 'https://cdn.example.com/', ALL, 307).method).toBe(
			'POST',
		);
	});

	it('never gives a token back that was lost on the way, whatever the way', () => {
		const origins = [
			'https://api.example.com',
			'http://api.example.com',
			'https://b.example',
			'http://b.example:81',
		];
		const policies = [ALL, listed('api.example.com, b.example')];
		fc.assert(
			fc.property(
				fc.array(fc.constantFrom(...origins), { minLength: 1, maxLength: 8 }),
				fc.constantFrom(...policies),
				(way, domains) => {
					let current = hop();
					let lost = false;
					for (const origin of way) {
						lost ||= !mayCarryToken(current.url, `${origin}/x`, domains);
						current = follow(current, `${origin}/x`, domains);
						expect(current.authenticated).toBe(!lost);
						if (lost) expect(Object.keys(current.headers)).toEqual(['accept']);
					}
				},
			),
		);
	});
});

describe('the address of a redirect', () => {
	it('may be relative, and loses user name, password and fragment', () => {
		expect(follow(hop(), '../b?y=2#z').url).toBe('https://api.example.com/b?y=2');
		expect(follow(hop(), '//user:pw@cdn.example.com/').url).toBe('https://cdn.example.com/');
	});

	it('loses the parameter that held the token, if the server repeats it', () => {
		const next = follow(hop(), 'https://evil.example/?a=%20b&jw%74=SECRET&c', ALL, 302, 'jwt');
		expect(next.url).toBe('https://evil.example/?a=%20b&c');
	});

	it.each(['javascript:alert(1)', 'file:///etc/passwd', 'http://', 'https://[x'])(
		'%s is refused without being quoted',
		(location) => {
			expect(() => follow(hop(), location)).toThrow(
				expect.objectContaining({
					code: 'REDIRECT_INVALID',
					message: 'api.example.com redirected to something that is not an http or https address.',
				}),
			);
		},
	);
});
