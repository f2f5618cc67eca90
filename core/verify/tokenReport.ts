import {
	decodeJsonPart,
	decodePayload,
	isNested,
	splitToken,
	type DecodedToken,
} from '../jws/decode';
import { isoTime } from '../shared/time';
import { bearerChallenge, type BearerChallenge, type ChallengeScheme } from './bearerChallenge';
import type { InvalidToken, ValidToken } from './verifyToken';

/** The times of a token as ISO 8601 texts; null for what the token leaves out or gives wrongly. */
export interface TokenTimes {
	issuedAt: string | null;
	notBefore: string | null;
	expiresAt: string | null;
	/** Seconds from now to `exp`, cut to whole ones; negative for an expired token. */
	expiresInSeconds: number | null;
}

/** What JWT Verify puts out for one token; never a member named `error`, which n8n misreads. */
export type VerificationReport =
	| (TokenTimes & {
			valid: true;
			header: Record<string, unknown>;
			payload: Record<string, unknown>;
			/** `kid` of the key that verified the token. */
			keyId: string | null;
			/** RFC 7638; null for a secret. */
			thumbprint: string | null;
	  })
	| ({
			valid: false;
			reason: string;
			message: string;
			/** What to do. */
			hint: string;
			/** As the token gives it; null where it could not be read. */
			header: Record<string, unknown> | null;
	  } & BearerChallenge);

/** Members of a {@link VerificationReport}, which an input's fields must not be taken for. */
export const REPORT_MEMBERS: readonly string[] = [
	'valid',
	'header',
	'payload',
	'keyId',
	'thumbprint',
	'issuedAt',
	'notBefore',
	'expiresAt',
	'expiresInSeconds',
	'reason',
	'message',
	'hint',
	'statusCode',
	'wwwAuthenticate',
];

function tokenTimes({ iat, nbf, exp }: Record<string, unknown>, now: Date): TokenTimes {
	const shown = (time: unknown): string | null => (typeof time === 'number' ? isoTime(time) : null);
	return {
		issuedAt: shown(iat),
		notBefore: shown(nbf),
		expiresAt: shown(exp),
		expiresInSeconds: typeof exp === 'number' ? Math.floor(exp - now.getTime() / 1000) : null,
	};
}

/**
 * The result of a verification as data for people and workflows.
 *
 * @param scopes those that are required, which a refused sender is told
 * @param scheme of the challenge; default Bearer
 */
export async function reportVerification(
	result: ValidToken | InvalidToken,
	now: Date,
	scopes?: readonly string[],
	scheme?: ChallengeScheme,
): Promise<VerificationReport> {
	if (!result.valid) {
		const { error, header = null } = result;
		const challenge = bearerChallenge(error, scopes, scheme);
		const { code: reason, message, hint } = error;
		return { valid: false, reason, message, hint, ...challenge, header };
	}
	const { header, payload, claims, key } = result;
	return {
		valid: true,
		header,
		payload,
		keyId: key.keyId ?? null,
		thumbprint: (await key.thumbprint) ?? null,
		...tokenTimes(claims, now),
	};
}

/** What a token says of itself. Nothing of it was verified. */
export type DecodedReport = { verified: false; notice: string } & (
	| ({ kind: 'signed' | 'unsigned' } & DecodedToken & TokenTimes)
	| { kind: 'encrypted'; header: Record<string, unknown> }
	| { kind: 'nested'; header: Record<string, unknown>; nested: DecodedReport }
);

const NOTICE = 'Nothing was verified: anybody could have written this token.';

const DEEPEST_NESTING = 4;

/**
 * Reads what a token says of itself: a JWS with claims, a JWE (RFC 7516 §7.1), of which the header
 * alone can be read, or a JWS whose payload is a token again (RFC 7519 §2).
 *
 * @param maximumLength longest token read, in characters; default 65,536
 * @throws {@link JwtAuthError} `TOKEN_MISSING`, `TOKEN_TOO_LARGE`, `TOKEN_MALFORMED`
 */
export function reportDecoded(
	token: string,
	now: Date,
	maximumLength?: number,
	depth = 1,
): DecodedReport {
	const [encodedHeader = '', payload = '', signature, ...rest] = splitToken(token, maximumLength);
	const header = decodeJsonPart(encodedHeader, 'header');
	const base = { verified: false, notice: NOTICE, header } as const;
	if (rest.length > 0) return { ...base, kind: 'encrypted' };
	if (depth < DEEPEST_NESTING && isNested(payload)) {
		const inner = Buffer.from(payload, 'base64url').toString('latin1');
		return { ...base, kind: 'nested', nested: reportDecoded(inner, now, maximumLength, depth + 1) };
	}
	const claims = decodePayload(payload);
	const kind = signature === '' ? 'unsigned' : 'signed';
	return { ...base, kind, payload: claims, ...tokenTimes(claims, now) };
}
