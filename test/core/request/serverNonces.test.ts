import { asksForNonce, ServerNonces } from '../../../core/request/serverNonces';

describe('the nonces of servers', () => {
	it('are kept by origin, the latest of each', () => {
		const nonces = new ServerNonces();
		const at = (address: string) => nonces.nonceFor(new URL(address));
		expect(at('https://a.example.com/x')).toBeUndefined();
		expect(nonces.note('https://a.example.com/token', { 'dpop-nonce': 'n-1' })).toBe(true);
		expect(nonces.note('https://a.example.com/other?q', { 'dpop-nonce': 'n-2' })).toBe(true);
		expect(at('https://a.example.com/x')).toBe('n-2');
		for (const other of [
			'http://a.example.com/',
			'https://a.example.com:8443/',
			'https://b.test/',
		]) {
			expect(at(other)).toBeUndefined();
		}
	});

	it('are as many as there is room for', () => {
		const nonces = new ServerNonces(2);
		for (const host of ['a', 'b', 'c'])
			nonces.note(`https://${host}.test/`, { 'dpop-nonce': host });
		expect(nonces.nonceFor(new URL('https://a.test/'))).toBeUndefined();
		expect(nonces.nonceFor(new URL('https://c.test/'))).toBe('c');
	});

	it.each([
		undefined,
		'',
		'two words',
		'a\nb',
		'a"b',
		'a\\b',
		'ü',
		'x'.repeat(1025),
		['a', 'b'],
		7,
	])('are not %j', (nonce) => {
		const nonces = new ServerNonces();
		expect(nonces.note('https://a.test/', { 'dpop-nonce': nonce })).toBe(false);
		expect(nonces.nonceFor(new URL('https://a.test/'))).toBeUndefined();
	});
});

it.each(['', '/token', 'ftp://a.test/'])('no nonce is kept for %j, which has no origin', (url) => {
	expect(new ServerNonces().note(url, { 'dpop-nonce': 'n-1' })).toBe(false);
});

describe('a refusal', () => {
	it.each<[number, Record<string, unknown>, unknown, boolean]>([
		[401, { 'www-authenticate': 'DPoP error="use_dpop_nonce", algs="ES256"' }, undefined, true],
		[400, {}, 'use_dpop_nonce', true],
		[401, { 'www-authenticate': 'DPoP error="invalid_token"' }, undefined, false],
		[401, {}, 'invalid_dpop_proof', false],
		[200, {}, 'use_dpop_nonce', false],
		[500, { 'www-authenticate': 'DPoP error="use_dpop_nonce"' }, undefined, false],
	])('%s %j %j asks for a nonce: %s', (status, headers, error, expected) => {
		expect(asksForNonce(status, headers, error)).toBe(expected);
	});
});
