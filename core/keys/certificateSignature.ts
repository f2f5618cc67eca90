import { type KeyObject, sign } from 'node:crypto';
import { der, derBits, derOid } from './derWriter';
import { publicKeyOf } from './publicKey';
import { derChildren, readDer } from './der';

type Hash = 'sha256' | 'sha384' | 'sha512';

/** Hash and `ecdsa-with-…` of a curve, RFC 5758 §3.2; others take that of P-256. */
const CURVES: Readonly<Record<string, readonly [hash: Hash, oid: string]>> = {
	secp384r1: ['sha384', '1.2.840.10045.4.3.3'],
	secp521r1: ['sha512', '1.2.840.10045.4.3.4'],
};

/** How a key signs certificates. */
interface Scheme {
	/** AlgorithmIdentifier, DER. */
	identifier: Buffer;
	/** Undefined for EdDSA and ML-DSA, which hash by themselves. */
	hash: Hash | undefined;
}

function schemeOf(key: KeyObject, spki: Buffer): Scheme {
	const type = key.asymmetricKeyType;
	if (type === 'rsa') {
		const parameters = der('null');
		const oid = derOid('1.2.840.113549.1.1.11');
		return { identifier: der('sequence', oid, parameters), hash: 'sha256' };
	}
	if (type === 'ec') {
		const curve = key.asymmetricKeyDetails?.namedCurve ?? '';
		const [hash, oid] = CURVES[curve] ?? ['sha256', '1.2.840.10045.4.3.2'];
		return { identifier: der('sequence', derOid(oid)), hash };
	}
	// The same identifier for key and signature, RFC 8410 §3, RFC 9881 §2.
	const [identifier] = derChildren(readDer(spki));
	return { identifier: identifier?.whole ?? Buffer.alloc(0), hash: undefined };
}

/** What signs a certificate or a request. */
export interface CertificateSigner {
	/** AlgorithmIdentifier of the signatures, DER. */
	identifier: Buffer;
	/** SubjectPublicKeyInfo of the key, DER. */
	publicKey: Buffer;
	/** What was to be signed, the identifier, the signature, as one SEQUENCE: RFC 5280 §4.1.1. */
	signed(toBeSigned: Buffer): Buffer;
}

/**
 * Makes a key sign certificates: RSA keys with PKCS#1 v1.5 and SHA-256, whatever their tokens are signed
 * with; EC keys with the hash of their size.
 *
 * @param key private key as importSigningKey returns it: of an id-RSASSA-PSS key the plain RSA key in it
 * @throws {@link JwtAuthError} `KEY_WRONG_TYPE` for a shared secret
 */
export function certificateSigner(key: KeyObject): CertificateSigner {
	const publicKey = publicKeyOf(key).export({ format: 'der', type: 'spki' });
	const { identifier, hash } = schemeOf(key, publicKey);
	return {
		identifier,
		publicKey,
		signed: (toBeSigned) => {
			const signature = sign(hash, toBeSigned, key);
			return der('sequence', toBeSigned, identifier, derBits(signature));
		},
	};
}
