import { createPrivateKey, createSecretKey, type KeyObject } from 'node:crypto';
import { type Algorithm, ALGORITHMS_BY_NAME, namesOf } from './algorithms';
import { JwtAuthError, type JwtAuthErrorCode } from '../errors';
import { secretAdvice, wantedKey, wrongKeyError } from './wrongKey';
import { assertWholeMembers } from './jwkMembers';
import { publicJwk } from './publicKey';
import { importMlDsaSeed } from './rawKeys';
import { completeRsaJwk } from './rsaPrimes';

const CURVE = /^(P-\d{3}|secp256k1|(Ed|X)(25519|448))$/;

/** Member that only a private (or symmetric) JWK has, RFC 7518 §6, RFC 8037 §2, RFC 9964 §3. */
const PRIVATE_MEMBER: ReadonlyMap<unknown, string> = new Map([
	['oct', 'k'],
	['RSA', 'd'],
	['EC', 'd'],
	['OKP', 'd'],
	['AKP', 'priv'],
]);

function jwkMismatchError(message: string): JwtAuthError {
	return new JwtAuthError('KEY_ALGORITHM_MISMATCH', message);
}

function malformedJwkError(message: string): JwtAuthError {
	return new JwtAuthError('KEY_MALFORMED', message, {
		hint: 'Paste the JWK as it was handed out, with all its members.',
	});
}

/** Names a value only if it is known, since pasted text may be key material. */
function shown(value: unknown, isKnown: boolean): string {
	return isKnown ? `"${String(value)}"` : 'something else';
}

function describe(jwk: Record<string, unknown>): string {
	if (jwk.kty === 'oct') return 'A JWK with a shared secret (kty "oct")';
	const curve = typeof jwk.crv === 'string' && CURVE.test(jwk.crv) ? ` on ${jwk.crv}` : '';
	return `A JWK of kty "${String(jwk.kty)}"${curve}`;
}

/**
 * What a JWK was made for, if not for signatures, RFC 7517 §4.2, §4.3.
 *
 * @param operation what is to be done with it
 * @returns `KEY_ALGORITHM_MISMATCH`; undefined where `use` and `key_ops` allow it
 */
export function jwkPurposeProblem(
	{ use, key_ops: operations }: Record<string, unknown>,
	operation: 'sign' | 'verify',
): JwtAuthError | undefined {
	if (use !== undefined && use !== 'sig') {
		return jwkMismatchError(
			`The JWK was made for ${shown(use, use === 'enc')} ("use"), not for signing.`,
		);
	}
	if (operations === undefined) return undefined;
	const isAllowed = Array.isArray(operations) && operations.includes(operation);
	return isAllowed
		? undefined
		: jwkMismatchError(`The "key_ops" of the JWK leave out "${operation}".`);
}

/**
 * What keeps a JWK (RFC 7517 §4) from signing with an algorithm: another type or curve, no private
 * part, or `alg`, `use` or `key_ops` made for something else. Nothing is decoded yet.
 *
 * @returns undefined where nothing does; else an error with `KEY_MALFORMED`, `KEY_WRONG_TYPE`,
 * `KEY_WRONG_CURVE`, `KEY_IS_PUBLIC`, `SECRET_IS_KEY` or `KEY_ALGORITHM_MISMATCH`
 */
