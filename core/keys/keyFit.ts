import { createPrivateKey, sign, verify, type JsonWebKey, type KeyObject } from 'node:crypto';
import { ALGORITHMS, type Algorithm } from './algorithms';
import { derChildren, readDer } from './der';
import { JwtAuthError } from '../errors';
import { wantedKey, wrongKeyError } from './wrongKey';
import { publicJwk, publicKeyOf } from './publicKey';

// OpenSSL verifies with no larger modulus, and signing with one would block n8n for seconds.
const MAXIMUM_RSA_BITS = 16_384;

/** What a key is, told by its public JWK; empty for kinds and curves that have none. */
function kindOf(publicKey: KeyObject): JsonWebKey {
	try {
		return publicJwk(publicKey);
	} catch {
		return {};
	}
}

function wordsFor({ asymmetricKeyType: type }: KeyObject, { crv, alg }: JsonWebKey): string {
	if (type === 'rsa') return 'An RSA key';
	if (type === 'rsa-pss') return 'An RSA-PSS key (id-RSASSA-PSS)';
	if (type === 'ec') return `An EC key on ${crv ?? 'another curve'}`;
	if (crv?.startsWith('X')) return `An ${crv} key, which agrees on keys and cannot sign,`;
	const name = crv ?? alg;
	return name ? `An ${String(name)} key` : 'A key of a kind no JWT algorithm uses';
}

const HASH_BYTES: Readonly<Record<string, number>> = { sha256: 32, sha384: 48, sha512: 64 };

/**
 * Whether the parameters of an id-RSASSA-PSS key (RFC 4055 §3.1) allow what RFC 7518 §3.5 asks for:
 * one hash for message and mask, and a salt as long as it.
 *
 * @param key of any kind; others have no such parameters
 */
function isAllowedByPss(key: KeyObject, { hash }: Algorithm): boolean {
	const { hashAlgorithm, mgf1HashAlgorithm, saltLength } = key.asymmetricKeyDetails ?? {};
	const isHash = (allowed: string | undefined): boolean => (allowed ?? hash) === hash;
	// What the key names is the shortest salt it accepts.
	const isSaltLongEnough = (saltLength ?? 0) <= (HASH_BYTES[hash ?? ''] ?? 0);
	return isHash(hashAlgorithm) && isHash(mgf1HashAlgorithm) && isSaltLongEnough;
}

/** The algorithms that go with the type and curve of a key. */
function algorithmsFor(key: KeyObject, { kty, crv, alg }: JsonWebKey): Algorithm[] {
	const onlyPss = key.asymmetricKeyType === 'rsa-pss';
	return ALGORITHMS.filter(
		({ name, family, keyType, curve }) =>
			keyType === kty &&
			curve === crv &&
			(alg === undefined || alg === name) &&
			(!onlyPss || family === 'RSASSA-PSS'),
	);
}

/**
 * The algorithms a private or public key can be used with, by its type and curve alone.
 *
 * @returns an empty list for a key that no JWT algorithm uses
 * @throws {@link JwtAuthError} `KEY_MALFORMED` as {@link publicKeyOf}
 */
export function fittingAlgorithms(key: KeyObject): Algorithm[] {
	const publicKey = publicKeyOf(key);
	const fitting = algorithmsFor(publicKey, kindOf(publicKey));
	return fitting.filter((algorithm) => isAllowedByPss(publicKey, algorithm));
}

/**
 * Checks the size of an RSA key, RFC 7518 §3.3, §3.5; others have one size only.
 *
 * @param key of {@link publicKeyOf}
 * @throws {@link JwtAuthError} `KEY_TOO_SHORT`, `KEY_TOO_LONG`
 */
