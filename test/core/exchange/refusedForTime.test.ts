import { JwtAuthError } from '../../../core/errors';
import { isRefusedForTime, withClock } from '../../../core/exchange/refusedForTime';

const refused = (body: unknown, status = 400, headers = {}, tokenField = 'access_token') =>
	isRefusedForTime(
		{ status, headers, body: typeof body === 'string' ? body : JSON.stringify(body) },
		{ tokenField },
	);

describe('a refusal for the times of an assertion', () => {
	it.each([
		"'Expiration time' claim ('exp') is too far in the future",
		"'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
		'Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe.',
		'AADSTS700024: Client assertion is not within its valid time range.',
		'Token is not active',
		'Token used too early',
		'The assertion has expired',
		"Please check the 'exp' claim",
		'token is not yet valid',
	])('is told by its words: %s', (error_description) => {
		expect(refused({ error: 'invalid_grant', error_description })).toBe(true);
	});

	it('is told in a text, with a good status and in the challenge', () => {
		expect(refused('jwt expired')).toBe(true);
		expect(refused({ code: 4100, msg: 'jwt expired' }, 200)).toBe(true);
		const challenge = 'Bearer error="invalid_token", error_description="The token expired"';
		expect(refused('', 401, { 'www-authenticate': challenge })).toBe(true);
	});

	it('is told with a good status though a token stands beside the error', () => {
		const error = { error: 'invalid_grant', error_description: 'expired' };
		expect(refused({ access_token: 'at', ...error }, 200)).toBe(true);
	});

	it('is told by members where the whole answer is the token, and not by a text, which may be one', () => {
		expect(refused({ code: 4100, msg: 'jwt expired' }, 200, {}, '')).toBe(true);
		expect(refused('opaque.exp.token', 200, {}, '')).toBe(false);
	});

	it.each<[string, unknown, number]>([
		['another reason', { error: 'invalid_client', error_description: 'unknown expert' }, 400],
		['a token', { access_token: 'at', expires_in: 60, message: 'expires soon' }, 200],
		['a token of a form', 'access_token=at&message=expires', 200],
		['a fault of the server', { message: 'certificate expired' }, 500],
		['a redirect', 'expired', 302],
		['a choice of addresses', 'expired', 300],
		['a web page', '<html>expired</html>', 400],
	])('is not %s', (_what, body, status) => {
		expect(refused(body, status)).toBe(false);
	});
});

describe('an error that tells of the clock', () => {
	const error = new JwtAuthError('EXCHANGE_REJECTED', 'No.', { hint: 'Do.' });

	it('says how it differs, and keeps code and hint', () => {
		expect(withClock(error, 90_400)).toMatchObject({
			code: 'EXCHANGE_REJECTED',
			hint: 'Do.',
			message:
				"No. The clock of this machine is 90 seconds behind that of the server; a second try with the server's time did not help.",
		});
		expect(withClock(error, -90_400)).toMatchObject({
			message: expect.stringContaining('90 seconds ahead of'),
		});
		expect(withClock(error, 0)).toMatchObject({
			message: expect.stringContaining('with the time of this machine'),
		});
		expect(withClock(error, 86_400_000)).toMatchObject({
			message: expect.stringContaining('86400 seconds behind that of the server; a second try'),
		});
		expect(withClock(error, 86_401_000)).toMatchObject({
			message: expect.stringMatching(/86401 seconds behind.*too far.*Set the clock/),
		});
	});

	it('is itself where nothing was tried', () => {
		expect(withClock(error, undefined)).toBe(error);
		expect(withClock('x', 5)).toBe('x');
	});
});
