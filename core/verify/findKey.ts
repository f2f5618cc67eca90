import type { Algorithm } from '../keys/algorithms';
import type { VerificationKey } from '../keys/verificationKey';
import { JwtAuthError } from '../errors';
import { verifySignature, type EncodedJws } from '../jws/verifySignature';
import type { KeySource } from './keySource';

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
export interface SignedParts {
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

/**
 * The key of a source that verifies the signature of a token.
 *
 * @returns why there is none: `KEY_NOT_FOUND`, `ALGORITHM_NOT_ALLOWED`, `SIGNATURE_INVALID`,
 *   `KEY_TOO_SHORT`
 * @throws what the source throws
 */
export async function findKey(
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
	const problem = kid === undefined ? undefined : source.keyProblem?.(kid);
	if (!(last instanceof JwtAuthError) || !problem) return last;
	const message = `The key of the issuer that the token names cannot be used: ${problem.message}`;
	return new JwtAuthError('KEY_NOT_FOUND', message, { hint: problem.hint });
}
