import { JwtAuthError } from '../errors';
import { decodeJsonPart, decodePayload, splitSignedToken } from '../jws/decode';
import { verifySignature } from '../jws/verifySignature';
import { ALGORITHMS_BY_NAME } from '../keys/algorithms';
import { importPublicJwk, type VerificationKey } from '../keys/verificationKey';
import { sha256 } from '../shared/hash';
import { isObject } from '../shared/json';
import { comparableAddress } from './httpAddress';
import { SeenProofs } from './seenProofs';

/** Longest proof read, in characters; one of an RSA key has about 1,500. */
const LONGEST_PROOF = 8192;

/** Characters of a `jti` that is remembered. */
const LONGEST_JTI = 256;

/** Shared by everything in this process. */
const seenProofs = new SeenProofs();

/** The call that a proof has to be for. */
export interface ProofCheck {
	/** Field value of the header `DPoP`; empty where there was none. */
	proof: string;
	/** HTTP method of the call. */
	method: string;
	/** Absolute address of the call, as its sender sees it; query and fragment do not count. */
	url: string;
	/** Seconds since `iat` of the proof. */
	maximumAge: number;
}

function refuse(what: string): never {
	throw new JwtAuthError('PROOF_INVALID', `The DPoP proof ${what}.`);
}

/** A proof whose signature is good. */
interface SignedProof {
	claims: Record<string, unknown>;
	key: VerificationKey;
}

async function readSigned(proof: string): Promise<SignedProof> {
	const [encoded, payload, signature] = splitSignedToken(proof, LONGEST_PROOF);
	const { typ, alg, jwk, ...header } = decodeJsonPart(encoded, 'header');
	if (typ !== 'dpop+jwt') refuse('is not of the type dpop+jwt');
	if ('crit' in header || 'b64' in header) refuse('demands an extension that is not understood');
	const algorithm = typeof alg === 'string' ? ALGORITHMS_BY_NAME.get(alg) : undefined;
	if (!algorithm || algorithm.family === 'HMAC') refuse('is signed with no usable algorithm');
	if (!isObject(jwk)) refuse('has no key');
	const key = importPublicJwk(jwk);
	const isFit = key.algorithms.some(({ name }) => name === algorithm.name);
	const isGood =
		isFit && (await verifySignature({ header: encoded, payload, signature }, key.key, algorithm));
	if (!isGood) refuse('has no good signature');
	return { claims: decodePayload(payload), key };
}

/** As {@link readSigned}; whatever is wrong is the fault of the proof. */
async function readProof(proof: string): Promise<SignedProof> {
	if (proof === '') refuse('is missing');
	try {
		return await readSigned(proof);
	} catch (error) {
		if (!(error instanceof JwtAuthError) || error.code === 'PROOF_INVALID') throw error;
		throw new JwtAuthError('PROOF_INVALID', `The DPoP proof cannot be read: ${error.message}`);
	}
}

function checkAddress(claims: Record<string, unknown>, { method, url }: ProofCheck): void {
	if (claims.htm !== method.toUpperCase()) refuse('was made for another method');
	const address = comparableAddress(String(claims.htu));
	if (address === undefined || address !== comparableAddress(url)) {
		refuse('was made for another address');
	}
}

function checkAge({ iat }: Record<string, unknown>, maximumAge: number, times: ProofTimes): void {
	const { now, tolerance } = times;
	if (typeof iat !== 'number') refuse('does not say when it was made');
	if (iat > now + tolerance) refuse('was made at a time yet to come');
	if (iat < now - maximumAge - tolerance) refuse('is too old');
}

/** What the age of a proof is judged by, in seconds. */
export interface ProofTimes {
	/** Since 1970. */
	now: number;
	tolerance: number;
}

/** The thumbprint of the key that a token is bound to, RFC 9449 §6.1. */
function boundKey({ cnf }: Record<string, unknown>): string {
	const { jkt } = isObject(cnf) ? cnf : {};
	if (typeof jkt === 'string' && jkt !== '') return jkt;
	throw new JwtAuthError('CLAIM_MISSING', 'The token is not bound to a key: it has no cnf.jkt.', {
		hint: 'Ask the issuer for tokens that are bound by DPoP, or take Require DPoP Proof out.',
	});
}

/**
 * Checks the DPoP proof that came with a token, RFC 9449 §4.3 and §7.1: made by the key the token is
 * bound to, for this token, method and address, a moment ago, and not used before. What was used is
 * remembered by this process only.
 *
 * @param token bare, with a good signature
 * @param payload its claims
 * @throws {@link JwtAuthError} `PROOF_INVALID`, `CLAIM_MISSING` for a token that is not bound
 */
export async function checkProof(
	token: string,
	payload: Record<string, unknown>,
	check: ProofCheck,
	times: ProofTimes,
): Promise<void> {
	const jkt = boundKey(payload);
	const { claims, key } = await readProof(check.proof);
	if ((await key.thumbprint) !== jkt) refuse('was made by another key than the token is bound to');
	checkAddress(claims, check);
	checkAge(claims, check.maximumAge, times);
	if (claims.ath !== sha256(token, 'base64url')) refuse('was made for another token');
	const { jti } = claims;
	if (typeof jti !== 'string' || jti === '' || jti.length > LONGEST_JTI)
		refuse('has no usable jti');
	if (!seenProofs.isFirst(jkt, jti)) refuse('was used before');
}
