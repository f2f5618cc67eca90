import { assertDomainAllowed } from '../../../core/request/allowedDomains';
import { httpsUrl, isPlainInOwnNetwork, webUrl } from '../../../core/shared/url';

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
