import type { CredentialData } from '../settings/credentialFields';
import { readSigningSettings } from '../settings/readCredential';
import { withKeyInTurn } from '../settings/readKeyTurn';
import { tlsIdentity } from '../keys/clientCertificate';
import { withTlsIdentity } from '../request/tlsIdentity';
import { tokenParameter, type AuthenticableRequest, withToken } from '../request/placement';
import { prepareRequest } from '../sign/requestBinding';
import { mintOrReuseToken } from '../sign/reuseToken';
import { noteSentToken } from '../request/sentTokens';
import { assertKeyReady } from './keyBirth';
import { answerKeyRequest } from './keyRequest';
import { assertUsable } from './tokenApi';

/**
 * Authenticates a request with a token signed for it by a `jwtSignApi` credential.
 *
 * @param data the credential's fields, expressions resolved for the item
 * @param request left as it is
 * @param timeZone of the dates in the form, see {@link daysUntilExpiry}
 * @returns a copy that carries the token
 * @throws {@link KeyNeeded}; {@link JwtAuthError} `KEY_JUST_MADE`, `DOMAIN_NOT_ALLOWED`,
 *   `CREDENTIAL_EXPIRED`, `URL_INVALID`, and the codes of key, claims, header parameters, binding,
 *   placement and client certificate
 */
export async function authenticateWithSignedToken<T extends AuthenticableRequest>(
	data: CredentialData,
	request: T,
	timeZone?: string,
): Promise<T> {
	const answer = answerKeyRequest(data, request);
	if (answer) return answer;
	const now = new Date();
	assertKeyReady(data, now, timeZone);
	const settings = readSigningSettings(withKeyInTurn(data, now, timeZone));
	assertUsable(settings, request, now, timeZone);
	const { bindings, clientCertificate, placement } = settings;
	const identity = tlsIdentity(clientCertificate, now);
	const prepared = prepareRequest(bindings, request, { tokenParameter: tokenParameter(placement) });
	const { token } = await mintOrReuseToken(settings, { now, request: prepared });
	noteSentToken(data, token);
	return withTlsIdentity(withToken(prepared.request, token, settings), identity);
}
