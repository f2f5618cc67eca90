import { JwtAuthError } from '../errors';
import type { ProofKey } from '../keys/proofKey';
import { describeRequest } from '../request/outgoingRequest';
import { withHeader, type AuthenticableRequest } from '../request/placement';
import { asksForNonce, serverNonces } from '../request/serverNonces';
import { withoutRedirects } from '../request/tlsIdentity';
import { signProof } from '../sign/dpopProof';
import { parseAnswer, type TokenResponse } from './parseAnswer';
import type { AccessToken } from './storedToken';
import type { TokenRequest } from './tokenRequest';

/** A request, and what came of it. */
export interface Sent {
	request: TokenRequest;
	outcome: TokenResponse | JwtAuthError;
}

/** Keeps the nonce of an answer, and says whether the request is worth another try with it. */
function noteNonce({ request, outcome }: Sent): boolean {
	if (outcome instanceof JwtAuthError || request.headers.DPoP === undefined) return false;
	const { status, headers } = outcome;
	const isNew = serverNonces.note(request.url, headers);
	return isNew && asksForNonce(status, headers, status < 400 ? '' : parseAnswer(outcome)?.error);
}

/**
 * Sends a request, and once more where the server asks for its nonce in the proof, RFC 9449 §8.
 *
 * @param sendOnce makes the request anew each time, with the nonce that is known by then
 */
export async function sendWithNonce(sendOnce: () => Promise<Sent>): Promise<Sent> {
	const first = await sendOnce();
	if (!noteNonce(first)) return first;
	const second = await sendOnce();
	noteNonce(second);
	return second;
}

/**
 * Adds the proof of possession to a token request.
 *
 * @param proofKey undefined where none was asked for
 */
export async function withTokenProof(
	request: TokenRequest,
	proofKey: ProofKey | undefined,
	now: Date,
): Promise<TokenRequest> {
	if (!proofKey) return request;
	const url = new URL(request.url);
	const { method } = request;
	const proof = await signProof(proofKey, {
		...{ method, url, now },
		nonce: serverNonces.nonceFor(url),
	});
	const others = Object.entries(request.headers).filter(([name]) => name.toLowerCase() !== 'dpop');
	return { ...request, headers: { ...Object.fromEntries(others), DPoP: proof } };
}

/**
 * Adds the proof of possession to a request that carries an access token, RFC 9449 §7. A proof is for
 * one address, so that n8n must not follow redirects with it.
 *
 * @param request left as it is
 * @returns a copy, and the proof; the request itself for a token that is not bound to a key
 * @throws {@link JwtAuthError} `URL_INVALID`
 */
export async function withApiProof<T extends AuthenticableRequest>(
	request: T,
	{ token, proofKey }: AccessToken,
	now: Date,
): Promise<{ request: T; proof?: string }> {
	if (!proofKey) return { request };
	const { method, url } = describeRequest(request);
	const nonce = serverNonces.nonceFor(url);
	const proof = await signProof(proofKey, { method, url, accessToken: token, nonce, now });
	const headers = withHeader(request.headers, 'DPoP', proof);
	return { request: withoutRedirects({ ...request, headers }), proof };
}
