import { redact } from '../../../core/shared/redact';

describe('redact', () => {
	it('takes out compact tokens', () => {
		const token = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjYW5hcnkifQ.c2lnbmF0dXJl';
		expect(redact(`invalid token ${token}!`)).toBe('invalid token [token removed]!');
	});

	it('takes out PEM blocks, whole or cut off', () => {
		expect(redact('x -----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY----- y')).toBe(
			'x [key removed] y',
		);
		expect(redact('x -----BEGIN EC PRIVATE KEY-----\nabc')).toBe('x [key removed]');
	});

	it('takes out the secrets it is told of, wherever they stand', () => {
		expect(redact('a canary$1 b canary$1', ['canary$1', 'b'])).toBe('a [removed] b [removed]');
	});

	it('leaves host names and plain text alone', () => {
		const text = 'getaddrinfo ENOTFOUND accounts.googleapis.com: see www.example.org/help.html';
		expect(redact(text)).toBe(text);
	});
});
