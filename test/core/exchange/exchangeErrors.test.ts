import { isServerError, networkError, refusalError } from '../../../core/exchange/exchangeErrors';

describe('an answer that speaks of an error', () => {
	it.each<[Record<string, unknown>, boolean]>([
		[{ error: 'invalid_grant' }, true],
		[{ error: { code: 1 } }, true],
		[{ error: [] }, true],
		[{ error: '' }, false],
		[{ error: null }, false],
		[{ error: false }, false],
		[{ error: 0 }, false],
		[{}, false],
		[{ message: 'x' }, false],
	])('%j: %s', (answer, expected) => {
		expect(isServerError(answer)).toBe(expected);
	});
});

const messageOf = (answer: Record<string, unknown>, secrets: string[] = []) =>
	refusalError(400, answer, { secrets }).message;

describe('a refusal', () => {
	it.each([
		[400, 'EXCHANGE_REJECTED'],
		[401, 'EXCHANGE_REJECTED'],
		[200, 'EXCHANGE_REJECTED'],
		[428, 'EXCHANGE_REJECTED'],
		[429, 'EXCHANGE_RATE_LIMITED'],
		[430, 'EXCHANGE_REJECTED'],
		[499, 'EXCHANGE_REJECTED'],
		[500, 'EXCHANGE_SERVER_ERROR'],
		[503, 'EXCHANGE_SERVER_ERROR'],
	])('with %s is %s', (status, code) => {
		const error = refusalError(status, {}, { secrets: [] });
		expect(error.code).toBe(code);
		expect(error.message).toBe(`The token endpoint answered ${status} without giving a reason.`);
	});

	it.each<[string, Record<string, unknown>, string]>([
		['OAuth', { error: 'invalid_grant', error_description: 'No.' }, 'invalid_grant: No.'],
		['OAuth, by name only', { error: 'invalid_grant' }, 'invalid_grant'],
		['Google', { error: { status: 'DENIED', message: 'No.', code: 7 } }, 'DENIED: No.'],
		['a name in a code', { error: { code: 'E7' } }, 'E7'],
		['Okta', { errorCode: 'E1', errorSummary: 'No.' }, 'E1: No.'],
		['a code', { code: 'E2', message: 'No.' }, 'E2: No.'],
		['problem details', { detail: 'No.' }, 'No.'],
		[
			'blank ones passed over',
			{ error: ' ', code: 'E3', error_description: '', detail: 'No.' },
			'E3: No.',
		],
		['line breaks', { error_description: ' No.\r\n  Never. ' }, 'No. Never.'],
	])('says what the server says, as %s does', (_who, answer, said) => {
		expect(messageOf(answer)).toBe(`The token endpoint answered 400 with "${said}".`);
	});

	it('says where more is to be read', () => {
		expect(messageOf({ error: 'x', error_uri: 'https://a.test/1', documentation_url: 'no' })).toBe(
			'The token endpoint answered 400 with "x". See https://a.test/1',
		);
		expect(messageOf({ documentation_url: 'https://a.test/2' })).toBe(
			'The token endpoint answered 400 without giving a reason. See https://a.test/2',
		);
		expect(messageOf({ error_uri: ' ', documentation_url: 'https://a.test/3' })).toMatch(
			/See https:\/\/a\.test\/3$/,
		);
	});

	it('is cut to 500 characters', () => {
		expect(messageOf({ error: 'x'.repeat(500) })).toContain(`"${'x'.repeat(500)}"`);
		expect(messageOf({ error: 'x'.repeat(501) })).toContain(`"${'x'.repeat(500)}…"`);
		expect(messageOf({ error_uri: 'y'.repeat(501) })).toMatch(/See y{500}…$/);
	});

	it('repeats no secret, neither in the reason nor in the address', () => {
		const answer = {
			error: 'bad',
			error_description: 'got secret-1234',
			error_uri: 'https://a/?secret-1234',
		};
		expect(messageOf(answer, ['secret-1234'])).toBe(
			'The token endpoint answered 400 with "bad: got [removed]". See https://a/?[removed]',
		);
	});

	it('says how long to wait, in whole seconds, for too many requests only', () => {
		const at = (status: number, retryAfter: unknown) =>
			refusalError(status, {}, { secrets: [], retryAfter }).message;
		expect(at(429, '30')).toContain('It asks to wait 30 seconds.');
		expect(at(429, ['7'])).toContain('It asks to wait 7 seconds.');
		expect(at(429, 'soon')).not.toContain('wait');
		expect(at(429, undefined)).not.toContain('wait');
		expect(at(503, '30')).not.toContain('wait');
	});

	it('points at the Token URL where there is nothing, unless the server says more', () => {
		expect(refusalError(404, { message: 'Not Found' }, { secrets: [] }).hint).toContain(
			'Token URL',
		);
		expect(refusalError(404, {}, { secrets: [] }).hint).toContain('Token URL');
		expect(refusalError(404, { error: 'invalid_scope' }, { secrets: [] }).hint).toContain('Scope');
	});

	it('asks for the Client ID only where it is said to be empty', () => {
		const hint = (more: object) => refusalError(401, {}, { secrets: [], ...more }).hint;
		expect(hint({ lacksClient: true })).toMatch(/^Client ID of the credential is empty/);
		expect(hint({ lacksClient: false })).toMatch(/^Check first that the key/);
		expect(hint({})).toMatch(/^Check first that the key/);
	});

	it('has a hint by what was really said, even where that was a secret', () => {
		const error = refusalError(400, { error: 'invalid_scope' }, { secrets: ['invalid_scope'] });
		expect(error.message).toContain('[removed]');
		expect(error.hint).toContain('Check the names in Scope');
		expect(refusalError(400, { error: 'x' }, { secrets: [] }).hint).toContain(
			'Compare the payload',
		);
		expect(refusalError(500, { error: 'invalid_scope' }, { secrets: [] }).hint).toContain(
			'Try again later',
		);
	});
});

