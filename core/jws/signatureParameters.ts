import { constants, type KeyObject } from 'node:crypto';
import type { Algorithm } from '../keys/algorithms';

/** A key, with what node:crypto has to be told of the signature scheme where there is a choice. */
export type SignatureParameters =
	| KeyObject
	| { key: KeyObject; dsaEncoding?: 'ieee-p1363'; padding?: number; saltLength?: number };

/**
 * What `sign` and `verify` of node:crypto want for an asymmetric algorithm beside its hash, so that
 * the signature is in the form of RFC 7518 §3, RFC 8037 §3.1, RFC 8812 §3.2 and RFC 9964 §3.
 */
export function signatureParameters(
	key: KeyObject,
	{ family, hash }: Algorithm,
): SignatureParameters {
	switch (family) {
		case 'ECDSA':
			return { key, dsaEncoding: 'ieee-p1363' };
		case 'RSASSA-PSS': {
			// RFC 7518 §3.5: the salt is as long as the hash, neither more nor less.
			const saltLength = Number(hash?.slice(3)) / 8;
			return { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength };
		}
		case 'RSASSA-PKCS1-v1_5':
		case 'HMAC':
		case 'EdDSA':
		case 'ML-DSA':
			return key;
	}
}
