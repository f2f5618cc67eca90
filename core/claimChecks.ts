import { JwtAuthError } from './errors';
import { isoTime } from './isoTime';
import { readClaim, tokenScopes } from './readClaim';

/** A claim that has to be there, and what it has to be. */
export interface RequiredClaim {
	/** Claim name, or names joined by dots into nested objects: `realm_access.roles`. */
	name: string;
	/** Value or, where the claim is a list, one of its values; compared as text. Default: any. */
	value?: string;
}

/** What a token has to say beside being signed. All that is given has to hold. */
export interface ClaimChecks {
	/** `iss` has to be one of them. */
	issuers?: readonly string[];
	/** `aud` has to be or hold one of them, RFC 7519 §4.1.3. */
	audiences?: readonly string[];
	/** `sub`. */
	subject?: string;
	/** `typ` in the header, without regard to case and to `application/`, RFC 7515 §4.1.9. */
	type?: string;
	/** Seconds since `iat`, which is then required. */
	maximumAge?: number;
	/** Seconds by which clocks may differ. Default 0. */
	clockTolerance?: number;
	requiredClaims?: readonly RequiredClaim[];
	/** All of them have to be granted; see {@link tokenScopes}. */
	scopes?: readonly string[];
	/** Claim that holds the scopes. Default: `scope` and `scp`. */
	scopeClaim?: string;
}

/** A token to be checked, its signature already verified. */
export interface CheckedToken {
	header: Record<string, unknown>;
	payload: Record<string, unknown>;
}

// Beyond this a time is in milliseconds, or made to never come; as seconds it is the year 5138.
const LATEST_TIME = 1e11;

type Problem = JwtAuthError | undefined;

function assertTime(payload: Record<string, unknown>, name: string): Problem {
	const value = payload[name];
	if (value === undefined) return undefined;
	if (typeof value === 'number' && value <= LATEST_TIME) return undefined;
	return new JwtAuthError(
		'CLAIM_INVALID',
		`The claim ${name} is not a number of seconds since 1970.`,
		{
			hint: 'Ask the issuer for tokens with times in seconds, as RFC 7519 wants them.',
		},
	);
}

function timeProblem(payload: Record<string, unknown>, checks: ClaimChecks, now: number): Problem {
	const invalid = ['exp', 'nbf', 'iat'].map((name) => assertTime(payload, name)).find(Boolean);
	if (invalid) return invalid;
	const { exp, nbf, iat } = payload;
	const { clockTolerance: tolerance = 0, maximumAge } = checks;
	if (typeof exp === 'number' && now >= exp + tolerance) {
		return new JwtAuthError('TOKEN_EXPIRED', `The token expired at ${isoTime(exp)}.`, {
			hint: 'Get a new token from its issuer.',
		});
	}
	if (typeof nbf === 'number' && now < nbf - tolerance) {
		return new JwtAuthError(
			'TOKEN_NOT_YET_VALID',
			`The token is not valid before ${isoTime(nbf)}.`,
		);
	}
	if (typeof iat === 'number' && iat > now + tolerance) {
		return new JwtAuthError(
			'ISSUED_IN_FUTURE',
			`The token says it was issued at ${isoTime(iat)}, which is yet to come.`,
		);
	}
	if (maximumAge === undefined) return undefined;
	if (typeof iat !== 'number') {
		return new JwtAuthError('CLAIM_MISSING', 'The token has no iat, so that its age is not known.');
	}
	if (now - iat <= maximumAge + tolerance) return undefined;
	return new JwtAuthError(
		'TOKEN_TOO_OLD',
		`The token was issued at ${isoTime(iat)}, more than ${maximumAge} seconds ago.`,
	);
}

function partiesProblem(payload: Record<string, unknown>, checks: ClaimChecks): Problem {
	const { iss, sub, aud } = payload;
	const { issuers = [], audiences = [], subject } = checks;
	if (issuers.length > 0 && !issuers.some((issuer) => issuer === iss)) {
		const what = iss === undefined ? 'does not say who issued it' : 'comes from another issuer';
		return new JwtAuthError('ISSUER_MISMATCH', `The token ${what}.`);
	}
	const given: unknown[] = Array.isArray(aud) ? aud : [aud];
	if (audiences.length > 0 && !audiences.some((audience) => given.includes(audience))) {
		const what = aud === undefined ? 'does not say whom it is for' : 'is for another audience';
		return new JwtAuthError('AUDIENCE_MISMATCH', `The token ${what}.`);
	}
	if (subject === undefined || sub === subject) return undefined;
	return new JwtAuthError('SUBJECT_MISMATCH', 'The token is about another subject.');
}

function typeProblem(header: Record<string, unknown>, type: string | undefined): Problem {
	if (type === undefined) return undefined;
	const plain = (value: string): string => value.toLowerCase().replace(/^application\//, '');
	const { typ } = header;
	if (typeof typ === 'string' && plain(typ) === plain(type)) return undefined;
	const what = typ === undefined ? 'has no type' : 'is of another type';
	return new JwtAuthError('TYPE_MISMATCH', `The token ${what}; ${plain(type)} is wanted.`);
}

function requiredClaimProblem(payload: Record<string, unknown>, required: RequiredClaim): Problem {
	const found = readClaim(payload, required.name);
	if (found === undefined || found === null) {
		return new JwtAuthError('CLAIM_MISSING', `The token has no claim ${required.name}.`);
	}
	const values: unknown[] = Array.isArray(found) ? found : [found];
	const holds = values.some(
		(value) => typeof value !== 'object' && String(value) === required.value,
	);
	if (required.value === undefined || holds) return undefined;
	return new JwtAuthError(
		'CLAIM_MISMATCH',
		`The claim ${required.name} does not have the required value.`,
	);
}

function scopeProblem(payload: Record<string, unknown>, checks: ClaimChecks): Problem {
	const { scopes = [], scopeClaim } = checks;
	if (scopes.length === 0) return undefined;
	const granted = tokenScopes(payload, scopeClaim);
	const missing = scopes.filter((scope) => !granted.has(scope));
	if (missing.length === 0) return undefined;
	return new JwtAuthError('SCOPE_MISSING', `The token lacks the scope ${missing.join(' ')}.`);
}

/**
 * What keeps a token with a good signature from being accepted, RFC 7519 §4.1, RFC 8725 §3.8 to
 * §3.11, RFC 9068 §4. The messages quote nothing of the token but its times.
 *
 * @param now current time in seconds since 1970, fractions allowed
 * @returns undefined where everything holds; else `TOKEN_EXPIRED`, `TOKEN_NOT_YET_VALID`,
 *   `ISSUED_IN_FUTURE`, `TOKEN_TOO_OLD`, `ISSUER_MISMATCH`, `AUDIENCE_MISMATCH`, `SUBJECT_MISMATCH`,
 *   `TYPE_MISMATCH`, `CLAIM_INVALID`, `CLAIM_MISSING`, `CLAIM_MISMATCH` or `SCOPE_MISSING`
 */
export function claimProblem(
	{ header, payload }: CheckedToken,
	checks: ClaimChecks,
	now: number,
): JwtAuthError | undefined {
	return (
		timeProblem(payload, checks, now) ??
		partiesProblem(payload, checks) ??
		typeProblem(header, checks.type) ??
		checks.requiredClaims?.map((claim) => requiredClaimProblem(payload, claim)).find(Boolean) ??
		scopeProblem(payload, checks)
	);
}
