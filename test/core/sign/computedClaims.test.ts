import { assertComputed } from '../../../core/sign/computedClaims';
import { expectCode } from '../support/expectCode';

it('lets claims through whose expressions have a value, whatever it is', () => {
	for (const sub of ['alice', '', 0, false, null, [], {}]) {
		expect(() => assertComputed({ sub }, ['sub'])).not.toThrow();
	}
	expect(() => assertComputed({}, [])).not.toThrow();
	expect(() => assertComputed({})).not.toThrow();
});

it('refuses a claim that is missing, by its name', () => {
	const { message, hint } = expectCode('CLAIM_EMPTY', () =>
		assertComputed({ iss: 'n8n' }, ['iss', 'sub']),
	);
	expect(message).toContain('The claim sub in Payload');
	expect(hint).toContain('?? ""');
});

it.each(['exp', 'nbf', 'jti'])(
	'says that null leaves %s out, for which one is generated',
	(claim) => {
		expect(expectCode('CLAIM_EMPTY', () => assertComputed({}, [claim])).hint).toContain('?? null');
	},
);

it('finds a claim at any depth, since the payload is not known by its places', () => {
	expect(() => assertComputed({ act: [{ sub: 'alice' }] }, ['sub'])).not.toThrow();
	expectCode('CLAIM_EMPTY', () => assertComputed({ act: [{ sub: undefined }] }, ['sub']));
	expectCode('CLAIM_EMPTY', () => assertComputed({ act: ['sub'] }, ['sub']));
});

it('takes nothing that every object has for a claim', () => {
	expectCode('CLAIM_EMPTY', () => assertComputed({}, ['constructor']));
});
