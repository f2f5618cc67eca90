import { assertDomainAllowed } from '../../../core/request/allowedDomains';
import { webUrl } from '../../../core/shared/url';

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
