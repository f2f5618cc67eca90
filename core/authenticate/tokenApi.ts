import type { SendingSettings } from '../request/sendingSettings';
import type { OutgoingRequest } from '../request/outgoingRequest';
import { assertAddressAllowed } from '../request/allowedDomains';
import { daysUntilExpiry } from './credentialExpiry';
import { type AuthenticableRequest, withToken } from '../request/placement';
import type { CredentialData } from '../settings/credentialFields';
import { readTokenSettings } from '../settings/readSending';
import { usableToken } from './pastedToken';
import { noteSentToken } from '../request/sentTokens';

export function assertUsable(
	settings: SendingSettings,
	request: OutgoingRequest,
	now: Date,
	timeZone: string | undefined,
): void {
	assertAddressAllowed(request, settings.domains);
	daysUntilExpiry(settings.credentialExpiresAt, now, timeZone);
}

/**
 * Authenticates a request with the token pasted into a `jwtTokenApi` credential.
 *
 * @param data the credential's fields
 * @param request left as it is
 * @param timeZone of Credential Expires At, see {@link daysUntilExpiry}
 * @returns a copy that carries the token
 * @throws {@link JwtAuthError} `DOMAIN_NOT_ALLOWED`, `CREDENTIAL_EXPIRED`, `URL_INVALID`, and the
 *   codes of the token and its placement
 */
export function authenticateWithPastedToken<T extends AuthenticableRequest>(
	data: CredentialData,
	request: T,
	timeZone?: string,
): T {
	const now = new Date();
	const settings = readTokenSettings(data);
	assertUsable(settings, request, now, timeZone);
	const token = usableToken(settings.token, now);
	noteSentToken(data, token);
	return withToken(request, token, settings);
}
