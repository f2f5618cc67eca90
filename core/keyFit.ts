import { createPrivateKey, sign, verify, constants, type KeyObject } from 'node:crypto';
import { ALGORITHMS, type Algorithm } from './algorithms';
import { derChildren, readDer } from './der';
import { JwtAuthError } from './errors';
import { expectedKey } from './foreignKeys';

const CURVES: ReadonlyMap<string | undefined, string> = new Map([
	['prime256v1', 'P-256'],
	['secp384r1', 'P-384'],
	['secp521r1', 'P-521'],
	['secp256k1', 'secp256k1'],
]);

// OpenSSL verifies with no larger modulus, and signing with one would block n8n for seconds.
const MAXIMUM_RSA_BITS = 16_384;

/** What a key turned out to be: words for the person, and the `kty` and `crv` it would have. */
interface KeyKind {
	words: string;
	keyType?: Algorithm['keyType'];
	curve?: string;
}

function kindOf(key: KeyObject): KeyKind {
	const type: string = key.asymmetricKeyType ?? '';
	switch (type) {
		case 'rsa':
			return { words: 'An RSA key', keyType: 'RSA' };
		case 'rsa-pss':
			return { words: 'An RSA-PSS key (id-RSASSA-PSS)', keyType: 'RSA' };
		case 'ec': {
			const curve = CURVES.get(key.asymmetricKeyDetails?.namedCurve);
			return { words: `An EC key on ${curve ?? 'another curve'}`, keyType: 'EC', curve };
		}
		case 'ed25519':
			return { words: 'An Ed25519 key', keyType: 'OKP', curve: 'Ed25519' };
		case 'ed448':
			return { words: 'An Ed448 key' };
		case 'x25519':
		case 'x448':
			return { words: `An ${type.toUpperCase()} key, which agrees on keys and cannot sign,` };
		case 'ml-dsa-44':
		case 'ml-dsa-65':
		case 'ml-dsa-87':
			return { words: `An ${type.toUpperCase()} key`, keyType: 'AKP' };
		default:
			return { words: `A key of a kind no JWT algorithm uses` };
	}
}

function isFit(key: KeyObject, kind: KeyKind, algorithm: Algorithm): boolean {
	const type: string | undefined = key.asymmetricKeyType;
	if (type === 'rsa-pss' && algorithm.family !== 'RSASSA-PSS') return false;
	if (kind.keyType === 'AKP') return type === algorithm.name.toLowerCase();
	return kind.keyType === algorithm.keyType && kind.curve === algorithm.curve;
}

/**
 * The algorithms a private or public key can be used with, by its type and curve alone.
 *
 * @returns an empty list for a key that no JWT algorithm uses
 */
export function fittingAlgorithms(key: KeyObject): Algorithm[] {
	const kind = kindOf(key);
	const hash = key.asymmetricKeyDetails?.hashAlgorithm;
	return ALGORITHMS.filter(
		(algorithm) => isFit(key, kind, algorithm) && (hash === undefined || hash === algorithm.hash),
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
	const kind = kindOf(key);
	if (!isFit(key, kind, algorithm)) {
		const fitting = ALGORITHMS.filter((other) => isFit(key, kind, other)).map(({ name }) => name);
		const sameType = kind.keyType === algorithm.keyType && algorithm.keyType === 'EC';
		const wrong = sameType ? 'KEY_WRONG_CURVE' : 'KEY_WRONG_TYPE';
		throw new JwtAuthError(
			fitting.length > 0 || sameType ? wrong : 'KEY_UNSUPPORTED',
			`${kind.words} was found where ${algorithm.name} wants ${expectedKey(algorithm)}.`,
			fitting.length > 0
				? { hint: `Choose ${fitting.join(', ')} as the algorithm, or paste another key.` }
				: undefined,
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
