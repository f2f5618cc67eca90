import { adviceOf, adviceOn, CLOCK } from '../../../core/services/advice';
import { auth0 } from '../../../core/services/auth0';
import { salesforceBearer } from '../../../core/services/salesforceBearer';

it('speaks of the clock beside what a service has to say', () => {
	expect(adviceOf({ advice: 'Check Client ID.' })).toMatch(/^Check Client ID\. The clock /);
});

describe('a key that n8n makes', () => {
	const shown = 'JWT Sign > Get Public Key shows its public half.';

	it('is spoken of where the form offers it: a test of a credential cannot see which one it is', () => {
		expect(adviceOf(auth0)).toContain(`of the application. With Key Source Generate, `);
		expect(adviceOf(auth0)).toContain(shown);
		expect(adviceOf({ advice: 'Check Client ID.' })).not.toContain(shown);
	});

	it('is spoken of where a reason leads to Private Key, which its form does not have', () => {
		expect(adviceOn('invalid assertion', salesforceBearer, true)).toContain(shown);
		expect(adviceOn('invalid assertion', salesforceBearer, false)).toBe(
			'Check Private Key: the certificate in the app has to be of it.',
		);
		expect(adviceOn("user hasn't approved this consumer", salesforceBearer, true)).not.toContain(
			shown,
		);
	});

	it('is spoken of where nothing is known of the reason, unless the key was pasted', () => {
		expect(adviceOn('no', auth0, true)).toBe(adviceOf(auth0));
		expect(adviceOn('no', auth0, false)).not.toContain('Generate');
	});
});

it.each([
	'Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe.',
	"'Expiration time' claim ('exp') is too far in the future",
	"'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
	'The client_assertion is expired.',
	'expired authorization code',
	'Token is not active',
	'"exp" claim timestamp check failed',
	"Please check the 'exp' claim.",
])('finds the time in "%s"', (words) => {
	expect(CLOCK[0].test(words)).toBe(true);
});

it.each([
	'unexpected parameter: experience',
	'Check the client identifier',
	'activation needed: the user is not activated by an administrator',
	'invalid_grant',
])('finds none in "%s"', (words) => {
	expect(CLOCK[0].test(words)).toBe(false);
});
