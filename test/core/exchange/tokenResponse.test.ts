import type { CredentialData } from '../../../core/settings/credentialFields';
import fc from 'fast-check';

import { handedOut, readTokenResponse } from '../../../core/exchange/tokenResponse';
import { readMember } from '../../../core/shared/objectPath';
import { expectCode, onlyJwtAuthErrors } from '../support/expectCode';
import { exchangeSettings } from '../support/exchangeCases';

const SENT_AT = Date.parse('2026-03-01T12:00:00Z');

interface Given {
	status?: number;
	headers?: Record<string, string>;
	body: unknown;
}

function read({ status = 200, headers = {}, body }: Given, data: CredentialData = {}) {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	const settings = exchangeSettings({ useAdvanced: true, ...data });
	return readTokenResponse({ status, headers, body: text }, settings, SENT_AT);
}

/** Seconds the token of an answer lives. */
function lifetime(given: Given, data?: CredentialData): number {
	const { expiresAt, obtainedAt } = read(given, data);
	expect(obtainedAt).toBe(SENT_AT);
	return (expiresAt - obtainedAt) / 1000;
}

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('the token', () => {
	it.each<[string, Given, CredentialData]>([
		['a JSON answer', { body: { access_token: 't' } }, {}],
		['status 201', { status: 201, body: { access_token: 't' } }, {}],
		[
			'an answer that is JSON but calls itself text',
			{ headers: { 'content-type': 'text/plain' }, body: '{"access_token":"t"}' },
			{},
		],
		[
			'a form-encoded answer',
			{
				headers: { 'content-type': 'application/x-www-form-urlencoded' },
				body: 'access_token=t&scope=a+b',
			},
			{},
		],
		['a form-encoded answer without a type', { body: 'access_token=t&expires_in=5' }, {}],
		['another field', { body: { id_token: 't' } }, { responseField: 'id_token' }],
		[
			'a path',
			{ body: { data: { tokens: [{ value: 't' }] } } },
			{ responseField: 'data.tokens[0].value' },
		],
		['a name with a dot', { body: { 'a.b': 't' } }, { responseField: 'a.b' }],
		['a list', { body: [{ token: 't' }] }, { responseField: '[0].token' }],
	])('is found in %s', (_what, given, data) => {
		expect(read(given, data).token).toBe('t');
	});

	it('keeps its type and the base URL of the API', () => {
		expect(
			read(
				{
					body: { access_token: 't', token_type: 'Token', instance_url: 'https://eu1.example.com' },
				},
				{ baseUrlField: 'instance_url' },
			),
		).toMatchObject({ tokenType: 'Token', baseUrl: 'https://eu1.example.com' });
	});

	it('has no base URL where the answer names none, and where none is asked for', () => {
		const asked = { baseUrlField: 'instance_url' };
		expect(read({ body: { access_token: 't' } }, asked).baseUrl).toBe('');
		expect(read({ body: { access_token: 't', instance_url: [7] } }, asked).baseUrl).toBe('');
		expect(read({ body: { access_token: 't', instance_url: 'https://a.test' } }).baseUrl).toBe('');
	});

	it('comes with what Answer Fields asks for, and with nothing else', () => {
		const body = { access_token: 't', scope: 'a b', id: 7 };
		expect(read({ body }, { answerFields: 'scope' }).answer).toEqual({ scope: 'a b' });
		expect(read({ body })).not.toHaveProperty('answer');
		expect(read({ body }, { answerFields: 'scope' })).not.toHaveProperty('scope');
	});

	it('keeps what a token exchange says of it, RFC 8693 §2.2.1', () => {
		const idToken = 'urn:ietf:params:oauth:token-type:id_token';
		const body = { access_token: 't', token_type: 'N_A', issued_token_type: idToken };
		expect(read({ body })).toMatchObject({ tokenType: 'N_A', issuedTokenType: idToken });
		expect(read({ body: { ...body, issued_token_type: [7] } }).issuedTokenType).toBe('');
	});

	it('is refused when it is bound to a key by DPoP', () => {
		expectCode('EXCHANGE_TOKEN_TYPE', () =>
			read({ body: { access_token: 't', token_type: 'DPoP' } }),
		);
	});

	it.each([{ access_token: '' }, { access_token: null }, {}])('is missed in %j', (body) => {
		const error = expectCode('EXCHANGE_TOKEN_MISSING', () =>
			read({ body: { id_token: 'x', ...body } }),
		);
		expect(error.message).toMatch(
			/^The token endpoint's answer has no token in "access_token"\. It has the fields? .*id_token/,
		);
		expect(error.hint).toContain('Enter the name of the field that holds the token');
	});

	it('is not missed where an object stands in its place', () => {
		const { message } = expectCode('EXCHANGE_TOKEN_INVALID', () =>
			read({ body: { access_token: { value: 't' } } }),
		);
		expect(message).toContain('"access_token"');
	});

	it('is told apart from a value that cannot be one, of which nothing is shown', () => {
		const { message } = expectCode('EXCHANGE_TOKEN_INVALID', () =>
			read(
				{ body: { data: { token: 'first-half\nsecond-half' } } },
				{ responseField: 'data.token' },
			),
		);
		expect(message).toMatch(/"data\.token".*has a line break/);
		expect(message).not.toMatch(/half/);
	});

	it.each([
		['text', 'text/plain', ' opaque-token\n'],
		['a JSON string', 'application/json', '"opaque-token"'],
	])('is the whole answer where Token Field is empty: %s', (_what, type, body) => {
		const given = { headers: { 'content-type': type }, body };
		expect(read(given, { responseField: '' }).token).toBe('opaque-token');
		expect(lifetime(given, { responseField: '', fallbackLifetime: '30m' })).toBe(1800);
	});

	it('is not an object that was taken whole', () => {
		const { message } = expectCode('EXCHANGE_TOKEN_MISSING', () =>
			read({ body: { access_token: 'secret-token' } }, { responseField: '' }),
		);
		expect(message).toMatch(/no token alone, as an empty Token Field wants it\. .*access_token/);
		expect(message).not.toContain('secret-token');
	});

	it('missed with a good status is told with what the server says', () => {
		const error = expectCode('EXCHANGE_TOKEN_MISSING', () =>
			read({ body: { code: 4100, msg: 'jwt expired' } }),
		);
		expect(error.message).toBe(
			'The token endpoint\'s answer has no token in "access_token", but says "4100: jwt expired". It has the fields code, msg.',
		);
		expect(error.hint).toContain('clock');
	});

	it('missed is told without secrets that the server says', () => {
		const handed = 'opaque-token-0123456789';
		const { message } = expectCode('EXCHANGE_TOKEN_MISSING', () =>
			read(
				{ body: { id_token: handed, msg: `box-s3cret gave ${handed}` } },
				{ clientSecret: 'box-s3cret' },
			),
		);
		expect(message).toContain('but says "[removed] gave [removed]"');
	});

	it('takes no member from the prototype', () => {
		for (const path of ['constructor', '__proto__', 'a.constructor.name', 'toString']) {
			expect(readMember({ a: {} }, path)).toBe(undefined);
		}
	});
});

