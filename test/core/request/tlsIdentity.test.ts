import { withoutRedirects, withTlsIdentity } from '../../../core/request/tlsIdentity';

const identity = { cert: 'c', key: 'k' };

describe('a request with a client certificate', () => {
	it('is left alone where there is none', () => {
		const request = { url: 'https://a.example.com/' };
		expect(withTlsIdentity(request, undefined)).toBe(request);
	});

	it('of the new helper is connected with it, and followed nowhere', () => {
		const request = Object.freeze({ url: 'https://a.example.com/', arrayFormat: 'comma' });
		expect(withTlsIdentity(request, identity)).toEqual({
			...request,
			agentOptions: identity,
			disableFollowRedirect: true,
		});
	});

	it('of the legacy helper is as well, in the words of that', () => {
		const request = { uri: 'https://a.example.com/', followRedirect: true, maxRedirects: 21 };
		expect(withTlsIdentity(request, identity)).toEqual({
			...request,
			agentOptions: identity,
			followRedirect: false,
			followAllRedirects: false,
		});
	});

	it('keeps what else is said of the connection, and is the same when done twice', () => {
		const agentOptions = Object.freeze({ ca: 'root', cert: 'of the node', key: 'of the node' });
		const once = withTlsIdentity({ url: 'https://a.example.com/', agentOptions }, identity);
		expect(once.agentOptions).toEqual({ ca: 'root', ...identity });
		expect(withTlsIdentity(once, identity)).toEqual(once);
	});
});

it('a request without redirects stays one of the helper it was made for', () => {
	const twice = withoutRedirects(withoutRedirects({ url: 'https://a.example.com/' }));
	expect(twice).not.toHaveProperty('followRedirect');
});
