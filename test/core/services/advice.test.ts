import { adviceOf, CLOCK } from '../../../core/services/advice';

it('speaks of the clock beside what a service has to say', () => {
	expect(adviceOf({ advice: 'Check Client ID.' })).toMatch(/^Check Client ID\. The clock /);
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
