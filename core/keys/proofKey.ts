import { createPrivateKey, type JsonWebKey } from 'node:crypto';
import { findAlgorithm } from './algorithms';
import { generatePrivateKey } from './generateKey';
import { ImportedOnce } from './importedOnce';
import type { SigningKey } from './types';
import { digest } from '../shared/hash';

/** Algorithms of DPoP proofs, RFC 9449 §4.2: asymmetric, and known to servers that know DPoP. */
export const PROOF_ALGORITHMS = ['ES256', 'ES384', 'ES512', 'EdDSA', 'PS256', 'RS256'] as const;

/** JWS `alg` of a DPoP proof. */
export type ProofAlgorithm = (typeof PROOF_ALGORITHMS)[number];

/** A key that proofs are signed with, as n8n stores it beside its token: a private JWK with `alg`. */
export type ProofKey = JsonWebKey & { alg: ProofAlgorithm };

/** Makes a new key, on the thread pool. */
export async function newProofKey(algorithm: ProofAlgorithm): Promise<ProofKey> {
	const der = await generatePrivateKey(findAlgorithm(algorithm));
	const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
	return { ...key.export({ format: 'jwk' }), alg: algorithm };
}

const keys = new ImportedOnce<SigningKey>();

/** A stored key, ready to sign; the one imported before, if there is one. */
export function proofSigningKey(jwk: ProofKey): SigningKey {
	return keys.get(digest([jwk]), () => ({
		algorithm: findAlgorithm(jwk.alg),
		key: createPrivateKey({ key: jwk, format: 'jwk' }),
	}));
}

/** Whether a stored value is a key of {@link newProofKey}. */
export function isProofKey(value: unknown): value is ProofKey {
	const { alg, kty, d } = Object(value) as Record<string, unknown>;
	return [kty, d].every((member) => typeof member === 'string') && isProofAlgorithm(alg);
}

function isProofAlgorithm(value: unknown): value is ProofAlgorithm {
	return PROOF_ALGORITHMS.some((name) => name === value);
}