describe('no answer', () => {
	const failure = (code: string | undefined, message = 'boom') =>
		networkError(Object.assign(new Error(message), { code }), 'auth.test', 15);

	it.each(['ECONNABORTED', 'ETIMEDOUT', 'ERR_CANCELED', 'ESOCKETTIMEDOUT'])(
		'in time (%s) is said with the seconds',
		(code) => {
			expect(failure(code)).toMatchObject({
				code: 'EXCHANGE_TIMEOUT',
				message: 'The token endpoint auth.test did not answer within 15 seconds.',
			});
		},
	);

	it.each([
		['ECONNREFUSED', 'refuses the connection'],
		['ECONNRESET', 'broke the connection off'],
		['EPIPE', 'broke the connection off'],
		['ENOTFOUND', 'is not known (DNS)'],
		['EAI_AGAIN', 'cannot be looked up at the moment (DNS)'],
		['OTHER', 'could not be reached: boom'],
		[undefined, 'could not be reached: boom'],
	])('for %s: %s', (code, what) => {
		expect(failure(code)).toMatchObject({
			code: 'EXCHANGE_UNREACHABLE',
			message: `The token endpoint auth.test ${what}.`,
		});
	});

	it('for a certificate that is not good is said with what can be done', () => {
		expect(failure('CERT_HAS_EXPIRED')).toMatchObject({
			code: 'EXCHANGE_UNREACHABLE',
			message: 'The token endpoint auth.test has a certificate that has expired.',
			hint: expect.stringContaining('Renew the certificate of the server'),
		});
	});

	it('is told without a token, an empty reason or something that is no error', () => {
		const token = 'eyJhbGciOiJIUzI1NiJ9.e30.c2ln';
		expect(failure('X', `sent ${token}`).message).toContain('sent [token removed].');
		expect(failure('X', ' \n').message).toBe('The token endpoint auth.test could not be reached.');
		expect(networkError('text', 'auth.test', 15).message).toBe(
			'The token endpoint auth.test could not be reached.',
		);
		expect(failure('X', 'x'.repeat(600)).message).toContain(`${'x'.repeat(500)}….`);
	});
});
