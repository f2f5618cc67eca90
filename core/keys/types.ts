import type { KeyObject } from 'node:crypto';
import type { Algorithm } from './algorithms';

/** How the text of an HMAC secret becomes bytes; `base64` and `base64url` as in RFC 4648 §4, §5. */
export type SecretEncoding = 'utf8' | 'base64' | 'base64url' | 'hex';

/** A key as a person pasted it. */
export interface SigningKeySettings {
	/** JWS `alg` value, e.g. `RS256`. */
	algorithm: string;
	/**
	 * HMAC secret, or private key as PEM (PKCS#8, PKCS#1, SEC1), Base64 DER, JWK, JWK Set or a
	 * vendor's key file; at most 65,536 characters.
	 */
	key: string;
	/** How the text of an HMAC secret becomes bytes. Default `utf8`. */
	secretEncoding?: SecretEncoding;
	/** Accepts an HMAC secret shorter than its hash, against RFC 7518 §3.2. Default false. */
	allowShortSecret?: boolean;
	/** Passphrase of an encrypted private key; ignored where the key is not encrypted. */
	passphrase?: string;
	/** `kid` of the key to take from a JWK Set. Default: the one key that fits. */
	wantedId?: string;
}

/** A key that is ready to sign with its algorithm. */
export interface SigningKey {
	readonly algorithm: Algorithm;
	/** Secret key for HMAC, private key otherwise. */
	readonly key: KeyObject;
	/**
	 * Key ID that came with the key: `kid` of a JWK, the ID beside the key in a service's key file, the ID
	 * of a Ghost key.
	 */
	readonly keyId?: string;
}

/** One public key that is published beside a credential's own, as a person pasted it. */
export interface AdditionalKey {
	/** PEM (SubjectPublicKeyInfo, PKCS#1, certificate), Base64 DER, JWK or JWK Set. */
	text: string;
	/** `kid` it is published under; empty for that of the JWK, or else the thumbprint. */
	keyId: string;
	/** JWS `alg` value it is published with; empty takes it from the key. */
	algorithm: string;
	/** Where it stands in the form, after "in"; named in errors. */
	place: string;
}
