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
		expect(error.message).toContain('Other Subject Token Type');
	});

	it('are no default where an expression gives something else', () => {
		for (const data of [{ subjectType: 'JWT' }, { audience: undefined }, { audience: ['x'] }]) {
			expectCode('FIELD_INVALID', () => readTokenExchange(data, {}));
		}
	});

	it('take the type to ask for from behind the switch only', () => {
		expect(readTokenExchange({ requestedType: 'a' }, { requestedType: ' b ' })).toMatchObject({
			requestedTokenType: 'b',
		});
	});
});
