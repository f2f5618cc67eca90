import { createPrivateKey, sign, verify, constants, type KeyObject } from 'node:crypto';
import { ALGORITHMS, type Algorithm } from './algorithms';
import { derChildren, readDer } from './der';
import { JwtAuthError } from './errors';
import { wantedKey, wrongKeyError } from './foreignKeys';

/** Words for a key, by what Node.js calls its type. */
const WORDS: Readonly<Record<string, string>> = {
	rsa: 'An RSA key',
	'rsa-pss': 'An RSA-PSS key (id-RSASSA-PSS)',
	ed25519: 'An Ed25519 key',
	ed448: 'An Ed448 key',
	x25519: 'An X25519 key, which agrees on keys and cannot sign,',
	x448: 'An X448 key, which agrees on keys and cannot sign,',
	'ml-dsa-44': 'An ML-DSA-44 key',
	'ml-dsa-65': 'An ML-DSA-65 key',
	'ml-dsa-87': 'An ML-DSA-87 key',
};

const CURVES: Readonly<Record<string, string>> = {
	prime256v1: 'P-256',
	secp384r1: 'P-384',
	secp521r1: 'P-521',
	secp256k1: 'secp256k1',
};

// OpenSSL verifies with no larger modulus, and signing with one would block n8n for seconds.
const MAXIMUM_RSA_BITS = 16_384;

const typeOf = (key: KeyObject): string => key.asymmetricKeyType ?? '';

const curveOf = (key: KeyObject): string | undefined =>
	CURVES[key.asymmetricKeyDetails?.namedCurve ?? ''];

function wordsFor(key: KeyObject): string {
	const type = typeOf(key);
	if (type === 'ec') return `An EC key on ${curveOf(key) ?? 'another curve'}`;
	return WORDS[type] ?? 'A key of a kind no JWT algorithm uses';
}

function isFit(key: KeyObject, { name, family, keyType, curve }: Algorithm): boolean {
	const type = typeOf(key);
	switch (keyType) {
		case 'RSA':
			return type === 'rsa' || (type === 'rsa-pss' && family === 'RSASSA-PSS');
		case 'EC':
			return type === 'ec' && curveOf(key) === curve;
		case 'OKP':
			return type === 'ed25519';
		case 'AKP':
			return type === name.toLowerCase();
		case 'oct':
			return false;
	}
}

/**
 * The algorithms a private or public key can be used with, by its type and curve alone.
 *
 * @returns an empty list for a key that no JWT algorithm uses
 */
export function fittingAlgorithms(key: KeyObject): Algorithm[] {
	const hash = key.asymmetricKeyDetails?.hashAlgorithm;
	return ALGORITHMS.filter(
		(algorithm) => isFit(key, algorithm) && (hash === undefined || hash === algorithm.hash),
	);
}

/**
 * Checks the size of an RSA key, private or public, RFC 7518 §3.3, §3.5.
 *
 * @throws {@link JwtAuthError} `KEY_TOO_SHORT`, `KEY_TOO_LONG`
 */
export function checkRsaSize(key: KeyObject, algorithm: Algorithm): void {
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

/** An id-RSASSA-PSS key (RFC 4055 §1.2) cannot be exported as a JWK; the RSA key inside is the same. */
function plainRsa(key: KeyObject, algorithm: Algorithm): KeyObject {
	const allowed = key.asymmetricKeyDetails?.hashAlgorithm;
	if (allowed !== undefined && allowed !== algorithm.hash) {
		throw new JwtAuthError(
			'KEY_WRONG_TYPE',
			`An RSA-PSS key that is restricted to another hash was found; ${algorithm.name} wants ${algorithm.hash}.`,
		);
	}
	const pkcs8 = derChildren(readDer(key.export({ format: 'der', type: 'pkcs8' })));
	const inner = pkcs8[2]?.content ?? Buffer.alloc(0);
	return createPrivateKey({ key: inner, format: 'der', type: 'pkcs1' });
}

/** Whether what the private part signs verifies with the public part; OpenSSL does not ask. */
function isConsistent(key: KeyObject): boolean {
	const probe = Buffer.from('n8n-nodes-jwt-auth');
	const padding = key.asymmetricKeyType === 'rsa' ? constants.RSA_PKCS1_PADDING : undefined;
	try {
		return verify('sha256', probe, { key, padding }, sign('sha256', probe, { key, padding }));
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
	if (!isFit(key, algorithm)) {
		const fitting = ALGORITHMS.filter((other) => isFit(key, other)).map(({ name }) => name);
		const hint = `Choose ${fitting.join(', ')} as the algorithm, or paste another key.`;
		const isOtherCurve = typeOf(key) === 'ec' && algorithm.keyType === 'EC';
		const known = fitting.length > 0;
		const code = known ? 'KEY_WRONG_TYPE' : 'KEY_UNSUPPORTED';
		throw wrongKeyError(
			isOtherCurve ? 'KEY_WRONG_CURVE' : code,
			wordsFor(key),
			wantedKey(algorithm),
			known ? hint : undefined,
		);
	}
	if (algorithm.keyType === 'RSA') checkRsaSize(key, algorithm);
	const fitted = key.asymmetricKeyType === 'rsa-pss' ? plainRsa(key, algorithm) : key;
	if ((algorithm.keyType === 'RSA' || algorithm.keyType === 'EC') && !isConsistent(fitted)) {
		throw new JwtAuthError(
			'KEY_MALFORMED',
			'The private and the public part of the key do not belong together; the key is damaged.',
		);
	}
	return fitted;
}