export function checkRsaSize(key: KeyObject, algorithm: Algorithm): void {
	if (algorithm.keyType !== 'RSA') return;
	const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
	const minimum = algorithm.minimumKeyBits ?? 0;
	if (bits < minimum) {
		throw new JwtAuthError(
			'KEY_TOO_SHORT',
			`An RSA key of ${bits} bits was found; ${algorithm.name} wants ${minimum} bits or more.`,
			{ hint: 'Make a new RSA key of 2048 bits or more and register its public key.' },
		);
	}
	if (bits > MAXIMUM_RSA_BITS) {
		throw new JwtAuthError(
			'KEY_TOO_LONG',
			`An RSA key of ${bits} bits was found; ${MAXIMUM_RSA_BITS} bits is the most.`,
			{ hint: 'Use an RSA key of 2048 to 4096 bits.' },
		);
	}
}

/** What nearly every API asks for of each kind of key. */
const COMMON_ALGORITHMS = ['RS256', 'ES256', 'EdDSA'];

/** The one algorithm to name where several go with a key: one choice is easier than a list. */
function advisedAlgorithm(fitting: readonly Algorithm[]): Algorithm | undefined {
	return fitting.find(({ name }) => COMMON_ALGORITHMS.includes(name)) ?? fitting[0];
}

/** An id-RSASSA-PSS key (RFC 4055 §1.2) cannot be exported as a JWK; the RSA key inside is the same. */
function plainRsa(key: KeyObject, algorithm: Algorithm): KeyObject {
	if (!isAllowedByPss(publicKeyOf(key), algorithm)) {
		throw new JwtAuthError(
			'KEY_WRONG_TYPE',
			`An RSA-PSS key that is restricted to another hash or to a longer salt was found; ${algorithm.name} wants ${algorithm.hash} for both and a salt as long as the hash.`,
		);
	}
	const pkcs8 = derChildren(readDer(key.export({ format: 'der', type: 'pkcs8' })));
	const inner = pkcs8[2]?.content ?? Buffer.alloc(0);
	return createPrivateKey({ key: inner, format: 'der', type: 'pkcs1' });
}

/** Whether what the private part signs verifies with the public part; OpenSSL does not ask. */
function isConsistent(key: KeyObject): boolean {
	const probe = Buffer.from('n8n-nodes-jwt-auth');
	try {
		return verify('sha256', probe, key, sign('sha256', probe, key));
	} catch {
		return false;
	}
}

/**
 * Checks that a private key is of the type, curve (RFC 7518 §3.4) and size (§3.3, §3.5) an algorithm
 * wants and that its private and public parts belong together.
 *
 * @returns the key; an id-RSASSA-PSS key as the plain RSA key in it
 * @throws {@link JwtAuthError} `KEY_WRONG_TYPE`, `KEY_WRONG_CURVE`, `KEY_UNSUPPORTED`,
 * `KEY_TOO_SHORT`, `KEY_TOO_LONG`, `KEY_MALFORMED`
 */
export function fitKey(key: KeyObject, algorithm: Algorithm): KeyObject {
	const publicKey = publicKeyOf(key);
	const kind = kindOf(publicKey);
	const fitting = algorithmsFor(publicKey, kind);
	if (!fitting.includes(algorithm)) {
		const advised = advisedAlgorithm(fittingAlgorithms(key)) ?? fitting[0];
		const isOtherCurve = key.asymmetricKeyType === 'ec' && algorithm.keyType === 'EC';
		const code = advised ? 'KEY_WRONG_TYPE' : 'KEY_UNSUPPORTED';
		throw wrongKeyError(
			isOtherCurve ? 'KEY_WRONG_CURVE' : code,
			wordsFor(key, kind),
			wantedKey(algorithm),
			advised &&
				`Choose ${advised.name} as Algorithm, or paste the key that was made for ${algorithm.name}.`,
		);
	}
	checkRsaSize(publicKey, algorithm);
	const fitted = key.asymmetricKeyType === 'rsa-pss' ? plainRsa(key, algorithm) : key;
	if ((algorithm.keyType === 'RSA' || algorithm.keyType === 'EC') && !isConsistent(fitted)) {
		throw new JwtAuthError(
			'KEY_MALFORMED',
			'The private and the public part of the key do not belong together; the key is damaged.',
		);
	}
	return fitted;
}
