import { JwtAuthError } from '../errors';

/** The signature scheme of an algorithm, RFC 7518 §3, RFC 8037, RFC 8812, RFC 9964. */
export type AlgorithmFamily =
	| 'HMAC'
	| 'RSASSA-PKCS1-v1_5'
	| 'RSASSA-PSS'
	| 'ECDSA'
	| 'EdDSA'
	| 'ML-DSA';

/** `kty` of the key an algorithm wants, RFC 7518 §6.1, RFC 8037 §2, RFC 9964 §3. */
export type KeyType = 'oct' | 'RSA' | 'EC' | 'OKP' | 'AKP';

/** What is known of one JWS algorithm. */
export interface Algorithm {
	/** JWS `alg` value, e.g. `RS256`. */
	readonly name: string;
	readonly family: AlgorithmFamily;
	readonly keyType: KeyType;
	/** JWK `crv` the key has to be on; EC and OKP only. */
	readonly curve?: 'P-256' | 'P-384' | 'P-521' | 'secp256k1' | 'Ed25519';
	/** Hash of the signature; absent for EdDSA and ML-DSA, which hash by themselves. */
	readonly hash?: 'sha256' | 'sha384' | 'sha512';
	/** Smallest key in bits, RFC 7518 §3.2 and §3.3; absent where the curve decides. */
	readonly minimumKeyBits?: number;
	/** Name for people, without the `alg` value. */
	readonly label: string;
}

/** An algorithm for each hash that HMAC and the RSA schemes are used with, RFC 7518 §3.1. */
function forEachHash(
	prefix: string,
	family: AlgorithmFamily,
	keyType: KeyType,
	label: (hash: string) => string,
): Algorithm[] {
	return ([256, 384, 512] as const).map((bits) => ({
		name: `${prefix}${bits}`,
		family,
		keyType,
		hash: `sha${bits}`,
		minimumKeyBits: family === 'HMAC' ? bits : 2048,
		label: label(`SHA-${bits}`),
	}));
}

function ecdsa(
	name: string,
	curve: 'P-256' | 'P-384' | 'P-521' | 'secp256k1',
	hash: 'sha256' | 'sha384' | 'sha512',
): Algorithm {
	return { name, family: 'ECDSA', keyType: 'EC', curve, hash, label: `ECDSA on ${curve}` };
}

function mlDsa(level: number): Algorithm {
	return {
		name: `ML-DSA-${level}`,
		family: 'ML-DSA',
		keyType: 'AKP',
		label: 'Post-quantum signature, needs Node.js 24.7 or newer',
	};
}

/**
 * Every algorithm the package signs and verifies with, sorted by name as n8n wants its dropdowns.
 * `none` is left out on purpose, RFC 8725 §3.2.
 */
export const ALGORITHMS: readonly Algorithm[] = [
	{
		name: 'Ed25519',
		family: 'EdDSA',
		keyType: 'OKP',
		curve: 'Ed25519',
		label: 'EdDSA on Ed25519 under its newer name, RFC 9864',
	},
	{ name: 'EdDSA', family: 'EdDSA', keyType: 'OKP', curve: 'Ed25519', label: 'Ed25519' },
	ecdsa('ES256', 'P-256', 'sha256'),
	ecdsa('ES256K', 'secp256k1', 'sha256'),
	ecdsa('ES384', 'P-384', 'sha384'),
	ecdsa('ES512', 'P-521', 'sha512'),
	...forEachHash('HS', 'HMAC', 'oct', (hash) => `HMAC with ${hash}, shared secret`),
	...[44, 65, 87].map(mlDsa),
	...forEachHash('PS', 'RSASSA-PSS', 'RSA', (hash) => `RSA-PSS with ${hash}`),
	...forEachHash('RS', 'RSASSA-PKCS1-v1_5', 'RSA', (hash) => `RSA (PKCS#1 v1.5) with ${hash}`),
];

/** {@link ALGORITHMS} by their JWS `alg` value. */
export const ALGORITHMS_BY_NAME: ReadonlyMap<string, Algorithm> = new Map(
	ALGORITHMS.map((algorithm) => [algorithm.name, algorithm]),
);

/**
 * Looks an algorithm up by its JWS `alg` value.
 *
 * @param name `alg` value, case-sensitive (RFC 7515 §4.1.1), e.g. `RS256`
 * @throws {@link JwtAuthError} `ALGORITHM_UNSUPPORTED`
 */
export function findAlgorithm(name: string): Algorithm {
	const algorithm = ALGORITHMS_BY_NAME.get(name);
	if (algorithm) return algorithm;
	const shown = /^[\w-]{1,20}$/.test(name) ? ` "${name}"` : '';
	throw new JwtAuthError(
		'ALGORITHM_UNSUPPORTED',
		name.toLowerCase() === 'none'
			? 'The algorithm "none" makes unsigned tokens and is not offered.'
			: `The algorithm${shown} is not supported.`,
		{ hint: `Choose one of ${[...ALGORITHMS_BY_NAME.keys()].join(', ')}.` },
	);
}

/** The `alg` values an algorithm goes by: EdDSA on Ed25519 has two, RFC 9864. */
export function namesOf({ name, curve }: Algorithm): readonly string[] {
	return curve === 'Ed25519' ? ['EdDSA', 'Ed25519'] : [name];
}