describe('the life of the token', () => {
	const answer = (more: object): Given => ({ body: { access_token: 't', ...more } });

	it.each<[string, Given, number]>([
		['seconds', answer({ expires_in: 3599 }), 3599],
		['seconds as text', answer({ expires_in: '3599' }), 3599],
		['fractions', answer({ expires_in: 1.5 }), 1.5],
		[
			"GitHub's date without further settings",
			answer({ expires_at: '2026-03-01T13:00:00Z' }),
			3600,
		],
		['nothing: Fallback Lifetime', answer({}), 1800],
		['zero', answer({ expires_in: 0 }), 1800],
		['a negative number', answer({ expires_in: -5 }), 1800],
		['milliseconds by their name (Matrix)', answer({ expires_in_ms: 86_399_994 }), 86_399.994],
		['an HTTP date', answer({ expires_at: 'Sun, 01 Mar 2026 12:10:00 GMT' }), 600],
		['a date that has passed', answer({ expires_at: '2020-01-01' }), 1800],
		[
			'the exp of a token that is a JWT',
			{
				body: {
					access_token: `${part({ alg: 'none' })}.${part({ exp: SENT_AT / 1000 + 60 })}.c2ln`,
				},
			},
			60,
		],
	])('is read from %s', (_what, given, expected) => {
		expect(lifetime(given, { fallbackLifetime: '30m' })).toBe(expected);
	});

	it.each<[unknown, number]>([
		['2026-03-01T12:10:00Z', 600],
		['2026-03-01T13:10:00+01:00', 600],
		[SENT_AT / 1000 + 600, 600],
		[String(SENT_AT + 600_000), 600],
	])('is read from a point in time, %p', (until, expected) => {
		expect(
			lifetime({ body: { access_token: 't', x: { until } } }, { expiryField: 'x.until' }),
		).toBe(expected);
	});

	it('is Fallback Lifetime where Expiry Field is empty, whatever the answer says', () => {
		const data = { expiryField: '', fallbackLifetime: '30m' };
		expect(lifetime(answer({ expires_in: 60 }), data)).toBe(1800);
	});

	it("measures a point in time by the server's clock", () => {
		const headers = { date: 'Sun, 01 Mar 2026 12:30:00 GMT' };
		expect(
			lifetime({ headers, body: { access_token: 't', expires_at: '2026-03-01T13:00:00Z' } }),
		).toBe(1800);
	});
});

