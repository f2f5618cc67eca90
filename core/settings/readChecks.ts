import type { ClaimChecks, RequiredClaim } from '../verify/claimChecks';
import { parseDuration } from '../shared/duration';
import { JwtAuthError } from '../errors';
import { assertTenantsListed, tenantIds } from '../verify/acceptedIssuers';
import { isPlainObject, toNumber } from './fieldKinds';
import { FieldValue } from './fieldValue';

/** Form fields of JWT Verify, by their internal names. Those without a member are not checked. */
export interface VerificationFields {
	/** Values accepted in `aud`. */
	audience?: unknown;
	/** Values accepted in `iss`. */
	issuer?: unknown;
	/** Values accepted in `iss` beside that of the key source. */
	furtherIssuers?: unknown;
	/** Values accepted in `tid`. */
	tenants?: unknown;
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
	/** `iss` the tokens have to carry one of, where the source is one or more issuers. */
	issuers?: readonly string[];
	/** Whether the keys sign for many services, so that `aud` alone tells whom a token is for. */
	signsForOthers?: boolean;
	/** Whether the person accepts tokens made for other services. */
	anyAudience: boolean;
}

function emptyCheckError(field: string): JwtAuthError {
	return new JwtAuthError('CHECK_EMPTY', `${field} is empty, so that it cannot be checked.`);
}

/** JavaScript has rounded longer whole numbers before they come here, and would find another one. */
function numberText(value: number, field: string): string {
	if (!Number.isInteger(value) || Number.isSafeInteger(value)) return String(value);
	throw new JwtAuthError(
		'JSON_NUMBER_TOO_LARGE',
		`${field} is a number with more digits than can be kept exactly.`,
		{ hint: 'Write it as a fixed value, or make it a text where it comes from.' },
	);
}

/** A text that an expression may have left empty, which must not turn the check off. */
function readCheckedText(value: unknown, field: string): string {
	if (typeof value === 'number') return numberText(value, field);
	if (typeof value !== 'string' || value === '') throw emptyCheckError(field);
	return value;
}

function readTexts(value: unknown, field: string): string[] {
	const values: unknown[] = Array.isArray(value) ? value : [value];
	if (values.length === 0) throw emptyCheckError(field);
	return values.map((item) => readCheckedText(item, field));
}

function readRequiredClaims(value: unknown, field: string): RequiredClaim[] {
	if (!isPlainObject(value)) throw emptyCheckError(field);
	const rows = new FieldValue(field, value).section().field('claim', field).rows();
	if (rows.length === 0) throw emptyCheckError(field);
	return rows.map((row) => {
		const name = readCheckedText(row.field('name', 'Name').json(), 'The name of a required claim');
		const condition = row.field('condition', 'Condition').choice(['equals', 'exists'], 'equals');
		if (condition === 'exists') return { name };
		const wanted = row.field('value', 'Value').json();
		const given = typeof wanted === 'boolean' ? String(wanted) : wanted;
		return { name, value: readCheckedText(given, `The value of the required claim ${name}`) };
	});
}

function readTolerance(value: unknown, field: string): number {
	const seconds = toNumber(value);
	if (seconds !== undefined && seconds >= 0) return seconds;
	throw new JwtAuthError('DURATION_INVALID', `${field} is not a number of seconds.`);
}

/** Words of a text, separated by blanks or commas, as scopes are written. */
function readScopes(value: unknown, field: string): string[] {
	const found = readTexts(value, field).flatMap((item) => item.split(/[\s,]+/));
	const scopes = found.filter((scope) => scope !== '');
	if (scopes.length === 0) throw emptyCheckError(field);
	return scopes;
}

/**
 * Reads the check Allowed Tenants.
 *
 * @returns undefined where it was not added
 * @throws {@link JwtAuthError} `CHECK_EMPTY`, `FIELD_INVALID`
 */
export function readTenants(fields: VerificationFields): string[] | undefined {
	const field = 'Allowed Tenants';
	if (!Object.hasOwn(fields, 'tenants')) return undefined;
	const values = readTexts(fields.tenants, field).map((value) => value.trim());
	return tenantIds(values, field);
}

/**
 * Reads the check Required Scopes.
 *
 * @returns undefined where it was not added
 * @throws {@link JwtAuthError} `CHECK_EMPTY`
 */
export function readRequiredScopes(fields: VerificationFields): string[] | undefined {
	if (!Object.hasOwn(fields, 'requiredScopes')) return undefined;
	return readScopes(fields.requiredScopes, 'Required Scopes');
}

/**
 * Reads the accepted issuers beside Issuer, the check Further Issuers.
 *
 * @returns none where it was not added
 * @throws {@link JwtAuthError} `CHECK_EMPTY`
 */
export function readFurtherIssuers(fields: VerificationFields): string[] {
	const isThere = Object.hasOwn(fields, 'furtherIssuers');
	if (!isThere) return [];
	return readTexts(fields.furtherIssuers, 'Further Issuers').map((value) => value.trim());
}

/**
 * Reads the checks of JWT Verify from its form. A check that is there but empty is an error: an
 * expression that came to nothing must not let tokens through.
 *
 * @param fields by internal name, with a member for each check that was added
 * @throws {@link JwtAuthError} `CHECK_EMPTY`, `AUDIENCE_REQUIRED`, `DURATION_INVALID`, `FIELD_INVALID`
 */
export function readChecks(
	fields: VerificationFields,
	rules: KeySourceRules,
): ClaimChecks & { algorithms?: string[] } {
	/** A check that was added, even where an expression in it came to nothing. */
	const added = <T>(
		name: keyof VerificationFields,
		field: string,
		read: (value: unknown, field: string) => T,
	): T | undefined => (Object.hasOwn(fields, name) ? read(fields[name], field) : undefined);
	const audiences = added('audience', 'Audience', readTexts);
	if (!audiences && rules.signsForOthers && !rules.anyAudience) {
		throw new JwtAuthError('AUDIENCE_REQUIRED', 'Audience is empty.');
	}
	const tenants = readTenants(fields);
	const issuers = rules.issuers ?? added('issuer', 'Issuer', readTexts);
	assertTenantsListed({ issuers: issuers ?? [], tenants });
	return {
		issuers,
		tenants,
		audiences,
		subject: added('subject', 'Subject', readCheckedText),
		type: added('typ', 'Type', readCheckedText),
		algorithms: added('algorithms', 'Algorithms', readTexts),
		maximumAge: added('maximumAge', 'Maximum Age', (value, field) =>
			parseDuration(readCheckedText(value, field), field),
		),
		clockTolerance: added('clockTolerance', 'Clock Tolerance (Seconds)', readTolerance),
		requiredClaims: added('requiredClaims', 'Required Claims', readRequiredClaims),
		scopes: readRequiredScopes(fields),
		scopeClaim: added('scopeClaim', 'Scope Claim', readCheckedText),
	};
}
