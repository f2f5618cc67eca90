import { JwtAuthError, type JwtAuthErrorCode } from '../errors';
import { isAcceptedIssuer } from './acceptedIssuers';
import { isoTime } from '../shared/time';
import { readMember } from '../shared/objectPath';
import { shownText, shownTexts } from '../shared/shownText';
import { checkBodyHash, type BodyHashCheck } from './bodyHashCheck';
import { checkScopes } from './scopes';

/** Seconds by which the clocks of issuer and n8n may differ, unless somebody says otherwise. */
export const CLOCK_TOLERANCE = 5;

/** A claim that has to be there, and what it has to be. */
export interface RequiredClaim {
	/** Name or path of the claim, see {@link readMember}: `realm_access.roles`. */
	name: string;
	/**
	 * Value or, where the claim is a list, one of its values; compared as text, numbers
	 * digit by digit. Default: any.
	 */
	value?: string;
}

/** What a token has to say beside being signed. All that is given has to hold. */
export interface ClaimChecks {
	/** `iss` has to be one of them; `{tid}` in them stands for a tenant, see {@link isAcceptedIssuer}. */
	issuers?: readonly string[];
	/** `tid` has to be one of them. */
	tenants?: readonly string[];
	/** `aud` has to be or hold one of them, RFC 7519 §4.1.3. */
	audiences?: readonly string[];
	/** `sub`. */
	subject?: string;
	/** `typ` in the header, without regard to case and to `application/`, RFC 7515 §4.1.9. */
	type?: string;
	/** Seconds since `iat`, which is then required. */
	maximumAge?: number;
	/** Seconds by which clocks may differ. Default {@link CLOCK_TOLERANCE}. */
	clockTolerance?: number;
	requiredClaims?: readonly RequiredClaim[];
	/** All of them have to be granted; see {@link tokenScopes}. */
	scopes?: readonly string[];
	/** Claim that holds the scopes. Default: `scope` and `scp`. */
	scopeClaim?: string;
	/** A claim has to hold the hash of a body. */
	bodyHash?: BodyHashCheck;
}

/** A token to be checked, its signature already verified. */
export interface CheckedToken {
	header: Record<string, unknown>;
	payload: Record<string, unknown>;
}

// Beyond this a time is in milliseconds, or made to never come; as seconds it is the year 5138.
const LATEST_TIME = 1e11;

/** Refuses a token. */
function refuse(code: JwtAuthErrorCode, what: string, hint?: string): never {
	throw new JwtAuthError(code, `The token ${what}.`, { hint });
}

function readTime(payload: Record<string, unknown>, name: string): number | undefined {
	const value = payload[name];
	if (value === undefined || (typeof value === 'number' && value <= LATEST_TIME)) return value;
	throw new JwtAuthError(
		'CLAIM_INVALID',
		`The claim ${name} is not a number of seconds since 1970.`,
		{ hint: 'Ask the issuer for tokens with times in seconds, as RFC 7519 wants them.' },
	);
}

function checkTimes(payload: Record<string, unknown>, checks: ClaimChecks, now: number): void {
	const [exp, nbf, iat] = ['exp', 'nbf', 'iat'].map((name) => readTime(payload, name));
	const { clockTolerance: tolerance = CLOCK_TOLERANCE, maximumAge } = checks;
	if (exp !== undefined && now >= exp + tolerance) {
		refuse('TOKEN_EXPIRED', `expired at ${isoTime(exp)}`, 'Get a new token from its issuer.');
	}
	if (nbf !== undefined && now < nbf - tolerance) {
		refuse('TOKEN_NOT_YET_VALID', `is not valid before ${isoTime(nbf)}`);
	}
	if (iat !== undefined && iat > now + tolerance) {
		refuse('ISSUED_IN_FUTURE', `says it was issued at ${isoTime(iat)}, which is yet to come`);
	}
	if (maximumAge === undefined) return;
	if (iat === undefined) refuse('CLAIM_MISSING', 'has no iat, so that its age is not known');
	if (now - iat > maximumAge + tolerance) {
		refuse('TOKEN_TOO_OLD', `was issued at ${isoTime(iat)}, more than ${maximumAge} seconds ago`);
	}
}

function refuseIssuer(iss: unknown, wanted: readonly string[]): never {
	const code = 'ISSUER_MISMATCH';
	if (iss === undefined) refuse(code, 'does not say who issued it');
	if (typeof iss !== 'string') refuse(code, 'has an iss that is no text');
	const [only = ''] = wanted;
	const isSlash = wanted.length === 1 && (`${iss}/` === only || `${only}/` === iss);
	const slash = isSlash ? '; the slash at the end counts' : '';
	refuse(code, `comes from ${shownText(iss)}, wanted is ${shownTexts(wanted)}${slash}`);
}

