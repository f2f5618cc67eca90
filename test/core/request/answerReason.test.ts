import * as fc from 'fast-check';
import { answerReason } from '../../../core/request/answerReason';

describe('answerReason', () => {
	it.each([
		['OAuth', { error: 'invalid_token', error_description: 'expired' }, 'invalid_token: expired'],
		['OAuth without a sentence', { error: 'invalid_token' }, 'invalid_token'],
		['RFC 9457', { title: 'Forbidden', status: 403, detail: 'No access' }, 'Forbidden: No access'],
		['GitHub', { message: 'Bad credentials', documentation_url: 'x' }, 'Bad credentials'],
		[
			'Google',
			{ error: { code: 401, message: 'No credentials', status: 'UNAUTHENTICATED' } },
			'UNAUTHENTICATED: No credentials',
		],
		[
			'Apple',
			{ errors: [{ status: '401', code: 'NOT_AUTHORIZED', title: 'x', detail: 'Bad token' }] },
			'NOT_AUTHORIZED: Bad token',
		],
		['Apple push', { reason: 'InvalidProviderToken' }, 'InvalidProviderToken'],
		['Okta', { errorCode: 'E0000011', errorSummary: 'Invalid token' }, 'E0000011: Invalid token'],
		[
			'Salesforce',
			[{ message: 'Session expired', errorCode: 'INVALID_SESSION_ID' }],
			'INVALID_SESSION_ID: Session expired',
		],
		[
			'Apigee',
			{ fault: { faultstring: 'Invalid token', detail: { errorcode: 'oauth.v2' } } },
			'Invalid token',
		],
		[
			'FastAPI',
			{ detail: [{ loc: ['header'], msg: 'missing' }, { msg: 'wrong' }] },
			'missing; wrong',
		],
		[
			'NestJS',
			{ statusCode: 401, message: ['iss is wrong', 'aud is wrong'] },
			'iss is wrong; aud is wrong',
		],
		['AWS', { Message: 'Unauthorized' }, 'Unauthorized'],
		['a name inside its sentence', { error: 'expired', message: 'jwt expired' }, 'jwt expired'],
		['a text as JSON', 'jwt "expired"', 'jwt "expired"'],
	])('finds the sentence of %s', (_, answer, reason) => {
		expect(answerReason(JSON.stringify(answer), 401)).toBe(reason);
	});

	it.each([
		['a JSON object without a reason', '{"ok":false}', '{"ok":false}'],
		['JSON that was cut off', '{"message":"jwt ex', '{"message":"jwt ex'],
		['plain text', ' jwt expired\n', 'jwt expired'],
		['XML', '<Error><Code>x</Code></Error>', '<Error><Code>x</Code></Error>'],
		['a text that quotes a page', 'upstream said <html>', 'upstream said <html>'],
		['nothing', '', ''],
	])('leaves %s as it is', (_, body, reason) => {
		expect(answerReason(body, 401)).toBe(reason);
	});

	it.each([
		['<!DOCTYPE html><html><head><title> 401 Required </title></head>', '"401 Required"'],
		['<html><head><TITLE lang="en">Sign in</TITLE></head></html>', '"Sign in"'],
		['<html><body>Login</body></html>', 'The answer is a web page.'],
		['<html><title', 'The answer is a web page.'],
		['<html><title>Sign in, and', 'The answer is a web page.'],
		['<html><body>Sorry</title></body></html>', 'The answer is a web page.'],
	])('says of a web page what its title says: %s', (body, words) => {
		const reason = answerReason(body, 401);
		expect(reason).toContain(words);
		expect(reason).not.toContain('<');
	});

	it('never fails, whatever the JSON', () => {
		fc.assert(
			fc.property(fc.json(), (body) => {
				expect(typeof answerReason(body, 401)).toBe('string');
			}),
		);
	});
});
