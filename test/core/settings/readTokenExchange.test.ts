import { readTokenExchange } from '../../../core/settings/readTokenExchange';
import { expectCode } from '../support/expectCode';

describe('the fields of a token exchange', () => {
	it('have the defaults of the form', () => {
		expect(readTokenExchange({}, {})).toEqual({
			subjectTokenType: 'urn:ietf:params:oauth:token-type:jwt',
			requestedTokenType: '',
			audience: '',
		});
	});

	it.each([
		['jwt', 'urn:ietf:params:oauth:token-type:jwt'],
		['idToken', 'urn:ietf:params:oauth:token-type:id_token'],
		['accessToken', 'urn:ietf:params:oauth:token-type:access_token'],
		['other', 'urn:example:mine'],
	])('%s is %s', (subjectType, expected) => {
		const data = { subjectType, ownSubjectType: ' urn:example:mine ' };
		expect(readTokenExchange(data, {}).subjectTokenType).toBe(expected);
	});

	it('ask for the type where it is to be another one', () => {
		const error = expectCode('EXCHANGE_SETTINGS_INVALID', () =>
			readTokenExchange({ subjectType: 'other', ownSubjectType: ' ' }, {}),
		);
		expect(error.message).toBe('Other Subject Token Type is empty.');
		expect(error.hint).toContain('the type that the documentation of the service names');
	});

	it.each([
		['Subject Token Type', { subjectType: 'JWT' }, {}],
		['Other Subject Token Type', { subjectType: 'other', ownSubjectType: ['x'] }, {}],
		['Requested Token Type', {}, { requestedType: undefined }],
		['Audience', { audience: undefined }, {}],
		['Audience', { audience: ['x'] }, {}],
	])('are no default where an expression gives something else: %s', (label, data, advanced) => {
		const { message } = expectCode('FIELD_INVALID', () => readTokenExchange(data, advanced));
		expect(message.startsWith(`${label} is `)).toBe(true);
	});

	it('take the type to ask for from behind the switch only', () => {
		expect(readTokenExchange({ requestedType: 'a' }, { requestedType: ' b ' })).toMatchObject({
			requestedTokenType: 'b',
		});
	});
});
