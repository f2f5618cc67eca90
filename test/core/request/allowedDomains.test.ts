import fc from 'fast-check';
import {
	assertAddressAllowed,
	assertDomainAllowed,
	isHostListed,
} from '../../../core/request/allowedDomains';
import { webUrl, hostOf } from '../../../core/shared/url';
import { expectCode } from '../support/expectCode';

const restriction = (allowedDomains: string) => ({ mode: 'domains' as const, allowedDomains });

describe('isHostListed', () => {
	it.each([
		['api.example.com', 'api.example.com', true],
		['api.example.com', 'other.org, api.example.com', true],
		['api.example.com', 'API.Example.COM.', true],
		['api.example.com', '*.example.com', true],
		['a.b.example.com', '*.example.com', true],
		['[::1]', '[::1]', true],
		['example.com', '*.example.com', false],
		['evilexample.com', '*.example.com', false],
		['example.com.evil.org', 'example.com', false],
		['api.example.com', 'example.com', false],
		['api.example.com', '*', false],
		['api.example.com', '*.', false],
		['api.example.com', 'https://api.example.com', false],
		['api.example.com', 'api.example.com:443', false],
		['api.example.com', '', false],
		['api.example.com', ' , ,', false],
		['', '', false],
		['', ' , api.example.com', false],
		['a.', '*..', false],
	])('%s on "%s": %s', (host, list, expected) => {
		expect(isHostListed(host, list)).toBe(expected);
	});

	it('agrees with the matcher of n8n 2.41', async () => {
		const { isDomainAllowed } = await import('n8n-workflow');
		const label = fc.constantFrom('a', 'example', 'com', 'evil', '*', '');
		const name = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join('.'));
		fc.assert(
			fc.property(name, fc.array(name, { minLength: 1, maxLength: 3 }), (host, list) => {
				fc.pre(/[a-z]/.test(host) && webUrl(`https://${host}/`) !== undefined);
				fc.pre(list.some((entry) => entry !== ''));
				const url = `https://${host}/`;
				const allowedDomains = list.join(', ');
				expect(isHostListed(hostOf(url), allowedDomains)).toBe(
					isDomainAllowed({ url, allowedDomains }),
				);
			}),
			{ numRuns: 2000 },
		);
	});
});

describe('assertDomainAllowed', () => {
	it('looks at the host alone: case, port, path and user name do not matter', () => {
		expect(() =>
			assertDomainAllowed('https://u:p@API.Example.com:8443/x?y', restriction('api.example.com')),
		).not.toThrow();
	});

	it('is not fooled by a host in front of an @', () => {
		expect(() =>
			assertDomainAllowed('https://api.example.com@evil.org/', restriction('api.example.com')),
		).toThrow(expect.objectContaining({ code: 'DOMAIN_NOT_ALLOWED' }));
	});

	it('names the refused host and the list, but nothing else of the URL', () => {
		const { message, hint } = expectCode('DOMAIN_NOT_ALLOWED', () =>
			assertDomainAllowed('https://evil.org/?key=canary', restriction('api.example.com')),
		);
		expect(message).toBe(
			'This credential may not be used with evil.org. Its Allowed Domains are: api.example.com.',
		);
		expect(hint).toBe(
			'Add evil.org to Allowed Domains in the credential, with a comma between two hosts, or choose All under Allowed HTTP Request Domains.',
		);
	});

	it.each(['', ' '])('refuses everything while the list is empty, and says so: %j', (list) => {
		const { message, hint } = expectCode('DOMAIN_NOT_ALLOWED', () =>
			assertDomainAllowed('https://a.example/', restriction(list)),
		);
		expect(message).toBe(
			'This credential may not be used with a.example: its Allowed Domains are empty.',
		);
		expect(hint).toContain('Add a.example to Allowed Domains');
	});

	it('shows the list without the blanks around it', () => {
		const { message } = expectCode('DOMAIN_NOT_ALLOWED', () =>
			assertDomainAllowed('https://a.example/', restriction(' b.example, c.example\n')),
		);
		expect(message).toMatch(/ are: b\.example, c\.example\.$/);
	});

	it('refuses every request in mode none, even to a listed host, and says which choice does it', () => {
		const { message, hint } = expectCode('DOMAIN_NOT_ALLOWED', () =>
			assertDomainAllowed('https://a.example/', { mode: 'none', allowedDomains: 'a.example' }),
		);
		expect(message).toContain('Allowed HTTP Request Domains: None');
		expect(hint).toMatch(/^Choose All in the credential, or Specific Domains/);
	});

	it('allows every request in mode all', () => {
		expect(() =>
			assertDomainAllowed('https://a.example/', { mode: 'all', allowedDomains: '' }),
		).not.toThrow();
	});

	it.each(['', 'api.example.com/x', '/x', 'https://'])('refuses the URL %j', (url) => {
		expect(() => assertDomainAllowed(url, { mode: 'all', allowedDomains: '' })).toThrow(
			expect.objectContaining({ code: 'URL_INVALID' }),
		);
	});
});

describe('assertAddressAllowed', () => {
	const domains = restriction('api.example.com');

	it.each([
		{ url: 'https://api.example.com/x' },
		{ uri: 'https://api.example.com/x' },
		{ url: '/x', baseURL: 'https://api.example.com' },
		{ url: 'x?to=https://evil.org', baseURL: 'https://api.example.com/v1' },
	])('lets a request to a listed host pass: %j', (request) => {
		expect(() => assertAddressAllowed(request, domains)).not.toThrow();
	});

	it.each([
		{ url: 'https://evil.org/x' },
		{ uri: 'https://evil.org/x' },
		{ url: 'https://evil.org/x', uri: 'https://api.example.com/x' },
		{ url: 'https://evil.org/x', baseURL: 'https://api.example.com' },
		{ url: 'https://api.example.com@evil.org/x' },
	])('refuses any other, whichever member says where it goes: %j', (request) => {
		const { message } = expectCode('DOMAIN_NOT_ALLOWED', () =>
			assertAddressAllowed(request, domains),
		);
		expect(message).toContain('with evil.org.');
	});

	it.each(['https://user@api.example.com/x', 'https://:secret@api.example.com/x'])(
		'refuses a user name or password in the URL: %s',
		(url) => {
			const { message } = expectCode('URL_INVALID', () => assertAddressAllowed({ url }, domains));
			expect(message).toBe('The URL has a user name or password in it.');
		},
	);

	it('refuses a request without a whole address', () => {
		expectCode('URL_INVALID', () =>
			assertAddressAllowed({ url: '/x' }, { mode: 'all', allowedDomains: '' }),
		);
	});
});