function refuseAudience(given: readonly unknown[], wanted: readonly string[]): never {
	const code = 'AUDIENCE_MISMATCH';
	const found = given.filter((audience) => typeof audience === 'string');
	if (found.length === 0) refuse(code, 'does not say whom it is for (aud)');
	refuse(code, `is for ${shownTexts(found)}, wanted is ${shownTexts(wanted)}`);
}

const TENANT_HINT = 'Check Allowed Tenants: the "tid" of the token has to be one of them.';

function checkParties(payload: Record<string, unknown>, checks: ClaimChecks): void {
	const { iss, sub, aud } = payload;
	const { issuers = [], audiences = [], subject, tenants } = checks;
	const isAccepted = issuers.some((issuer) => isAcceptedIssuer(payload, issuer, tenants));
	if (issuers.length > 0 && !isAccepted) refuseIssuer(iss, issuers);
	if (tenants && !tenants.some((tenant) => tenant === payload.tid)) {
		refuse('CLAIM_MISMATCH', 'comes from a tenant that is not allowed', TENANT_HINT);
	}
	const given: unknown[] = Array.isArray(aud) ? aud : [aud];
	if (audiences.length > 0 && !audiences.some((audience) => given.includes(audience))) {
		refuseAudience(given, audiences);
	}
	if (subject !== undefined && sub !== subject)
		refuse('SUBJECT_MISMATCH', 'is about another subject');
}

function checkType({ typ }: Record<string, unknown>, type: string): void {
	const plain = (value: string): string => value.toLowerCase().replace(/^application\//, '');
	if (typeof typ === 'string' && plain(typ) === plain(type)) return;
	const given = typeof typ === 'string' ? `is of the type ${shownText(typ)}` : 'has no type';
	refuse('TYPE_MISMATCH', `${given}, wanted is ${shownText(plain(type))}`);
}

/** How to write a path whose first name holds dots itself; empty where that is not the trouble. */
function pathAdvice(payload: Record<string, unknown>, name: string): string {
	const first = Object.keys(payload).find(
		(claim) => claim.includes('.') && name.startsWith(`${claim}.`),
	);
	return first === undefined ? '' : '; put a name that holds dots into brackets: ["a.b"].c';
}

function checkClaim(payload: Record<string, unknown>, { name, value }: RequiredClaim): void {
	const found = readMember(payload, name) ?? undefined;
	if (found === undefined)
		refuse('CLAIM_MISSING', `has no claim ${name}${pathAdvice(payload, name)}`);
	if (value === undefined) return;
	const values: unknown[] = Array.isArray(found) ? found : [found];
	if (values.some((item) => typeof item !== 'object' && String(item) === value)) return;
	throw new JwtAuthError('CLAIM_MISMATCH', `The claim ${name} does not have the required value.`);
}

/**
 * Refuses a token with a good signature that is not to be accepted, RFC 7519 §4.1, RFC 8725 §3.8 to
 * §3.11, RFC 9068 §4. The messages quote its times and, shortened, its `iss`, `aud` and `typ`, without
 * which nobody finds what is wrong; nothing else.
 *
 * @param now current time in seconds since 1970, fractions allowed
 * @throws {@link JwtAuthError} `TOKEN_EXPIRED`, `TOKEN_NOT_YET_VALID`, `ISSUED_IN_FUTURE`,
 *   `TOKEN_TOO_OLD`, `ISSUER_MISMATCH`, `AUDIENCE_MISMATCH`, `SUBJECT_MISMATCH`, `TYPE_MISMATCH`,
 *   `CLAIM_INVALID`, `CLAIM_MISSING`, `CLAIM_MISMATCH`, `SCOPE_MISSING` or `BODY_HASH_MISMATCH`
 */
export function checkClaims(
	{ header, payload }: CheckedToken,
	checks: ClaimChecks,
	now: number,
): void {
	checkTimes(payload, checks, now);
	checkParties(payload, checks);
	if (checks.type !== undefined) checkType(header, checks.type);
	for (const claim of checks.requiredClaims ?? []) checkClaim(payload, claim);
	checkScopes(payload, checks.scopes ?? [], checks.scopeClaim);
	if (checks.bodyHash) checkBodyHash(payload, checks.bodyHash);
}
