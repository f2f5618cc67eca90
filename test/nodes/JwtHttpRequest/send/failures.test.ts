import { JwtAuthError } from '../../../../core/errors';
import { noteSentToken } from '../../../../core/request/sentTokens';
import { startDeadline } from '../../../../core/request/deadline';
import {
	brokenBodyError,
	isConnectionFailure,
	statusError,
	toError,
} from '../../../../nodes/JwtHttpRequest/send/failures';
import { signByHand } from '../../../core/support/tokens';
import { hop, senderTo } from '../support/sender';

/** The error for a status, as a person sees it. */
function refused(
	statusCode: number,
	{
		body = '',
		headers = {},
		statusMessage = '',
		type = 'jwtTokenApi',
		authenticated = true,
		token = undefined as string | undefined,
		algorithm = 'HS256',
	} = {},
) {
	const { sender } = senderTo(() => ({}));
	sender.credential = { ...sender.credential, type, data: { algorithm } };
	const data = {};
	if (token !== undefined) noteSentToken(data, token);
	sender.secrets.noteSent(data);
	const answer = { statusCode, statusMessage, headers, hop: { ...hop(), authenticated } };
	const response = { ...answer, close: () => {} };
	return statusError({ ...sender, itemIndex: 3 }, response, Buffer.from(body));
}

describe('a status that is not wanted', () => {
	it('is told with its phrase and the reason the API gives, for its item', () => {
		expect(refused(404, { statusMessage: 'Not Found', body: ' no such user ' })).toMatchObject({
			message: 'The API answered 404 Not Found',
			description: 'no such user',
			httpCode: '404',
			context: { itemIndex: 3 },
		});
	});

	it('is told with the beginning of a long reason', () => {
		expect(refused(500, { body: 'x'.repeat(10_000) }).description).toHaveLength(500);
	});

	it('is told with the challenge of the API', () => {
		const headers = { 'www-authenticate': 'Bearer error="invalid_token"' };
		expect(refused(403, { headers }).description).toContain('error="invalid_token"');
	});

	it('is told with the sentence out of a JSON answer; all of the answer stands in the details', () => {
		const body = '{"code":41,"message":"aud is \\"x\\""}';
		const error = refused(400, { body, statusMessage: 'Bad Request' });
		expect(error.description).toBe('41: aud is "x"');
		expect(error.messages).toEqual([`400 Bad Request ${body}`]);
	});

	it('says nothing twice that its phrase or its challenge say', () => {
		const challenge = 'Bearer error="invalid_token", error_description="jwt expired"';
		const error = refused(403, {
			statusMessage: 'Forbidden',
			body: '{"message":"Forbidden"}',
			headers: { 'www-authenticate': challenge },
		});
		expect(error.description).toBe('jwt expired · Bearer error="invalid_token"');
	});

	describe('of 401 or 403', () => {
		const key = 'a-secret-of-at-least-thirty-two-bytes';
		const tokenWith = (claims: object) => signByHand({ alg: 'HS256' }, claims, key, 'HS256');
		const claims = { iss: 'n8n', aud: 'one', tenant: 'blue-whale', exp: 1_800_000_000 };
		const wants = { 'www-authenticate': 'Bearer audience="https://api.test/"' };

		it.each([
			['jwtSignApi', 'The token that was sent'],
			['jwtExchangeApi', 'The access token that was sent'],
		])('names the claims that were sent and their times, not their values (%s)', (type, words) => {
			const token = tokenWith(claims);
			const error = refused(401, { type, token });
			const names = 'iss, aud, tenant, exp (2027-01-15T08:00:00.000Z)';
			expect(error.description).toContain(`${words} has the claims ${names}.`);
			const shown = `${String(error.description)} ${JSON.stringify(error)}`;
			for (const part of ['blue-whale', ...token.split('.')]) expect(shown).not.toContain(part);
		});

		it.each([
			['another one', { aud: 'one' }, '; the token has another one'],
			['none', { sub: 'x' }, '; the token has none'],
		])('names the audience that the API wants where the token has %s', (_, given, compared) => {
			const { description } = refused(403, { headers: wants, token: tokenWith(given) });
			const expected = `The API wants "https://api.test/" as audience (aud)${compared}.`;
			expect(description).toContain(expected);
		});

		it('does not name the audience that the token has', () => {
			const token = tokenWith({ aud: ['two', 'https://api.test/'] });
			expect(refused(401, { headers: wants, token }).description).not.toContain('The API wants');
		});

		it('names the audience beside an access token that is no JWT, of which nothing is known', () => {
			const { description } = refused(401, { headers: wants, token: 'opaque' });
			expect(description).toContain('The API wants "https://api.test/" as audience (aud).');
			expect(description).not.toContain('has the claims');
		});

		it('speaks of no token where a redirect lost it', () => {
			const token = tokenWith(claims);
			const { description } = refused(401, { headers: wants, token, authenticated: false });
			expect(description).not.toMatch(/has the claims|The API wants/);
		});

		it.each([
			[-3600, '3600 seconds ahead of'],
			[3600, '3600 seconds behind'],
		])('tells a clock that is wrong by %s seconds', (seconds, words) => {
			jest.useFakeTimers({ now: Date.UTC(2026, 0, 1) });
			const date = new Date(Date.now() + seconds * 1000).toUTCString();
			const { description } = refused(401, { headers: { date }, token: tokenWith(claims) });
			expect(description).toContain(`This machine's clock is ${words} that of the API.`);
			const { description: fine } = refused(401, { headers: { date: new Date().toUTCString() } });
			expect(fine).not.toContain('clock');
			jest.useRealTimers();
		});
	});

	it.each([
		['jwtExchangeApi', 'scope and audience'],
		['jwtTokenApi', 'new token from its issuer'],
	])('of 401 comes with advice for %s', (type, advice) => {
		expect(refused(401, { type }).description).toContain(advice);
	});

	it.each([
		['HS512', 'The API may know another secret: compare Secret'],
		['ES256', 'The API may know another key: check first that the public key of Private Key'],
	])('of 401 names the key before what was sent (%s)', (algorithm, words) => {
		const token = signByHand({ alg: 'HS256' }, { iss: 'n8n' }, 'k'.repeat(32), 'HS256');
		const sent = { type: 'jwtSignApi', algorithm, body: '{"message":"Bad credentials"}', token };
		const { description } = refused(401, sent);
		expect(description?.split(' · ')).toEqual([
			'Bad credentials',
			expect.stringContaining(words),
			expect.stringContaining('The token that was sent has the claims iss'),
		]);
		const headers = { 'www-authenticate': 'Bearer audience="https://api.test/"' };
		const known = refused(401, { ...sent, headers }).description?.split(' · ') ?? [];
		expect(known.findIndex((part) => part.includes('as audience'))).toBe(
			known.findIndex((part) => part.includes(words)) - 1,
		);
	});

	it('of 401 says so where a redirect lost the token', () => {
		expect(refused(401, { authenticated: false }).description).toContain('gets no token');
	});

	it('of 429 advises to ask less often', () => {
		expect(refused(429).description).toContain('Batching or Retry');
	});

	it('has no secret of the answer in it, not even the part of one', () => {
		const { sender } = senderTo(() => ({}));
		const token = `eyJhbGciOiJIUzI1NiJ9.${'a'.repeat(800)}.${'b'.repeat(43)}`;
		const answer = { statusCode: 400, statusMessage: token, hop: hop(), close: () => {} };
		const headers = { 'www-authenticate': `Bearer ${token}` };
		const error = statusError(sender, { ...answer, headers }, Buffer.from(`bad: ${token}`));
		const shown = `${error.message} ${String(error.description)} ${JSON.stringify(error)}`;
		expect(shown).not.toContain('eyJhbGci');
		expect(shown).not.toContain('aaaaaaaa');
	});
});

