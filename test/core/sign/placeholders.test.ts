import { buildClaims } from '../../../core/sign/claims';
import { fillPlaceholders } from '../../../core/sign/placeholders';
import { expectCode } from '../support/expectCode';

const fingerprint = () => 'SHA256:abc+/=';

describe('fillPlaceholders', () => {
	it('fills every text, at any depth, and leaves the original alone', () => {
		const claims = {
			iss: 'ACC.USER.{publicKeyFingerprint}',
			deep: [{ a: '{publicKeyFingerprint}{publicKeyFingerprint}' }, 1, null],
		};
		expect(fillPlaceholders(claims, fingerprint)).toEqual({
			iss: 'ACC.USER.SHA256:abc+/=',
			deep: [{ a: 'SHA256:abc+/=SHA256:abc+/=' }, 1, null],
		});
		expect(claims.iss).toBe('ACC.USER.{publicKeyFingerprint}');
	});

	it('inserts the fingerprint to the letter', () => {
		expect(fillPlaceholders({ a: 'x{publicKeyFingerprint}' }, () => "$&$'").a).toBe("x$&$'");
	});

	it('asks for the fingerprint only when it is needed', () => {
		const ask = jest.fn(fingerprint);
		expect(fillPlaceholders({ a: 'x', '{publicKeyFingerprint}': 1 }, ask)).toEqual({
			a: 'x',
			'{publicKeyFingerprint}': 1,
		});
		expect(ask).not.toHaveBeenCalled();
	});

	it.each([undefined, () => undefined])('refuses it for a secret', (none) => {
		const refusal = (claim: string) =>
			expectCode('CLAIM_INVALID', () =>
				fillPlaceholders({ [claim]: '{publicKeyFingerprint}' }, none),
			);
		expect(refusal('iss').message).toContain('The claim iss asks for');
		expect(refusal('iss').hint).toContain('Choose an algorithm with a private key');
		expect(refusal('i'.repeat(40)).message).toContain(`The claim ${'i'.repeat(40)} asks for`);
		expect(refusal('i'.repeat(41)).message).toContain(`The claim ${'i'.repeat(40)}… asks for`);
	});

	it('makes the issuer of Snowflake', () => {
		const claims = buildClaims(
			{
				payload: '{"iss":"MYORG-ACC.JANE.{publicKeyFingerprint}","sub":"MYORG-ACC.JANE"}',
				autoTimeClaims: true,
				expiresIn: '59m',
				backdateIat: 0,
				addNbf: false,
				nbfOffset: 0,
				addJti: false,
			},
			{ now: 1000, publicKeyFingerprint: fingerprint },
		);
		expect(claims.iss).toBe('MYORG-ACC.JANE.SHA256:abc+/=');
	});
});