export function jwkProblem(
	jwk: Record<string, unknown>,
	algorithm: Algorithm,
): JwtAuthError | undefined {
	const privateMember = PRIVATE_MEMBER.get(jwk.kty);
	if (privateMember === undefined) {
		return malformedJwkError('The JWK has a "kty" that is none of RSA, EC, OKP, oct and AKP.');
	}
	const { name, keyType } = algorithm;
	const hint = jwk.kty === 'oct' ? secretAdvice(algorithm) : undefined;
	const wrongJwkError = (code: JwtAuthErrorCode, found = describe(jwk)): JwtAuthError =>
		wrongKeyError(code, found, wantedKey(algorithm), hint);
	if (jwk.kty !== keyType) {
		return wrongJwkError(keyType === 'oct' ? 'SECRET_IS_KEY' : 'KEY_WRONG_TYPE');
	}
	if (algorithm.curve !== undefined && jwk.crv !== algorithm.curve) {
		return wrongJwkError('KEY_WRONG_CURVE');
	}
	if (typeof jwk[privateMember] !== 'string') {
		return keyType === 'oct'
			? malformedJwkError('The JWK of kty "oct" has no "k" member.')
			: wrongJwkError('KEY_IS_PUBLIC', `A public JWK (without "${privateMember}")`);
	}
	const { alg } = jwk;
	if (alg !== undefined && !namesOf(algorithm).some((known) => known === alg)) {
		const other = shown(alg, typeof alg === 'string' && ALGORITHMS_BY_NAME.has(alg));
		return jwkMismatchError(`The JWK was made for ${other} ("alg"), not for ${name}.`);
	}
	return jwkPurposeProblem(jwk, 'sign');
}

/** Whether two members are of the same bytes, whether padded or not. */
function isSameValue(one: unknown, other: unknown): boolean {
	return Buffer.from(String(one), 'base64url').equals(Buffer.from(String(other), 'base64url'));
}

function importMembers(jwk: Record<string, unknown>, algorithm: Algorithm): KeyObject | undefined {
	switch (algorithm.keyType) {
		case 'oct': {
			const secret = String(jwk.k);
			if (!/^[\w-]*={0,2}$/.test(secret)) return undefined;
			return createSecretKey(Buffer.from(secret, 'base64url'));
		}
		case 'AKP': {
			const key = importMlDsaSeed(algorithm.name, Buffer.from(String(jwk.priv), 'base64url'));
			const isWhole = key && (jwk.pub === undefined || isSameValue(publicJwk(key).pub, jwk.pub));
			return isWhole ? key : undefined;
		}
		case 'RSA':
		case 'EC':
		case 'OKP': {
			const key = createPrivateKey({ key: jwk, format: 'jwk' });
			const isWhole = algorithm.keyType !== 'OKP' || isSameValue(publicJwk(key).x, jwk.x);
			return isWhole ? key : undefined;
		}
	}
}

/** The public members that a JWK lacks, RFC 7518 §6.2.1, RFC 8037 §2; empty for none. */
function missingMembers(jwk: Record<string, unknown>, { keyType }: Algorithm): string {
	const wanted = { EC: ['x', 'y'], OKP: ['x'], RSA: ['n', 'e'], AKP: [], oct: [] }[keyType];
	return wanted
		.filter((name) => jwk[name] === undefined)
		.map((name) => `"${name}"`)
		.join(' and ');
}

/**
 * Imports a private or symmetric JWK.
 *
 * @param jwk members as base64url, RFC 7518 §6, RFC 8037 §2, RFC 9964 §3; `kty` `oct` for HMAC. Of an
 * RSA key n, e and d suffice, §6.3.2
 * @throws {@link JwtAuthError} the codes of {@link jwkProblem}, `KEY_TRUNCATED`
 */
export function importJwk(jwk: Record<string, unknown>, algorithm: Algorithm): KeyObject {
	const problem = jwkProblem(jwk, algorithm);
	if (problem) throw problem;
	assertWholeMembers(jwk);
	const complete = algorithm.keyType === 'RSA' ? completeRsaJwk(jwk) : jwk;
	let key: KeyObject | undefined;
	try {
		key = importMembers(complete, algorithm);
	} catch {
		// OpenSSL's reasons say nothing to the person who pasted the key.
	}
	if (!key) {
		const missing = missingMembers(jwk, algorithm);
		throw malformedJwkError(
			missing === ''
				? 'The members of the JWK do not make a key.'
				: `The JWK has no ${missing}, without which its "d" is no key.`,
		);
	}
	return key;
}
