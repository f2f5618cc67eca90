import type { JwtAuthError, JwtAuthErrorCode } from '../errors';
import { PROOF_ALGORITHMS } from '../keys/proofKey';

/** What is wrong with a token as its sender may know it, RFC 6750 §3.1. */
export type BearerFault =
	| { error: 'insufficient_scope' }
	| {
			error: 'invalid_dpop_proof' | 'invalid_request' | 'invalid_token';
			/** Printable ASCII without quotes and backslashes. */
			error_description: string;
	  };

/** What to answer the sender of a token that may not be trusted. */
export interface BearerChallenge {
	/** 400 for a request with several tokens, 403 for a scope that is not granted, else 401. */
	statusCode: 400 | 401 | 403;
	/** Field value of `WWW-Authenticate`. */
	wwwAuthenticate: string;
}

/** Where the message itself is for strangers: it says nothing but what is in their own token. */
const TOLD_AS_IT_IS: readonly JwtAuthErrorCode[] = [
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
];

/** Where it says what this service wants or has. */
const FOR_STRANGERS: Partial<Record<JwtAuthErrorCode, string>> = {
	ALGORITHM_NOT_ALLOWED: 'The algorithm of the token is not allowed',
	AUDIENCE_MISMATCH: 'The token is for another audience',
	BODY_HASH_MISMATCH: 'The token was made for another body',
	CERTIFICATE_MISMATCH: 'The token is bound to another client certificate',
	CERTIFICATE_UNTRUSTED: 'The certificate of the token is not trusted',
	CLAIM_MISMATCH: 'A claim of the token does not have the required value',
	CLAIM_MISSING: 'The token lacks a required claim',
	ISSUER_MISMATCH: 'The token comes from another issuer',
	KEY_NOT_FOUND: 'The issuer has no usable key with the key ID the token names',
	KEY_TOO_SHORT: 'The algorithm of the token is not allowed',
	SUBJECT_MISMATCH: 'The token is about another subject',
	TOKEN_REPEATED: 'There is more than one token',
	TOKEN_TOO_LARGE: 'The token is too long',
	TOKEN_TOO_OLD: 'The token is too old',
	TYPE_MISMATCH: 'The token is of another type',
};

const OTHER_ERRORS: Partial<Record<JwtAuthErrorCode, 'invalid_dpop_proof' | 'invalid_request'>> = {
	PROOF_INVALID: 'invalid_dpop_proof',
	TOKEN_REPEATED: 'invalid_request',
};

/** Scheme of a challenge: DPoP where a proof is wanted, RFC 9449 §7.1. */
export type ChallengeScheme = 'Bearer' | 'DPoP';

/** What stands in every challenge of a scheme, as a parameter. */
const ALWAYS: Record<ChallengeScheme, string> = {
	Bearer: '',
	DPoP: `algs="${PROOF_ALGORITHMS.join(' ')}"`,
};

/** A challenge, RFC 9110 §11.6.1. */
function challengeOf(scheme: ChallengeScheme, ...parameters: string[]): string {
	const all = [...parameters, ALWAYS[scheme]].filter((parameter) => parameter !== '');
	return all.length === 0 ? scheme : `${scheme} ${all.join(', ')}`;
}

/** Characters of scopes that are named; clients refuse an answer with longer headers. */
const LONGEST_SCOPE = 2000;

/** Text that may stand in quotes, RFC 6750 §3: printable ASCII without quotes and backslashes. */
function quotable(text: string): string {
	return text.replace(/["\\]/g, "'").replace(/[^\x20-\x7e]/g, '?');
}

/**
 * The fault of a token for its sender: its kind, and nothing of what this service wants or has.
 *
 * @returns undefined where there is no token, as the sender may not have known that one is wanted
 */
export function bearerFault({ code, message }: JwtAuthError): BearerFault | undefined {
	if (code === 'TOKEN_MISSING') return undefined;
	if (code === 'SCOPE_MISSING') return { error: 'insufficient_scope' };
	const error = OTHER_ERRORS[code] ?? 'invalid_token';
	const own = TOLD_AS_IT_IS.includes(code) ? message : 'The token is not accepted';
	return { error, error_description: quotable(FOR_STRANGERS[code] ?? own) };
}

/**
 * Status and challenge for a token that was refused, RFC 6750 §3 and §3.1. Without a token there is no
 * error code.
 *
 * @param error why it was refused
 * @param scopes those that are required
 * @param scheme DPoP where a proof is wanted
 */
export function bearerChallenge(
	error: JwtAuthError,
	scopes: readonly string[] = [],
	scheme: ChallengeScheme = 'Bearer',
): BearerChallenge {
	const fault = bearerFault(error);
	if (!fault) return { statusCode: 401, wwwAuthenticate: challengeOf(scheme) };
	const kind = `error="${fault.error}"`;
	if (fault.error === 'insufficient_scope') {
		const scope = quotable(scopes.join(' '));
		const named = scope.length > LONGEST_SCOPE ? '' : `scope="${scope}"`;
		return { statusCode: 403, wwwAuthenticate: challengeOf(scheme, kind, named) };
	}
	const described = `error_description="${fault.error_description}"`;
	const statusCode = fault.error === 'invalid_request' ? 400 : 401;
	return { statusCode, wwwAuthenticate: challengeOf(scheme, kind, described) };
}
