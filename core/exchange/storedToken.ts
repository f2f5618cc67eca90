import { isProofKey, type ProofKey } from '../keys/proofKey';
import { hasMembers, tryJson } from '../shared/json';

/** An access token as it was handed out, with what is needed to judge whether it can be used. */
export interface AccessToken {
	token: string;
	/** `token_type` of the answer, RFC 6749 §7.1; empty when there was none. */
	tokenType: string;
	/** `issued_token_type` of the answer, RFC 8693 §2.2.1; empty when there was none. */
	issuedTokenType: string;
	/** Milliseconds since 1970; when the request for it was sent. */
	obtainedAt: number;
	/** Milliseconds since 1970. */
	expiresAt: number;
	/** Base URL of the API from the answer (Salesforce `instance_url`); empty for none. */
	baseUrl: string;
	/** The key its requests are proved with, where it is bound to one (DPoP). */
	proofKey?: ProofKey;
	/** What Answer Fields asks for, as secret as the token; absent where that is nothing. */
	answer?: Record<string, unknown>;
	/** Digest of everything it was made from; see `exchangeFingerprint`. */
	fingerprint: string;
}

/** What n8n keeps of a token in a credential's hidden fields. */
export interface StoredToken {
	accessToken: string;
	/** JSON, see {@link storedFields}. */
	tokenState: string;
}

/**
 * Whether a token is still used. It is renewed the smaller of Renew Before Expiry and a quarter of its
 * life before it expires, so that a short-lived token is not renewed for every request.
 *
 * @param renewBeforeExpiry seconds
 * @param now milliseconds since 1970
 */
export function isFresh(token: AccessToken, renewBeforeExpiry: number, now: number): boolean {
	const lifetime = token.expiresAt - token.obtainedAt;
	return now < token.expiresAt - Math.min(renewBeforeExpiry * 1000, lifetime / 4);
}

/** The fields in which n8n stores a token; they are encrypted with the rest of the credential. */
export function storedFields(token: AccessToken): StoredToken {
	const { token: accessToken, ...state } = token;
	return { accessToken, tokenState: JSON.stringify(state) };
}

/**
 * Reads what {@link storedFields} wrote.
 *
 * @returns undefined when nothing is stored, or nothing that can be read
 */
export function readStoredToken({ accessToken, tokenState }: StoredToken): AccessToken | undefined {
	const state = tryJson(tokenState);
	if (accessToken === '' || !hasMembers(state)) return undefined;
	const { fingerprint, tokenType = '', issuedTokenType = '', baseUrl = '' } = state;
	const { obtainedAt, expiresAt, answer, proofKey } = state;
	if (typeof fingerprint !== 'string') return undefined;
	if (typeof obtainedAt !== 'number' || typeof expiresAt !== 'number') return undefined;
	return {
		token: accessToken,
		tokenType: String(tokenType),
		issuedTokenType: String(issuedTokenType),
		obtainedAt,
		expiresAt,
		baseUrl: String(baseUrl),
		...(hasMembers(answer) && { answer }),
		fingerprint,
		...(isProofKey(proofKey) && { proofKey }),
	};
}
