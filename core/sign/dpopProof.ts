import { randomUUID } from 'node:crypto';
import { signToken } from '../jws/sign';
import { proofSigningKey, type ProofKey } from '../keys/proofKey';
import { publicJwk } from '../keys/publicKey';
import { sha256 } from '../shared/hash';

/** What one proof is made for. */
export interface ProvenRequest {
	/** HTTP method in capitals. */
	method: string;
	/** Absolute; query and fragment do not count. */
	url: URL;
	/** The access token that goes along; undefined at the token endpoint. */
	accessToken?: string | undefined;
	/** What the server last asked for; undefined for none. */
	nonce?: string | undefined;
	now: Date;
}

/** `ath` of a proof, RFC 9449 §4.2. */
export function accessTokenHash(accessToken: string): string {
	return sha256(accessToken, 'base64url');
}

/**
 * Signs a DPoP proof, RFC 9449 §4.2, for one request and no other: each has a `jti` of its own.
 *
 * @returns field value of the header `DPoP`
 */
export async function signProof(
	proofKey: ProofKey,
	{ method, url, accessToken, nonce, now }: ProvenRequest,
): Promise<string> {
	const key = proofSigningKey(proofKey);
	return await signToken(
		{ typ: 'dpop+jwt', jwk: publicJwk(key.key) },
		{
			jti: randomUUID(),
			htm: method,
			htu: `${url.origin}${url.pathname}`,
			iat: Math.floor(now.getTime() / 1000),
			...(accessToken !== undefined && { ath: accessTokenHash(accessToken) }),
			...(nonce !== undefined && { nonce }),
		},
		key,
	);
}