describe('an answer that is none', () => {
	it.each<[string, Given, RegExp]>([
		[
			'OAuth',
			{
				status: 400,
				body: {
					error: 'invalid_grant',
					error_description: 'Bad audience',
					error_uri: 'https://e.example/1',
				},
			},
			/400 with "invalid_grant: Bad audience"\. See https:\/\/e\.example\/1/,
		],
		[
			'OAuth with a good status',
			{ status: 200, body: { error: 'bad_verification_code' } },
			/bad_verification_code/,
		],
		[
			'Google',
			{ status: 403, body: { error: { code: 403, status: 'PERMISSION_DENIED', message: 'No' } } },
			/PERMISSION_DENIED: No/,
		],
		[
			'GitHub',
			{ status: 401, body: { message: 'Bad JWT', documentation_url: 'https://docs.example' } },
			/Bad JWT.*https:\/\/docs\.example/,
		],
		[
			'Okta',
			{ status: 401, body: { errorCode: 'E0000011', errorSummary: 'Invalid token' } },
			/E0000011: Invalid token/,
		],
		['plain text', { status: 403, body: 'needs a User-Agent' }, /needs a User-Agent/],
		[
			'a web page with a title',
			{ status: 403, body: '<html><title>Access denied</title></html>' },
			/with "Access denied"/,
		],
		[
			'a challenge',
			{
				status: 401,
				headers: { 'www-authenticate': 'Bearer error="invalid_token", error_description="Nay"' },
				body: {},
			},
			/with "invalid_token: Nay"/,
		],
		[
			'a challenge beside an empty text',
			{
				status: 401,
				headers: { 'www-authenticate': 'Bearer error="invalid_token", error_description="Nay"' },
				body: ' \n',
			},
			/with "invalid_token: Nay"/,
		],
		[
			'a text beside a challenge',
			{
				status: 401,
				headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
				body: 'Not you',
			},
			/with "Not you"/,
		],
		[
			'a sentence under no usual name',
			{ status: 400, body: { id: 'r-1', why: { en: 'The key is not registered' } } },
			/with "The key is not registered"/,
		],
		['XML', { status: 400, body: '<E><Error><Message>Nay</Message></Error></E>' }, /Nay/],
		[
			'a web page',
			{ status: 404, headers: { 'content-type': 'text/html' }, body: '<html>x</html>' },
			/404 without giving a reason/,
		],
	])('is refused in the words of %s', (_what, given, words) => {
		expect(expectCode('EXCHANGE_REJECTED', () => read(given)).message).toMatch(words);
	});

	it.each<[string, RegExp]>([
		["user hasn't approved this consumer", /pre-authorized/],
		['Invalid JWT Signature.', /Make a new key/],
		['consent_required', /consent/],
		['the audience is wrong', /"aud"/],
		['AADSTS700027: certificate with identifier was not found', /Upload the certificate/],
		['assertion has expired', /clock/],
		['', /Common causes/],
	])('has a hint for invalid_grant, %p', (description, hint) => {
		const body = { error: 'invalid_grant', error_description: description };
		expect(expectCode('EXCHANGE_REJECTED', () => read({ status: 400, body })).hint).toMatch(hint);
	});

	it('is told with the Client ID where that is empty though the grant has one', () => {
		const hint = (data: CredentialData) =>
			expectCode('EXCHANGE_REJECTED', () =>
				read({ status: 401, body: { error: 'invalid_client' } }, data),
			).hint;
		expect(hint({})).toMatch(/^Client ID of the credential is empty/);
		expect(hint({ clientId: 'me' })).toMatch(/^Check the Client ID/);
		expect(hint({ grant: 'custom' })).toMatch(/^Check the Client ID/);
	});

	it('is told apart: too many requests, a fault of the server, HTML, nothing, a redirect', () => {
		const limited = expectCode('EXCHANGE_RATE_LIMITED', () =>
			read({ status: 429, headers: { 'retry-after': '120' }, body: '' }),
		);
		expect(limited.message).toContain('120 seconds');
		expectCode('EXCHANGE_SERVER_ERROR', () => read({ status: 502, body: '<html>' }));
		const page = expectCode('EXCHANGE_HTML', () => read({ body: '<!DOCTYPE html>' }));
		expect(page.message).toContain('answered with a web page (HTML)');
		const empty = expectCode('EXCHANGE_EMPTY', () => read({ status: 204, body: ' ' }));
		expect(empty.message).toBe("The token endpoint's answer (204) is empty.");
		const text = expectCode('EXCHANGE_BAD_RESPONSE', () => read({ body: '"text"' }));
		expect(text.message).toContain('neither a JSON object nor XML nor form-encoded');
	});

	it.each([
		[300, 'https://evil.example/x?y', 'evil.example'],
		[302, 'https://evil.example/x?y', 'evil.example'],
		[399, '/login', 'auth.example.com'],
		[302, 'urn:elsewhere', 'another address'],
		[302, undefined, 'another address'],
	])('is a redirect, which gets no assertion: %s to %s', (status, location, target) => {
		const { message } = expectCode('EXCHANGE_REDIRECTED', () =>
			read({ status, headers: location === undefined ? {} : { location }, body: '' }),
		);
		expect(message).toBe(
			`The token endpoint redirects to ${target} (${status}). The assertion is not sent on.`,
		);
	});

	it('never repeats the assertion, the key or the client secret', () => {
		const assertion = `${part({ alg: 'EdDSA' })}.${part({ sub: 'x' })}.c2lnbmF0dXJl`;
		const settings = exchangeSettings({ useAdvanced: true, clientSecret: 'box-s3cret' });
		for (const secret of [assertion, settings.clientSecret, settings.signing.key.key]) {
			const body = JSON.stringify({ error: 'invalid_request', error_description: `got ${secret}` });
			const { message } = expectCode('EXCHANGE_REJECTED', () =>
				readTokenResponse({ status: 400, headers: {}, body }, settings, SENT_AT),
			);
			expect(message).not.toContain(secret);
			expect(message).toContain('removed]');
		}
	});

	it.each([
		['bare, with padding', 'text/plain', 'opaque0A1b2C3d4E5f6G7h8='],
		['a form', 'application/x-www-form-urlencoded', 'opaque0A1b2C3d4E5f6G7h8&x=1'],
		['JSON', 'application/json', '{"opaque0A1b2C3d4E5f6G7h8":1}'],
	])('does not take a token for the name of a field: %s', (_what, type, body) => {
		const { message } = expectCode('EXCHANGE_TOKEN_MISSING', () =>
			read({ headers: { 'content-type': type }, body }),
		);
		expect(message).not.toContain('opaque0');
	});

	it('gives a token or a JwtAuthError, whatever the server sends', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 200, max: 599 }),
				fc.oneof(
					fc.string(),
					fc.json(),
					fc.record({ access_token: fc.anything(), expires_in: fc.anything() }).map((body) => {
						try {
							return JSON.stringify(body);
						} catch {
							return '';
						}
					}),
				),
				fc.constantFrom('application/json', 'text/html', 'application/x-www-form-urlencoded', ''),
				(status, body, type) => {
					const result = onlyJwtAuthErrors(() =>
						read({ status, headers: { 'content-type': type }, body }),
					);
					if (!result) return;
					expect(result.token).toMatch(/^[\x21-\x7e]+$/);
					expect(result.expiresAt).toBeGreaterThan(result.obtainedAt);
					expect(Number.isNaN(new Date(result.expiresAt).getTime())).toBe(false);
				},
			),
		);
	});
});

describe('tokens in an answer that refuses', () => {
	it('are told, wherever they stand', () => {
		const token = 'opaque-token-0123456789';
		expect(handedOut({ error: 'no', data: [{ session_token: token }] })).toEqual([token]);
	});

	it.each([
		'opaque-token-0123456789 is the token',
		'got opaque-token-0123456789',
		'got opaque-token-0123456789 today',
	])('are told without the words around them, which are no secrets: %s', (session_token) => {
		expect(handedOut({ session_token })).toEqual(['opaque-token-0123456789']);
	});

	it('are as long as a token is: the words of an error are no secrets', () => {
		expect(handedOut({ token_error: 'x'.repeat(15), token: 'y'.repeat(16) })).toEqual([
			'y'.repeat(16),
		]);
	});

	it('are not looked for without end: the server chooses how many and how long they are', () => {
		const tokens = Array.from({ length: 50_000 }, (_, index) => `token-number-${index}-of-many`);
		expect(handedOut({ tokens }).length).toBeLessThanOrEqual(20);
		const [longest] = handedOut({ token: 'x'.repeat(1_000_000) });
		expect(longest?.length).toBeLessThanOrEqual(4096);
	});
});
