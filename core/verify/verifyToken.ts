import { type Algorithm, ALGORITHMS_BY_NAME, namesOf } from '../keys/algorithms';
import { checkClaims, type ClaimChecks } from './claimChecks';
import { decodeJsonPart, decodePart, decodePayload, splitSignedToken } from '../jws/decode';
import { JwtAuthError } from '../errors';
import type { KeySource } from './keySource';
import type { VerificationKey } from '../keys/verificationKey';
import { verifySignature, type EncodedJws } from '../jws/verifySignature';

/** What {@link verifyToken} asks of a token. */
export interface VerifyOptions extends ClaimChecks {
	/** `alg` values accepted. Default, and for an empty list: those the keys allow. */
	algorithms?: readonly string[];
	/** Longest token read, in characters. Default 65,536. */
	maximumLength?: number;
	/** Current time. */
	now: Date;
}

/** A token that may be trusted. */
export interface ValidToken {
	valid: true;
	header: Record<string, unknown>;
	payload: Record<string, unknown>;
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

/** The keys to try, or why there are none; `kid` only selects, it is never used as an address. */
function candidates(
	keys: readonly VerificationKey[],
	{ name }: Algorithm,
	kid: unknown,
	keyIdOptional: boolean,
): readonly VerificationKey[] | JwtAuthError {
	const fitting = keys.filter(({ algorithms }) => algorithms.some((other) => other.name === name));
	const anyKeyId = kid === undefined || (keyIdOptional && fitting.length === 1);
	if (fitting.length > 0 && anyKeyId) return fitting;
	for (const keyId of [kid, undefined]) {
		const named = fitting.filter((key) => key.keyId === keyId);
		if (named.length > 0) return named;
	}
	const otherKind = fitting.length === 0 && (kid === undefined || keyIdOptional);
	return otherKind || keys.some(({ keyId }) => keyId === kid)
		? new JwtAuthError('ALGORITHM_NOT_ALLOWED', `The key does not verify ${name} signatures.`)
		: new JwtAuthError('KEY_NOT_FOUND', 'The issuer has no key with the key ID the token names.');
}

/** Entra ID changes the nonce of a token for Graph after it was signed. */
const GRAPH_ADVICE =
	' Its header has a nonce, as access tokens for Microsoft Graph have: nobody but Graph can verify those. Ask Entra ID for a token with a scope of your own API.';

/** A token taken apart, its header read and nothing else. */
interface SignedParts {
	header: Record<string, unknown>;
	algorithm: Algorithm;
	encoded: EncodedJws;
}

/** The key that verifies the token, or why none of these does. */
async function findAmong(
	keys: readonly VerificationKey[],
	{ header, algorithm, encoded }: SignedParts,
	keyIdOptional: boolean,
): Promise<VerificationKey | JwtAuthError> {
	const found = candidates(keys, algorithm, header.kid, keyIdOptional);
	if (found instanceof JwtAuthError) return found;
	for (const key of found) {
		if (await verifySignature(encoded, key.key, algorithm)) return key;
	}
	return new JwtAuthError(
		'SIGNATURE_INVALID',
		`The signature of the token does not verify.${'nonce' in header ? GRAPH_ADVICE : ''}`,
	);
}

async function findKey(
	parts: SignedParts,
	source: KeySource,
): Promise<VerificationKey | JwtAuthError> {
	const { name } = parts.algorithm;
	const kid = typeof parts.header.kid === 'string' ? parts.header.kid : undefined;
	const keyIdOptional = source.keyIdOptional ?? false;
	const unusable = source.unusable?.get(name);
	if (unusable) return unusable;
	const current = await source.current(kid);
	const result = await findAmong(current, parts, keyIdOptional);
	if (!(result instanceof JwtAuthError)) return result;
	const isKnown = current.some(
		({ keyId, algorithms }) =>
			kid !== undefined && keyId === kid && algorithms.some((other) => other.name === name),
	);
	// The very key the token names did not do: no other one would.
	if (isKnown && result.code === 'SIGNATURE_INVALID') return result;
	const newer = await source.newer?.(kid);
	const last = newer ? await findAmong(newer, parts, keyIdOptional) : result;
	const refusal = kid === undefined ? undefined : source.refusalOf?.(kid);
	if (!(last instanceof JwtAuthError) || !refusal) return last;
	const message = `The key of the issuer that the token names cannot be used: ${refusal.message}`;
	return new JwtAuthError('KEY_NOT_FOUND', message, { hint: refusal.hint });
}

function invalid(error: unknown, header?: Record<string, unknown>): InvalidToken {
	if (!(error instanceof JwtAuthError)) throw error;
	return { valid: false, error, header };
}

/**
 * Verifies a compact JWS (RFC 7515 §5.2) that holds a claims set (RFC 7519 §7.2), by the rules of
 * RFC 8725. Keys come from the source alone: `jwk`, `jku`, `x5u` and `x5c` in the token are passed
 * over, and a key is used with its own algorithms only. The payload is read after the signature was
 * found good.
 *
 * @param token the bare token, without `Bearer`
 * @returns whether the token may be trusted, and why not; a token never makes this throw
 * @throws {@link JwtAuthError} what the source throws, such as `JWKS_UNREACHABLE`
 */
export async function verifyToken(
	token: string,
	source: KeySource,
	options: VerifyOptions,
): Promise<ValidToken | InvalidToken> {
	let header: Record<string, unknown> | undefined;
	let parts: SignedParts;
	try {
		const [encodedHeader, payload, signature] = splitSignedToken(token, options.maximumLength);
		header = decodeJsonPart(encodedHeader, 'header');
		const algorithm = readAlgorithm(header, options.algorithms ?? []);
		// What is verified next is read less strictly there.
		decodePart(payload, 'payload');
		decodePart(signature, 'signature');
		parts = { header, algorithm, encoded: { header: encodedHeader, payload, signature } };
	} catch (error) {
		return invalid(error, header);
	}
	const key = await findKey(parts, source);
	if (key instanceof JwtAuthError) return invalid(key, header);
	try {
		const payload = decodePayload(parts.encoded.payload);
		checkClaims({ header, payload }, options, options.now.getTime() / 1000);
		return { valid: true, header, payload, key };
	} catch (error) {
		return invalid(error, header);
	}
}
