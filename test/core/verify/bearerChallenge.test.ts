import fc from 'fast-check';
import { ERROR_HINTS, JwtAuthError, type JwtAuthErrorCode } from '../../../core/errors';
import { bearerChallenge } from '../../../core/verify/bearerChallenge';

const refused = (code: JwtAuthErrorCode, message = 'The token expired at 2026.') =>
	new JwtAuthError(code, message);

it('names no error where there is no token', () => {
	expect(bearerChallenge(refused('TOKEN_MISSING'))).toEqual({
		statusCode: 401,
		wwwAuthenticate: 'Bearer',
	});
});

it('names the scopes that are required', () => {
	expect(bearerChallenge(refused('SCOPE_MISSING'), ['orders:read', 'orders:write'])).toEqual({
		statusCode: 403,
		wwwAuthenticate: 'Bearer error="insufficient_scope", scope="orders:read orders:write"',
	});
});

it('leaves out scopes that would make the header longer than clients take', () => {
	const scopes = Array.from({ length: 500 }, (_, index) => `scope-${index}`);
	const challenge = (...all: string[]) =>
		bearerChallenge(refused('SCOPE_MISSING'), all).wwwAuthenticate;
	expect(challenge(...scopes)).toBe('Bearer error="insufficient_scope"');
	expect(challenge('x'.repeat(2001))).toBe('Bearer error="insufficient_scope"');
	expect(challenge('x'.repeat(2000))).toContain(`scope="${'x'.repeat(2000)}"`);
});

it('says what kind of fault a token has', () => {
	expect(bearerChallenge(refused('TOKEN_EXPIRED'))).toEqual({
		statusCode: 401,
		wwwAuthenticate: 'Bearer error="invalid_token", error_description="The token expired at 2026."',
	});
});

it('calls several tokens a fault of the request', () => {
	expect(bearerChallenge(refused('TOKEN_REPEATED'))).toEqual({
		statusCode: 400,
		wwwAuthenticate:
			'Bearer error="invalid_request", error_description="There is more than one token"',
	});
});

it('tells strangers what is in their own token, and never what is wanted or what key is there', () => {
	const codes = Object.keys(ERROR_HINTS) as JwtAuthErrorCode[];
	const told = codes.filter((code) =>
		bearerChallenge(refused(code, 'canary')).wwwAuthenticate.includes('canary'),
	);
	expect(told.sort()).toEqual([
		'CLAIM_INVALID',
		'CRITICAL_HEADER_UNSUPPORTED',
		'ISSUED_IN_FUTURE',
		'PROOF_INVALID',
		'SIGNATURE_INVALID',
		'TOKEN_ENCRYPTED',
		'TOKEN_EXPIRED',
		'TOKEN_MALFORMED',
		'TOKEN_NESTED',
		'TOKEN_NOT_YET_VALID',
	]);
});

it.each(['AUDIENCE_MISMATCH', 'BODY_HASH_MISMATCH', 'CLAIM_MISSING', 'KEY_TOO_SHORT'] as const)(
	'still says what kind of fault it is: %s',
	(code) => {
		expect(bearerChallenge(refused(code)).wwwAuthenticate).not.toContain('is not accepted');
	},
);

it('says no more than that where the fault is one of who set this up', () => {
	expect(bearerChallenge(refused('KEY_MALFORMED')).wwwAuthenticate).toBe(
		'Bearer error="invalid_token", error_description="The token is not accepted"',
	);
});

it('writes what may not stand in it in another way', () => {
	const { wwwAuthenticate } = bearerChallenge(refused('TOKEN_MALFORMED', 'a "b" \\ é\n'));
	expect(wwwAuthenticate).toContain(`error_description="a 'b' ' ??"`);
});

it('is a field value of RFC 6750 whatever the message and the scopes', () => {
	const codes = Object.keys(ERROR_HINTS) as JwtAuthErrorCode[];
	const text = fc.string({ unit: 'binary' });
	fc.assert(
		fc.property(fc.constantFrom(...codes), text, fc.array(text), (code, message, scopes) => {
			const { wwwAuthenticate } = bearerChallenge(refused(code, message), scopes);
			expect(wwwAuthenticate).toMatch(
				/^Bearer(?: error="[a-z_]+", (?:error_description|scope)="[\x20-\x21\x23-\x5b\x5d-\x7e]*")?$/,
			);
		}),
	);
});

describe('the scheme DPoP (RFC 9449 §7.1)', () => {
	const challenge = (code: JwtAuthErrorCode, scopes: string[] = []) =>
		bearerChallenge(refused(code), scopes, 'DPoP').wwwAuthenticate;
	const algs = 'algs="ES256 ES384 ES512 EdDSA PS256 RS256"';

	it('always says which algorithms are taken', () => {
		expect(challenge('TOKEN_MISSING')).toBe(`DPoP ${algs}`);
		expect(challenge('SCOPE_MISSING', ['a', 'b'])).toBe(
			`DPoP error="insufficient_scope", scope="a b", ${algs}`,
		);
	});

	it('tells a fault of the proof from one of the token', () => {
		expect(challenge('PROOF_INVALID')).toMatch(
			/^DPoP error="invalid_dpop_proof", error_description="[^"]+", algs=/,
		);
		expect(challenge('TOKEN_EXPIRED')).toMatch(/^DPoP error="invalid_token", /);
	});
});
