import fc from 'fast-check';
import { serverReason } from '../../../core/request/serverReason';

describe('the reason of a refusal', () => {
	it.each<[string, unknown, string]>([
		['OAuth', { error: 'invalid_grant', error_description: 'No.' }, 'invalid_grant: No.'],
		['error.message', { error: { message: 'No.' } }, 'No.'],
		['error.detail', { error: { detail: 'No.' } }, 'No.'],
		['error.reason', { error: { reason: 'No.' } }, 'No.'],
		['Google', { error: { code: 403, status: 'DENIED', message: 'No.' } }, 'DENIED: No.'],
		[
			'Anthropic',
			{ type: 'error', error: { type: 'auth_error', message: 'No.' } },
			'auth_error: No.',
		],
		['Vault', { errors: ['permission denied'] }, 'permission denied'],
		['several', { errors: ['one', { message: 'two' }] }, 'one; two'],
		['Cloudflare', { success: false, errors: [{ code: 6003, message: 'No.' }] }, '6003: No.'],
		['JSON:API', { errors: [{ status: '400', title: 'Bad', detail: 'No.' }] }, 'Bad: No.'],
		['Rails', { errors: { jwt: ['is invalid', 'is old'] } }, 'jwt is invalid; is old'],
		['errorMessage', { errorMessage: 'No.' }, 'No.'],
		['error_message', { error_message: 'No.' }, 'No.'],
		['ErrorMessage', { ErrorMessage: 'No.' }, 'No.'],
		['msg', { code: 4100, msg: 'jwt expired' }, '4100: jwt expired'],
		['message', { message: 'No.' }, 'No.'],
		['NestJS', { statusCode: 400, message: ['a', 'b'], error: 'Bad Request' }, 'Bad Request: a; b'],
		['Apigee', { fault: { faultstring: 'No.', detail: { errorcode: 'x.y' } } }, 'No.'],
		[
			'RFC 9457',
			{ type: 'about:blank', title: 'Denied', status: 400, detail: 'No.' },
			'Denied: No.',
		],
		['a title alone', { title: 'Denied' }, 'Denied'],
		['Tableau', { error: { summary: 'Signin', detail: 'No.', code: '401001' } }, '401001: No.'],
		['Okta', { errorCode: 'E1', errorSummary: 'No.' }, 'E1: No.'],
		['Apple push', { reason: 'InvalidProviderToken' }, 'InvalidProviderToken'],
		['FastAPI', { detail: [{ loc: ['header'], msg: 'a' }, { msg: 'b' }] }, 'a; b'],
		['Apple', { errors: [{ status: '400', code: 'NO', title: 'x', detail: 'No.' }] }, 'NO: No.'],
		['a kind inside its sentence', { error: 'expired', message: 'jwt expired' }, 'jwt expired'],
		['Salesforce', [{ errorCode: 'INVALID', message: 'No.' }], 'INVALID: No.'],
		[
			'AWS',
			{ ErrorResponse: { Error: { Type: 'Sender', Code: 'Bad', Message: 'No.' } } },
			'Bad: No.',
		],
		['JSend', { status: 'error', message: 'No.' }, 'No.'],
		['a status said twice', { code: 400, message: 'No.' }, 'No.'],
		['text', ' No. ', 'No.'],
		['WeChat', { errcode: 40013, errmsg: 'invalid appid' }, '40013: invalid appid'],
		['Huawei', { resultCode: 'E1', resultMsg: 'bad jwt' }, 'E1: bad jwt'],
		['err', { err: 'bad token' }, 'bad token'],
		['err with a message', { err: { message: 'No.' } }, 'No.'],
		['err_msg', { err_msg: 'no such app' }, 'no such app'],
		['a plain text of errors', { errors: 'No.' }, 'No.'],
		['a list of messages', { messages: ['a', 'b'] }, 'a; b'],
		['Verizon', { code: 4, developerMessage: 'a' }, '4: a'],
		['Jira', { warnings: ['w'], errorMessages: ['a', 'b'] }, 'a; b'],
		['exception', { exception: 'JwtException: expired' }, 'JwtException: expired'],
		['a failure', { failure: 'not registered' }, 'not registered'],
		['errorDetails', { errorDetails: 'No.' }, 'No.'],
		['PostgREST', { code: 'PGRST301', message: null, hint: 'expired' }, 'PGRST301: expired'],
		['a cause', { error: true, cause: 'No.' }, 'No.'],
		['msg with a text', { msg: { text: 'No.' } }, 'No.'],
		['a status with a message', { status: { error_code: 1, error_message: 'No.' } }, '1: No.'],
		[
			'SOAP',
			{
				's:Envelope': {
					's:Header': '',
					's:Body': {
						's:Fault': { 's:Code': { 's:Value': 's:Sender' }, 's:Reason': { 's:Text': 'No.' } },
					},
				},
			},
			'No.',
		],
		['a wrapper', { data: { response: { msg: 'No.' } } }, 'No.'],
	])('is found as %s writes it', (_who, answer, expected) => {
		expect(serverReason(answer, 400)).toBe(expected);
	});

	it.each([
		{},
		[],
		{ ok: true },
		{ code: 7 },
		{ error: null, message: '' },
		null,
		7,
		'',
		{ ok: false, data: 'abc' },
		{ ok: false, links: { title: 'Docs' } },
		{ data: { names: ['Ada'] } },
		{ errors: { jwt: 7, aud: [] } },
	])('is empty in %j', (answer) => {
		expect(serverReason(answer, 400)).toBe('');
	});

	it.each<[string, unknown, string]>([
		['the first of two names for one thing', { error_message: 'a', errorMessage: 'b' }, 'a'],
		[
			'an object called error before a text beside it',
			{ error: { message: 'a' }, message: 'b' },
			'a',
		],
		[
			'what that says in full, without the kind beside it',
			{ error: { message: 'a' }, message: 'b', status: 'DENIED' },
			'a',
		],
		['the text beside it where it says nothing', { error: { ok: 1 }, message: 'b' }, 'b'],
		[
			'the description of OAuth before all',
			{ error: { message: 'a' }, error_description: 'b' },
			'b',
		],
		[
			'a list behind a title, which is no more than a kind',
			{ title: 'Denied', code: 'E1', errors: [{ message: 'No.' }] },
			'E1: No.',
		],
		[
			'the second holder where the first says nothing',
			{ response: { ok: 1 }, data: { message: 'No.' } },
			'No.',
		],
		[
			'a holder rather than what stands beside it',
			{ data: { message: 'No.' }, links: { title: 'Docs' } },
			'No.',
		],
		['the outermost element, whatever its name', { Oops: { message: 'No.' } }, 'No.'],
		['no blank text of errors', { errors: ' ', data: { message: 'No.' } }, 'No.'],
		['a text of errors without the blanks around it', { errors: ' No. ' }, 'No.'],
		['a list without the blanks around it', { message: [' a', 'b '] }, 'a; b'],
		['entries that say something', { errors: ['a', 7, {}, { message: 'b' }] }, 'a'],
		[
			'fields that are said to be wrong',
			{ errors: { jwt: ['is old'], n: 7, aud: 'is wrong' } },
			'jwt is old; aud is wrong',
		],
	])('is %s', (_, answer, expected) => {
		expect(serverReason(answer, 400)).toBe(expected);
	});

	it.each<[string, unknown, string]>([
		['no address', { type: 'https://api.test/problems/denied', detail: 'No.' }, 'No.'],
		[
			'what is called error, though it is a sentence',
			{ error: 'Denied (see /docs)', message: 'No.' },
			'Denied (see /docs): No.',
		],
		['no zero', { code: 0, message: 'No.' }, 'No.'],
		['a number of any of its names', { resultCode: 7, resultMsg: 'No.' }, '7: No.'],
		[
			'a number where the only other name is the text itself',
			{ title: 'Denied', code: 7 },
			'7: Denied',
		],
	])('has for its kind %s', (_, answer, expected) => {
		expect(serverReason(answer, 400)).toBe(expected);
	});

	it.each<[string, number, unknown, (inner: unknown) => unknown]>([
		['objects', 5, { message: 'No.' }, (inner) => ({ data: inner })],
		['lists', 5, 'No.', (inner) => [inner]],
		['objects around a list', 3, { errors: ['No.'] }, (inner) => ({ data: inner })],
	])('is looked for in %s %d deep, and no deeper', (_, levels, innermost, wrap) => {
		let answer = innermost;
		for (let level = 0; level < levels; level += 1) answer = wrap(answer);
		expect(serverReason(answer, 400)).toBe('No.');
		expect(serverReason(wrap(answer), 400)).toBe('');
	});

	it('is a text, whatever the server sends', () => {
		fc.assert(
			fc.property(fc.jsonValue(), (answer) => {
				expect(typeof serverReason(answer, 400)).toBe('string');
			}),
		);
	});

	it('is looked for in the first entries, not in the thousandth', () => {
		const errors = Array.from({ length: 1000 }, (_, index) => `reason ${index}`);
		expect(serverReason({ errors }, 400)).toBe('reason 0; reason 1; reason 2');
		expect(serverReason({ message: errors }, 400)).toBe('reason 0; reason 1; reason 2');
		const fields = Object.fromEntries(errors.map((text, index) => [`f${index}`, text]));
		expect(serverReason({ errors: fields }, 400)).toBe('f0 reason 0; f1 reason 1; f2 reason 2');
	});
});
