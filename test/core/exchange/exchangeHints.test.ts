import { hintFor, refusalHint } from '../../../core/exchange/exchangeHints';

it.each([
	[404, 'compare Token URL with the API documentation letter by letter'],
	[405, 'HTTP Method'],
	[410, 'current Token URL'],
	[415, 'Body Format'],
	[401, 'Check first that the key is the one that is registered'],
	[400, undefined],
])('what to do about the status %s where the reason says nothing', (status, hint) => {
	const expected: unknown = hint === undefined ? undefined : expect.stringContaining(hint);
	expect(refusalHint('no', status, false)).toEqual(expected);
	expect(refusalHint('invalid_scope', status, false)).toContain('Check the names in Scope');
});

describe('a Client ID that is empty', () => {
	it.each([
		['invalid_client', 401],
		['invalid_client: Client authentication failed', 400],
		['', 401],
	])('is what a refusal with %j (%s) may be about', (reason, status) => {
		expect(refusalHint(reason, status, true)).toMatch(
			/^Client ID of the credential is empty: enter the one/,
		);
		expect(refusalHint(reason, status, false)).not.toContain('is empty');
	});

	it('is not, where the service says something else or refuses otherwise', () => {
		expect(refusalHint('the token expired', 401, true)).toContain('Check the clock');
		expect(refusalHint('', 404, true)).toContain('compare Token URL');
		expect(refusalHint('', 400, true)).toBeUndefined();
	});
});

describe('what to do about a refusal', () => {
	it.each([
		["invalid_grant: user hasn't approved this consumer", 'pre-authorized'],
		['user hasnt approved this consumer', 'pre-authorized'],
		['consent_required', 'grant the app consent once'],
		['invalid_grant: AADSTS65001: The user has not consented', 'grant the app consent once'],
		['invalid_grant: Invalid JWT Signature.', 'Make a new key'],
		['invalid_client: AADSTS700027: Client assertion', 'Upload the certificate'],
		['invalid_client: The key was not found', 'Upload the certificate'],
		['The certificate is not registered', 'Upload the certificate'],
		['not found: the certificate', 'Upload the certificate'],
		['invalid_grant: Token has been expired', 'Check the clock'],
		['assertion is too far in the future', 'Check the clock'],
		['issued in the future', 'Check the clock'],
		['bad iat', 'Check the clock'],
		['bad "exp" claim', 'Check the clock'],
		['nbf is wrong', 'Check the clock'],
		['check your clock', "Backdate 'iat' By"],
		['wrong audience', 'Put the "aud"'],
		['Invalid aud', 'Put the "aud"'],
		['jti was used', "Add 'jti' Claim"],
		['replay detected', "Add 'jti' Claim"],
		['the assertion has already been used', "Add 'jti' Claim"],
		['invalid_client: JWT signature verification failed', 'The service knows another key'],
		['AADSTS700027: Client assertion failed signature validation', 'Upload the certificate'],
		['Signature has expired', 'Check the clock'],
		['invalid_client', 'Check the Client ID'],
		['Invalid Client', 'Check the Client ID'],
		['invalid_grant', 'Common causes'],
		['invalid_scope', 'Check the names in Scope'],
		['no such scope', 'Check the names in Scope'],
		['unauthorized_client', 'Allow the client this grant'],
		['ACCESS_DENIED', 'Allow the client this grant'],
		['unsupported_grant_type', 'Choose another way in How the Service Takes the JWT'],
		['use_dpop_nonce', 'asks for a nonce'],
		['invalid_dpop_proof: iat', 'switch Use DPoP on'],
	])('%j: %s', (reason, hint) => {
		expect(hintFor(reason)).toContain(hint);
	});

	it.each([
		'',
		'server is tired',
		// Words that hold a shorter one that counts.
		'aude',
		'jtix',
		'variation of the exposure',
		'the certificate is fine',
		'not registered',
	])('is left open for %j', (reason) => {
		expect(hintFor(reason)).toBeUndefined();
	});

	it('is the most exact one that fits', () => {
		expect(hintFor('invalid_grant: Invalid JWT: Token must be short-lived, iat and exp')).toContain(
			'Check the clock',
		);
		expect(hintFor('invalid_client: the audience is wrong')).toContain('Put the "aud"');
		expect(hintFor('invalid_grant: invalid_scope')).toContain('Common causes');
	});
});
