import type { Claims } from '../sign/claims';
import { JwtAuthError } from '../errors';

import { parseJsonObject, hasMembers, isObject, isLostInJson } from '../shared/json';

/** Claims of one item, as a node's form gives them. */
export interface ItemClaims {
	/** Claims that win over the credential's payload. */
	claims: Claims;
	/** Life of the token as Expires In; undefined leaves it to the credential. */
	expiresIn: string | undefined;
}

/** Fields of the collection Claims by their internal names, with what the person calls them. */
const LABELS = {
	audience: 'Audience',
	customClaims: 'Custom Claims',
	expiresIn: 'Expires In',
	issuer: 'Issuer',
	jwtId: 'JWT ID',
	notBefore: 'Not Before',
	subject: 'Subject',
} as const;

/** Claims that are left out of a payload where they are empty, so that an item's must not be. */
const LEFT_OUT_EMPTY = ['aud', 'iss', 'scope', 'sub'];

const TAKE_ROW_OUT =
	'Its expression may have found nothing. Give it a value, or take it out of Claims to leave the claim to the credential.';
const TAKE_MEMBER_OUT =
	'Its expression may have found nothing. Give it a value, or take it out of Claims (JSON) to leave the claim to the credential.';

function emptyClaimError(label: string, hint = TAKE_ROW_OUT): JwtAuthError {
	return new JwtAuthError('CLAIM_EMPTY', `${label} is empty, so no token is made.`, { hint });
}

/** Whether an expression found nothing. */
function hasNoValue(value: unknown): boolean {
	if (typeof value === 'string') return value.trim() === '';
	if (Array.isArray(value) && value.length === 0) return true;
	return value === null || isLostInJson(value);
}

function readGivenClaim(value: unknown, label: string): unknown {
	if (hasNoValue(value)) throw emptyClaimError(label);
	return value;
}

function readTextOrNumber(value: unknown, label: string): string | number {
	const read = readGivenClaim(value, label);
	if (typeof read === 'string' || typeof read === 'number') return read;
	throw new JwtAuthError('CLAIM_INVALID', `${label} is not a text.`, {
		hint: 'Have its expression give a text or a number.',
	});
}

/** One text, or a list of them; a row's expression may itself give a list. */
function readAudiences(value: unknown): Array<string | number> {
	const read = readGivenClaim(value, LABELS.audience);
	return Array.isArray(read)
		? read.flatMap(readAudiences)
		: [readTextOrNumber(read, LABELS.audience)];
}

function readCustomClaims(value: unknown): Array<[string, unknown]> {
	const rows = hasMembers(value) ? value.claim : undefined;
	if (!Array.isArray(rows) || rows.length === 0) throw emptyClaimError(LABELS.customClaims);
	return rows.map((row) => {
		const { name, value: claim } = Object(row) as { name?: unknown; value?: unknown };
		const read = String(readTextOrNumber(name, 'The name of a claim in Custom Claims'));
		return [read, readGivenClaim(claim, `The claim ${read} in Custom Claims`)];
	});
}

/**
 * Reads the claims of one item from the collection Claims. A field that was added and is empty is an
 * error: what the credential says instead may be more than was meant.
 *
 * @param fields values by internal name, with a member for each field that was added
 * @returns claims by their names of RFC 7519 §4.1, in the types of the form
 * @throws {@link JwtAuthError} `CLAIM_EMPTY`, `CLAIM_INVALID`, `DURATION_INVALID`, naming the field
 */
export function claimsFromFields(fields: unknown): ItemClaims {
	const added = isObject(fields) ? fields : {};
	const claims: Array<[string, unknown]> = [];
	const add = (
		field: keyof typeof LABELS,
		claim: string,
		read: (value: unknown, label: string) => unknown,
	) => {
		if (Object.hasOwn(added, field)) claims.push([claim, read(added[field], LABELS[field])]);
	};
	add('issuer', 'iss', readTextOrNumber);
	add('subject', 'sub', readTextOrNumber);
	add('audience', 'aud', (value) => {
		const [first, ...others] = readAudiences(value);
		return others.length === 0 ? first : [first, ...others];
	});
	add('notBefore', 'nbf', readGivenClaim);
	add('jwtId', 'jti', readTextOrNumber);
	if (Object.hasOwn(added, 'customClaims')) claims.push(...readCustomClaims(added.customClaims));
	return {
		// Not by assignment, which would take a claim named __proto__ for something else.
		claims: Object.fromEntries(claims),
		expiresIn: Object.hasOwn(added, 'expiresIn') ? readExpiresIn(added.expiresIn) : undefined,
	};
}

function readExpiresIn(value: unknown): string {
	const read = readGivenClaim(value, LABELS.expiresIn);
	if (typeof read === 'string' || typeof read === 'number') return String(read);
	throw new JwtAuthError('DURATION_INVALID', `${LABELS.expiresIn} is not a duration.`);
}

/**
 * Reads the claims of one item from Claims (JSON). A member without a value is an error; null is one,
 * and keeps `iat`, `exp`, `nbf` or `jti` from being generated.
 *
 * @param value JSON text or object
 * @throws {@link JwtAuthError} `CLAIM_EMPTY`, `PAYLOAD_NOT_OBJECT`, `JSON_*`
 */
export function claimsFromJson(value: unknown): ItemClaims {
	const field = 'Claims (JSON)';
	const isBlank = typeof value === 'string' && value.trim() === '';
	if (value === undefined || value === null || isBlank) {
		throw emptyClaimError(field, 'Its expression may have found nothing. Write {} for no claims.');
	}
	const memberError = (name: string) =>
		emptyClaimError(`The claim ${name} in ${field}`, TAKE_MEMBER_OUT);
	for (const [name, claim] of Object.entries(isObject(value) ? value : {})) {
		if (isLostInJson(claim)) throw memberError(name);
	}
	const claims = parseJsonObject(value, { field, notObject: 'PAYLOAD_NOT_OBJECT' });
	for (const name of LEFT_OUT_EMPTY) {
		const claim = claims[name];
		if (typeof claim === 'string' && claim.trim() === '') throw memberError(name);
	}
	return { claims, expiresIn: undefined };
}

/**
 * Reads the claims of one item in the way Specify Claims says.
 *
 * @param field reads a field of the form by its internal name
 * @throws {@link JwtAuthError} as {@link claimsFromFields} and {@link claimsFromJson}
 */
export function readItemClaims(field: (name: string) => unknown): ItemClaims {
	switch (field('specifyClaims')) {
		case 'json':
			return claimsFromJson(field('claimsJson'));
		case 'keypair':
			return claimsFromFields(field('claims'));
		default:
			throw new JwtAuthError(
				'CLAIM_INVALID',
				'Specify Claims is neither Using Fields Below nor Using JSON.',
				{ hint: 'Choose one of them; an expression has to give keypair or json.' },
			);
	}
}
