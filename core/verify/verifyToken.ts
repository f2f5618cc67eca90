import { type Algorithm, ALGORITHMS_BY_NAME, namesOf } from '../keys/algorithms';
import { checkBoundCertificate } from './boundCertificate';
import { checkClaims, CLOCK_TOLERANCE, type ClaimChecks } from './claimChecks';
import { checkProof, type ProofCheck } from './dpopProof';
import { decodeJsonPart, decodePart, decodePayload, splitSignedToken } from '../jws/decode';
import { JwtAuthError } from '../errors';
import { findKey, type SignedParts } from './findKey';
import type { VerificationKey } from '../keys/verificationKey';
import { withoutPadding } from '../jws/padding';
import type { KeySelector, KeySource } from './keySource';

/** What {@link verifyToken} asks of a token. */
export interface VerifyOptions extends ClaimChecks {
	/** `alg` values accepted. Default, and for an empty list: those the keys allow. */
	algorithms?: readonly string[];
	/** Longest token read, in characters. Default 65,536. */
	maximumLength?: number;
	/** What has to show that whoever sent the token is the one it was issued to. */
	possession?: PossessionChecks;
	/** Current time. */
	now: Date;
}

/** Proofs of possession; those that are there have to hold. */
export interface PossessionChecks {
	/** RFC 9449. */
	proof?: ProofCheck;
	/** Client certificate of the call, RFC 8705; see {@link checkBoundCertificate}. */
	certificate?: string;
}

/** A token that may be trusted. */
export interface ValidToken {
	valid: true;
	header: Record<string, unknown>;
	payload: Record<string, unknown>;
	/** What was checked: the payload, or what the source makes of it. See {@link KeySource.claimsOf}. */
	claims: Record<string, unknown>;
	/** The key it was verified with. */
	key: VerificationKey;
}

/** A token that may not. */
export interface InvalidToken {
	valid: false;
	/**
	 * Why not. Once the signature was found good, the message quotes its times, `iss`, `aud` and `typ`;
	 * else nothing of the token.
	 */
	error: JwtAuthError;
	/** Header as the token gives it, where it could be read; nothing vouches for it. */
	header?: Record<string, unknown>;
}

/** The algorithm a header names, once it is a header that can be understood. */
function readAlgorithm(header: Record<string, unknown>, allowed: readonly string[]): Algorithm {
	const { alg, kid } = header;
	if (typeof alg !== 'string' || !['string', 'undefined'].includes(typeof kid)) {
		throw new JwtAuthError('TOKEN_MALFORMED', 'The header of the token has no proper alg or kid.');
	}
	if ('crit' in header || 'b64' in header) {
		throw new JwtAuthError(
			'CRITICAL_HEADER_UNSUPPORTED',
			'The header of the token demands an extension (crit, b64) that is not understood.',
		);
	}
	const algorithm = ALGORITHMS_BY_NAME.get(alg);
	if (!algorithm) {
		const isNone = alg.toLowerCase() === 'none';
		const what = isNone ? 'is not signed (algorithm none)' : 'names an algorithm that is not known';
		throw new JwtAuthError('ALGORITHM_NOT_ALLOWED', `The token ${what}.`);
	}
	if (allowed.length > 0 && !namesOf(algorithm).some((name) => allowed.includes(name))) {
		throw new JwtAuthError(
			'ALGORITHM_NOT_ALLOWED',
			`The token is signed with ${alg}, which is not allowed.`,
		);
	}
	return algorithm;
}

function invalidToken(error: JwtAuthError, header?: Record<string, unknown>): InvalidToken {
	return { valid: false, error, header };
}

/** A token taken apart, with its payload not yet decoded. */
interface ReadToken extends SignedParts {
	/** Base64URL without padding. */
	payload: string;
}

/** Reads all of a token but what its payload says, as strictly as jose does not. */
function readToken(
	token: string,
	allowsPadding: boolean,
	{ algorithms = [], maximumLength }: VerifyOptions,
	onHeader: (header: Record<string, unknown>) => void,
): ReadToken {
	const padded = allowsPadding ? withoutPadding(token) : undefined;
	const [encodedHeader, payload, signature] = splitSignedToken(
		padded?.token ?? token,
		maximumLength,
	);
	const header = decodeJsonPart(encodedHeader, 'header');
	onHeader(header);
	const algorithm = readAlgorithm(header, algorithms);
	decodePart(payload, 'payload');
	decodePart(signature, 'signature');
	const signed = padded?.signed ?? { header: encodedHeader, payload };
	return { header, algorithm, payload, encoded: { ...signed, signature } };
}

async function checkPossession(
	token: string,
	claims: Record<string, unknown>,
	{ possession = {}, clockTolerance: tolerance = CLOCK_TOLERANCE, now }: VerifyOptions,
): Promise<void> {
	const { certificate, proof } = possession;
	if (certificate !== undefined) checkBoundCertificate(claims, certificate);
	// Last, since a proof that was looked at is used up.
	if (proof) await checkProof(token, claims, proof, { now: now.getTime() / 1000, tolerance });
}

/** The claims set; where it cannot be read, why. */
function tryPayload(payload: string): Record<string, unknown> | JwtAuthError {
	try {
		return decodePayload(payload);
	} catch (error) {
		if (error instanceof JwtAuthError) return error;
		throw error;
	}
}

/**
 * Verifies a compact JWS (RFC 7515 §5.2) that holds a claims set (RFC 7519 §7.2), by the rules of
 * RFC 8725. Keys come from the source alone: `jwk`, `jku` and `x5u` in the token are passed over, and
 * so is `x5c`, unless the source is a root that a person pasted. A key is used with its own algorithms
 * only. The payload is read after the signature was found good; of several issuers its `iss` selects
 * one before.
 *
 * @param token the bare token, without `Bearer`
 * @returns whether the token may be trusted, and why not; a token never makes this throw
 * @throws {@link JwtAuthError} what the source throws, such as `JWKS_UNREACHABLE`
 */
export async function verifyToken(
	token: string,
	source: KeySource | KeySelector,
	options: VerifyOptions,
): Promise<ValidToken | InvalidToken> {
	let read: ReadToken;
	let headerRead: Record<string, unknown> | undefined;
	try {
		read = readToken(token, source.allowsPadding ?? false, options, (header) => {
			headerRead = header;
		});
	} catch (error) {
		if (!(error instanceof JwtAuthError)) throw error;
		return invalidToken(error, headerRead);
	}
	const { header } = read;
	const { now } = options;
	const unverified = { header, now, payload: () => tryPayload(read.payload) };
	const selected = 'select' in source ? await source.select(unverified) : source;
	if (selected instanceof JwtAuthError) return invalidToken(selected, header);
	const key = await findKey(read, selected);
	if (key instanceof JwtAuthError) return invalidToken(key, header);
	try {
		const payload = decodePayload(read.payload);
		const claims = selected.claimsOf?.({ header, payload }) ?? payload;
		checkClaims({ header, payload: claims }, options, now.getTime() / 1000);
		await checkPossession(token, claims, options);
		return { valid: true, header, payload, claims, key };
	} catch (error) {
		if (!(error instanceof JwtAuthError)) throw error;
		return invalidToken(error, header);
	}
}
