import { standardParameters } from '../../../core/exchange/grantParameters';
import { exchangeSettings } from '../support/exchangeCases';

const NOTHING = { body: {}, headers: {} };

const of = (data: Record<string, unknown>, own: Partial<typeof NOTHING> = {}) =>
	standardParameters(
		exchangeSettings({ useAdvanced: true, ...data }),
		{ assertion: 'the-jwt', clientAssertion: data.clientAssertion ? 'the-other' : undefined },
		{ ...NOTHING, ...own },
	);

describe('the parameters of a grant', () => {
	it('are those of RFC 8693 for a token exchange, without the empty ones', () => {
		const grant = { grant: 'tokenExchange' };
		expect(of(grant)).toEqual({
			grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
			subject_token: 'the-jwt',
			subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
		});
		expect(
			of({
				...grant,
				subjectType: 'idToken',
				requestedType: 'urn:ietf:params:oauth:token-type:access_token',
				audience: 'https://api.example.com',
				resource: 'https://api.example.com/v1',
				scope: 'a b',
				clientId: 'client-1',
				clientSecret: 's3cret',
				clientAssertion: true,
			}),
		).toEqual({
			grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
			subject_token: 'the-jwt',
			subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
			requested_token_type: 'urn:ietf:params:oauth:token-type:access_token',
			audience: 'https://api.example.com',
			resource: 'https://api.example.com/v1',
			scope: 'a b',
			client_id: 'client-1',
			client_secret: 's3cret',
			client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
			client_assertion: 'the-other',
		});
	});

	it('of a token exchange are those of no other grant', () => {
		const fields = { audience: 'x', requestedType: 'y', clientId: 'client-1' };
		expect(of({ ...fields, grant: 'jwtBearer' })).toEqual({
			grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
			assertion: 'the-jwt',
			client_id: 'client-1',
		});
		expect(of({ ...fields, grant: 'custom' })).toEqual({});
	});

	it.each([
		[{ body: { client_secret: '{assertion}' } }],
		[{ headers: { AUTHORIZATION: 'Bearer {assertion}' } }],
		[{ headers: { ' Authorization ': 'Bearer {assertion}' } }],
	])('leave the client to authenticate once, RFC 6749 §2.3: %j', (own) => {
		const grant = { grant: 'clientCredentials', clientId: 'client-1' };
		expect(of(grant, own)).toEqual({ grant_type: 'client_credentials', client_id: 'client-1' });
	});

	it.each([
		[{ body: { copy: '{assertion}', client_secret: 'x' } }],
		[{ headers: { 'X-Copy': '{assertion}', Authorization: 'Basic x' } }],
	])('hold the assertion beside a copy of it: %j', (own) => {
		expect(of({ grant: 'clientCredentials' }, own)).toHaveProperty('client_assertion', 'the-jwt');
		expect(of({ grant: 'jwtBearer' }, own)).toHaveProperty('assertion', 'the-jwt');
	});
});
