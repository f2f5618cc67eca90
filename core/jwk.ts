import {
	createPrivateKey,
	createPublicKey,
	createSecretKey,
	type JsonWebKey,
	type KeyObject,
} from 'node:crypto';
import { ALGORITHMS, type Algorithm } from './algorithms';
import { JwtAuthError } from './errors';
import { expectedKey } from './foreignKeys';
import { importMlDsaSeed } from './rawKeys';

const CURVES = ['P-256', 'P-384', 'P-521', 'secp256k1', 'Ed25519', 'Ed448', 'X25519', 'X448'];

const RSA_MEMBERS = ['n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi'] as const;

/** Member that only a private (or symmetric) JWK has, RFC 7518 §6, RFC 8037 §2, RFC 9964 §3. */
const PRIVATE_MEMBER: ReadonlyMap<unknown, string> = new Map([
	['oct', 'k'],
	['RSA', 'd'],
	['EC', 'd'],
	['OKP', 'd'],
	['AKP', 'priv'],
]);

function mismatch(message: string): JwtAuthError {
	return new JwtAuthError('KEY_ALGORITHM_MISMATCH', message);
}

function malformed(message: string): JwtAuthError {
	return new JwtAuthError('KEY_MALFORMED', message, {
		hint: 'Paste the JWK as it was handed out, with all its members.',
	});
}

/** Names a value only if it is one of a known list, since pasted text may be key material. */
function known(value: unknown, list: readonly string[]): string {
	return typeof value === 'string' && list.includes(value) ? `"${value}"` : 'something else';
}

function describe(jwk: Record<string, unknown>): string {
	if (jwk.kty === 'oct') return 'A JWK with a shared secret (kty "oct")';
	const curve = typeof jwk.crv === 'string' && CURVES.includes(jwk.crv) ? ` on ${jwk.crv}` : '';
	return `A JWK of kty "${String(jwk.kty)}"${curve}`;
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
		return malformed('The JWK has a "kty" that is none of RSA, EC, OKP, oct and AKP.');
	}
	const { name, keyType } = algorithm;
	const wanted = `${name} wants ${expectedKey(algorithm)}`;
	if (jwk.kty !== keyType) {
		const code = keyType === 'oct' ? 'SECRET_IS_KEY' : 'KEY_WRONG_TYPE';
		return new JwtAuthError(code, `${describe(jwk)} was found where ${wanted}.`);
	}
	if (algorithm.curve !== undefined && jwk.crv !== algorithm.curve) {
		return new JwtAuthError('KEY_WRONG_CURVE', `${describe(jwk)} was found where ${wanted}.`);
	}
	if (typeof jwk[privateMember] !== 'string') {
		return keyType === 'oct'
			? malformed('The JWK of kty "oct" has no "k" member.')
			: new JwtAuthError(
					'KEY_IS_PUBLIC',
					`A public JWK (without "${privateMember}") was found where ${wanted}.`,
				);
	}
	const names = ALGORITHMS.filter((other) => other.curve !== 'Ed25519').map((other) => other.name);
	const same = algorithm.curve === 'Ed25519' ? ['EdDSA', 'Ed25519'] : [name];
	if (jwk.alg !== undefined && !same.includes(String(jwk.alg))) {
		return mismatch(
			`The JWK was made for ${known(jwk.alg, [...names, 'EdDSA', 'Ed25519'])} ("alg"), not for ${name}.`,
		);
	}
	if (jwk.use !== undefined && jwk.use !== 'sig') {
		return mismatch(`The JWK was made for ${known(jwk.use, ['enc'])} ("use"), not for signing.`);
	}
	if (jwk.key_ops !== undefined) {
		const operations: unknown[] = Array.isArray(jwk.key_ops) ? jwk.key_ops : [];
		if (!operations.includes('sign')) return mismatch('The "key_ops" of the JWK leave out "sign".');
	}
	return undefined;
}

function assertRsaMembers(jwk: Record<string, unknown>): void {
	const missing = RSA_MEMBERS.filter((member) => typeof jwk[member] !== 'string');
	if (missing.length > 0 || 'oth' in jwk) {
		throw malformed(
			missing.length > 0
				? `The RSA JWK lacks ${missing.join(', ')}.`
				: 'The RSA JWK has more than two primes ("oth"), which is not supported.',
		);
	}
}

function importRsa(jwk: Record<string, unknown>): KeyObject {
	const key = Object.fromEntries(RSA_MEMBERS.map((member) => [member, jwk[member]]));
	return createPrivateKey({ key: { ...key, kty: 'RSA' }, format: 'jwk' });
}

function importAkp(jwk: Record<string, unknown>, algorithm: Algorithm): KeyObject | undefined {
	const key = importMlDsaSeed(algorithm.name, Buffer.from(String(jwk.priv), 'base64url'));
	if (!key || jwk.pub === undefined) return key;
	const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
	const given = Buffer.from(String(jwk.pub), 'base64url');
	return spki.subarray(-given.length).equals(given) ? key : undefined;
}

function importMembers(jwk: Record<string, unknown>, algorithm: Algorithm): KeyObject | undefined {
	const { crv, x, y, d }: JsonWebKey = jwk;
	switch (algorithm.keyType) {
		case 'oct': {
			const secret = String(jwk.k);
			return /^[\w-]*={0,2}$/.test(secret)
				? createSecretKey(Buffer.from(secret, 'base64url'))
				: undefined;
		}
		case 'RSA':
			return importRsa(jwk);
		case 'EC':
			return createPrivateKey({ key: { kty: 'EC', crv, x, y, d }, format: 'jwk' });
		case 'OKP': {
			const key = createPrivateKey({ key: { kty: 'OKP', crv, x, d }, format: 'jwk' });
			return createPublicKey(key).export({ format: 'jwk' }).x === x ? key : undefined;
		}
		case 'AKP':
			return importAkp(jwk, algorithm);
	}
}

/**
 * Imports a private or symmetric JWK.
 *
 * @param jwk members as base64url, RFC 7518 §6, RFC 8037 §2, RFC 9964 §3; `kty` `oct` for HMAC
 * @throws {@link JwtAuthError} the codes of {@link jwkProblem}
 */
export function importJwk(jwk: Record<string, unknown>, algorithm: Algorithm): KeyObject {
	const problem = jwkProblem(jwk, algorithm);
	if (problem) throw problem;
	if (algorithm.keyType === 'RSA') assertRsaMembers(jwk);
	let key: KeyObject | undefined;
	try {
		key = importMembers(jwk, algorithm);
	} catch {
		// OpenSSL's reasons say nothing to the person who pasted the key.
	}
	if (!key) throw malformed('The members of the JWK do not make a key.');
	return key;
}
