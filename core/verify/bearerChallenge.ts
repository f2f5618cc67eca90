import type { JwtAuthError, JwtAuthErrorCode } from '../errors';

/** What to answer the sender of a token that may not be trusted. */
export interface BearerChallenge {
	/** 403 for a scope that is not granted, else 401. */
	statusCode: 401 | 403;
	/** Field value of `WWW-Authenticate`. */
	wwwAuthenticate: string;
}

/** Where the message says what this service wants, which is nothing to strangers. */
const FOR_STRANGERS: Partial<Record<JwtAuthErrorCode, string>> = {
	ALGORITHM_NOT_ALLOWED: 'The algorithm of the token is not allowed',
	AUDIENCE_MISMATCH: 'The token is for another audience',
	BODY_HASH_MISMATCH: 'The token was made for another body',
	CLAIM_MISMATCH: 'A claim of the token does not have the required value',
	CLAIM_MISSING: 'The token lacks a required claim',
	ISSUER_MISMATCH: 'The token comes from another issuer',
	KEY_NOT_FOUND: 'The issuer has no usable key with the key ID the token names',
	SUBJECT_MISMATCH: 'The token is about another subject',
	TOKEN_TOO_LARGE: 'The token is too long',
	TOKEN_TOO_OLD: 'The token is too old',
	TYPE_MISMATCH: 'The token is of another type',
};

/** Characters of scopes that are named; clients refuse an answer with longer headers. */
const LONGEST_SCOPE = 2000;

/** Text that may stand in quotes, RFC 6750 §3: printable ASCII without quotes and backslashes. */
function quotable(text: string): string {
	return text.replace(/["\\]/g, "'").replace(/[^\x20-\x7e]/g, '?');
}

/**
 * Status and challenge for a token that was refused, RFC 6750 §3 and §3.1. Without a token there is no
 * error code, as the sender may not have known that one is wanted.
 *
 * @param error why it was refused
 * @param scopes those that are required
 */
export function bearerChallenge(
	{ code, message }: JwtAuthError,
	scopes: readonly string[] = [],
): BearerChallenge {
	if (code === 'TOKEN_MISSING') return { statusCode: 401, wwwAuthenticate: 'Bearer' };
	if (code === 'SCOPE_MISSING') {
		const scope = quotable(scopes.join(' '));
		const named = scope.length > LONGEST_SCOPE ? '' : `, scope="${scope}"`;
		return { statusCode: 403, wwwAuthenticate: `Bearer error="insufficient_scope"${named}` };
	}
	const description = quotable(FOR_STRANGERS[code] ?? message);
	return {
		statusCode: 401,
		wwwAuthenticate: `Bearer error="invalid_token", error_description="${description}"`,
	};
}
