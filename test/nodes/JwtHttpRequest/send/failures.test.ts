import { JwtAuthError } from '../../../../core/errors';
import { startDeadline } from '../../../../core/request/deadline';
import {
	brokenBody,
	isConnectionFailure,
	statusError,
	toError,
} from '../../../../nodes/JwtHttpRequest/send/failures';
import { hop, senderTo } from '../support/sender';

/** The error for a status, as a person sees it. */
function refused(
	statusCode: number,
	{ body = '', headers = {}, statusMessage = '', type = 'jwtTokenApi', authenticated = true } = {},
) {
	const { sender } = senderTo(() => ({}));
	sender.credential = { ...sender.credential, type };
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

	it.each([
		['jwtSignApi', 'Key ID'],
		['jwtExchangeApi', 'scope and audience'],
		['jwtTokenApi', 'new token from its issuer'],
	])('of 401 comes with advice for %s', (type, advice) => {
		expect(refused(401, { type }).description).toContain(advice);
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
		expect(brokenBody(new Error('aborted'), deadline)).toMatchObject({
			code: 'RESPONSE_INCOMPLETE',
		});
		const late = { ...deadline, isOver: () => true };
		expect(brokenBody(new Error('aborted'), late)).toMatchObject({ code: 'RESPONSE_TIMEOUT' });
	});

	it('keeps an error that says more', () => {
		const error = new JwtAuthError('RESPONSE_TOO_LARGE', 'too large');
		expect(brokenBody(error, deadline)).toBe(error);
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
