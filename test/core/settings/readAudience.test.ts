import { readAudience } from '../../../core/settings/readAudience';
import { expectCode } from '../support/expectCode';

describe('the audience of assertions', () => {
	it('is the Token URL, unless the person chose the issuer', () => {
		const byDefault = { assertionAudience: 'tokenUrl', issuer: '' };
		expect(readAudience({}, 'clientCredentials')).toEqual(byDefault);
		const chosen = { assertionAudience: 'issuer', issuer: ' https://a.test ' };
		expect(readAudience(chosen, 'jwtBearer')).toEqual({ ...chosen, issuer: 'https://a.test' });
		expect(readAudience(chosen, 'custom')).toEqual(byDefault);
		expect(readAudience({ assertionAudience: 'tokenUrl' }, 'jwtBearer')).toEqual(byDefault);
		expect(readAudience({ issuer: 'https://a.test' }, 'jwtBearer')).toEqual(byDefault);
	});

	it('is no default where an expression gives something else', () => {
		const refusal = (data: Record<string, unknown>) =>
			expectCode('FIELD_INVALID', () => readAudience(data, 'jwtBearer')).message;
		expect(refusal({ assertionAudience: 'Issuer' })).toMatch(/^Audience of the Assertion is /);
		expect(refusal({ assertionAudience: 'issuer', issuer: undefined })).toMatch(
			/^Issuer of the Token Endpoint is /,
		);
	});
});
