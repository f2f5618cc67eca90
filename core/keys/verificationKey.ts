import { createPublicKey, type KeyObject } from 'node:crypto';
import { type Algorithm, namesOf } from './algorithms';
import { JwtAuthError } from '../errors';
import { isSmallOrderEd25519 } from './ed25519Order';
import { jwkPurposeProblem } from './jwk';
import { assertWholeMembers } from './jwkMembers';
import { checkRsaSize, fittingAlgorithms } from './keyFit';
import { publicJwk, publicKeyOf, publicKeyThumbprint } from './publicKey';

/** A key that tokens are verified with, and all that it may be used for. */
export interface VerificationKey {
	/** Public key, or secret key for HMAC. */
	readonly key: KeyObject;
	/** At least one; HMAC and public-key algorithms are never mixed, RFC 8725 §3.1. */
	readonly algorithms: readonly Algorithm[];
	/** `kid` the key is known by. */
	readonly keyId?: string;
	/** RFC 7638, 43 characters; left out for a secret, which could be guessed from it. */
	readonly thumbprint?: Promise<string>;
}

/** Larger ones exist to make verifying slow; 65537 is what everybody uses. */
const LARGEST_EXPONENT = 2n ** 32n;

function unusableKeyError(message: string): JwtAuthError {
	return new JwtAuthError('KEY_MALFORMED', message, {
		hint: 'Ask the issuer for its public key again.',
	});
}

function assertSound(key: KeyObject, algorithm: Algorithm): void {
	if (algorithm.curve === 'Ed25519') {
		if (isSmallOrderEd25519(Buffer.from(publicJwk(key).x ?? '', 'base64url'))) {
			throw unusableKeyError(
				'The Ed25519 key is a point of small order; anybody can make signatures that verify with it.',
			);
		}
		return;
	}
	if (algorithm.keyType !== 'RSA') return;
	checkRsaSize(key, algorithm);
	const exponent = key.asymmetricKeyDetails?.publicExponent ?? 0n;
	// With the exponent 1 every text is its own signature.
	if (exponent < 3n || exponent % 2n === 0n || exponent > LARGEST_EXPONENT) {
		throw unusableKeyError(
			'The public exponent of the RSA key is none that is safe to verify with.',
		);
	}
}

/** jose takes no id-RSASSA-PSS key on Node.js 20; the RSA key inside is an ordinary one. */
function verifiable(publicKey: KeyObject): KeyObject {
	if (publicKey.asymmetricKeyType !== 'rsa-pss') return publicKey;
	return createPublicKey({ key: publicJwk(publicKey), format: 'jwk' });
}

/**
 * Makes a verification key of a public key.
 *
 * @param key private keys are reduced to their public part
 * @param keyId `kid`; empty for none
 * @param only `alg` the key was made for; default: every algorithm its type and curve go with
 * @throws {@link JwtAuthError} `KEY_UNSUPPORTED`, `KEY_TOO_SHORT`, `KEY_TOO_LONG`, `KEY_MALFORMED`,
 *   `KEY_ALGORITHM_MISMATCH`
 */
export function publicVerificationKey(
	key: KeyObject,
	keyId?: string,
	only?: string,
): VerificationKey {
	const publicKey = publicKeyOf(key);
	const fitting = fittingAlgorithms(publicKey);
	const [first] = fitting;
	if (!first) {
		throw new JwtAuthError('KEY_UNSUPPORTED', 'A key of a kind no JWT algorithm uses was found.');
	}
	assertSound(publicKey, first);
	const algorithms = fitting.filter(
		(algorithm) => only === undefined || namesOf(algorithm).includes(only),
	);
	if (algorithms.length === 0) {
		throw new JwtAuthError(
			'KEY_ALGORITHM_MISMATCH',
			'The "alg" of the JWK is not one its key can be used with.',
		);
	}
	const thumbprint = publicKeyThumbprint(publicKey);
	// Not every key is asked for its thumbprint.
	thumbprint.catch(() => {});
	return { key: verifiable(publicKey), algorithms, keyId: keyId || undefined, thumbprint };
}

/**
 * Makes a verification key of a public JWK, RFC 7517 §4. `alg`, `use` and `key_ops` limit what it is
 * used for; certificates and addresses in it are passed over.
 *
 * @throws {@link JwtAuthError} `KEY_WRONG_TYPE` for a shared secret, `KEY_IS_PRIVATE`,
 *   `KEY_ALGORITHM_MISMATCH`, `KEY_TRUNCATED`, and the codes of {@link publicVerificationKey}
 */
export function importPublicJwk(jwk: Record<string, unknown>): VerificationKey {
	if (jwk.kty === 'oct') {
		throw new JwtAuthError('KEY_WRONG_TYPE', 'A JWK with a shared secret was found.', {
			hint: 'Choose Shared Secret as the key source and paste it there, where it is masked.',
		});
	}
	if ('d' in jwk || 'priv' in jwk) {
		throw new JwtAuthError('KEY_IS_PRIVATE', 'A private JWK was found, not a public one.');
	}
	const problem = jwkPurposeProblem(jwk, 'verify');
	if (problem) throw problem;
	assertWholeMembers(jwk);
	let key: KeyObject;
	try {
		key = createPublicKey({ key: jwk, format: 'jwk' });
	} catch {
		throw unusableKeyError('The members of the JWK do not make a public key.');
	}
	const only = jwk.alg === undefined || typeof jwk.alg === 'string' ? jwk.alg : '';
	return publicVerificationKey(key, typeof jwk.kid === 'string' ? jwk.kid : undefined, only);
}

/**
 * Makes a verification key of a signing key, for the signing key's own algorithm.
 *
 * @param keyId `kid`; empty for none
 */
export function verificationKeyOf(
	signingKey: { key: KeyObject; algorithm: Algorithm },
	keyId?: string,
): VerificationKey {
	const { key, algorithm } = signingKey;
	if (key.type !== 'secret') return publicVerificationKey(key, keyId, algorithm.name);
	return { key, algorithms: [algorithm], keyId: keyId || undefined };
}