describe('an answer that broke off', () => {
	const deadline = startDeadline(60_000);

	it('is told apart from one that took too long', () => {
		expect(brokenBodyError(new Error('aborted'), deadline)).toMatchObject({
			code: 'RESPONSE_INCOMPLETE',
		});
		const late = { ...deadline, isOver: () => true };
		expect(brokenBodyError(new Error('aborted'), late)).toMatchObject({ code: 'RESPONSE_TIMEOUT' });
	});

	it('keeps an error that says more', () => {
		const error = new JwtAuthError('RESPONSE_TOO_LARGE', 'too large');
		expect(brokenBodyError(error, deadline)).toBe(error);
	});
});

it.each([
	[true, new JwtAuthError('RESPONSE_TIMEOUT', 'x')],
	[true, new JwtAuthError('RESPONSE_INCOMPLETE', 'x')],
	[true, Object.assign(new Error('x'), { code: 'ECONNRESET' })],
	[false, new JwtAuthError('RESPONSE_TOO_LARGE', 'x')],
	[false, new Error('x')],
	[false, 'x'],
])('another try may help: %s for %s', (expected, error) => {
	expect(isConnectionFailure(error)).toBe(expected);
});

it('whatever was thrown becomes an error', () => {
	const error = new TypeError('x');
	expect(toError(error)).toBe(error);
	expect(toError('text')).toEqual(new Error('text'));
});
