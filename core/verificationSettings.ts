import type { ClaimChecks, RequiredClaim } from './claimChecks';
import { parseDuration } from './duration';
import { JwtAuthError } from './errors';

/** Form fields of JWT Verify, by their internal names. Missing ones are not checked. */
export interface VerificationFields {
	/** Values accepted in `aud`. */
	audience?: unknown;
	/** Values accepted in `iss`. */
	issuer?: unknown;
	subject?: unknown;
	typ?: unknown;
	algorithms?: unknown;
	maximumAge?: unknown;
	clockTolerance?: unknown;
	requiredClaims?: unknown;
	requiredScopes?: unknown;
	scopeClaim?: unknown;
}

/** What the key source says about the checks. */
export interface KeySourceRules {
	/** `iss` the tokens have to carry, where the source is an issuer. */
	issuer?: string;
	/** Whether the keys sign for many services, so that `aud` alone tells whom a token is for. */
	signsForOthers: boolean;
	/** Whether the person accepts tokens made for other services. */
	anyAudience: boolean;
}

function empty(field: string): JwtAuthError {
	return new JwtAuthError('CHECK_EMPTY', `${field} is empty, so that it cannot be checked.`);
}

/** A text that an expression may have left empty, which must not turn the check off. */
function text(value: unknown, field: string): string {
	if (typeof value === 'number') return String(value);
	if (typeof value !== 'string' || value === '') throw empty(field);
	return value;
}

function texts(value: unknown, field: string): string[] {
	const values: unknown[] = Array.isArray(value) ? value : [value];
	if (values.length === 0) throw empty(field);
	return values.map((item) => text(item, field));
}

function optional<T>(
	value: unknown,
	field: string,
	read: (value: unknown, field: string) => T,
): T | undefined {
	return value === undefined ? undefined : read(value, field);
}

function readRequiredClaims(value: unknown): RequiredClaim[] {
	const { claim = [] } = (value ?? {}) as { claim?: Array<Record<string, unknown>> };
	return claim.map(({ name, condition, value: wanted }) => ({
		name: text(name, 'The name of a required claim'),
		value:
			condition === 'exists'
				? undefined
				: typeof wanted === 'boolean'
					? String(wanted)
					: text(wanted, `The value of the required claim ${String(name)}`),
	}));
}

function readTolerance(value: unknown): number {
	const seconds = Number(value ?? 0);
	if (Number.isFinite(seconds) && seconds >= 0) return seconds;
	throw new JwtAuthError('DURATION_INVALID', 'Clock Tolerance is not a number of seconds.');
}

/** Words of a text, separated by blanks or commas, as scopes are written. */
function words(value: unknown, field: string): string[] {
	const found = texts(value, field).flatMap((item) => item.split(/[\s,]+/));
	const scopes = found.filter((scope) => scope !== '');
	if (scopes.length === 0) throw empty(field);
	return scopes;
}

/**
 * Reads the checks of JWT Verify from its form. A check that is there but empty is an error: an
 * expression that came to nothing must not let tokens through.
 *
 * @param fields by internal name; undefined for what was not added
 * @throws {@link JwtAuthError} `CHECK_EMPTY`, `AUDIENCE_REQUIRED`, `DURATION_INVALID`
 */
export function readChecks(
	fields: VerificationFields,
	rules: KeySourceRules,
): ClaimChecks & { algorithms?: string[] } {
	const noAudience = Array.isArray(fields.audience) && fields.audience.length === 0;
	const audiences = noAudience ? undefined : optional(fields.audience, 'Audience', texts);
	if (!audiences && rules.signsForOthers && !rules.anyAudience) {
		throw new JwtAuthError('AUDIENCE_REQUIRED', 'Audience is empty.');
	}
	const age = optional(fields.maximumAge, 'Maximum Age', text);
	return {
		issuers: rules.issuer === undefined ? optional(fields.issuer, 'Issuer', texts) : [rules.issuer],
		audiences,
		subject: optional(fields.subject, 'Subject', text),
		type: optional(fields.typ, 'Type', text),
		algorithms: optional(fields.algorithms, 'Algorithms', texts),
		maximumAge: age === undefined ? undefined : parseDuration(age, 'Maximum Age'),
		clockTolerance: readTolerance(fields.clockTolerance),
		requiredClaims: readRequiredClaims(fields.requiredClaims),
		scopes: optional(fields.requiredScopes, 'Required Scopes', words),
		scopeClaim: optional(fields.scopeClaim, 'Scope Claim', text),
	};
}
