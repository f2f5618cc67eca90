import { daysUntilExpiry } from './credentialExpiry';
import {
	readSigningSettings,
	readTokenSettings,
	type CredentialData,
	type SendingSettings,
} from './credentialSettings';
import { assertDomainAllowed } from './domains';
import { JwtAuthError } from './errors';
import { mintToken } from './mintToken';
import { placeToken, type PlaceableRequest } from './placement';
import { usableToken } from './storedToken';

/** A request about to be sent, in either of n8n's two shapes: `url` (with `baseURL`) or `uri`. */
export interface AddressedRequest extends PlaceableRequest {
	url?: string;
	uri?: string;
	baseURL?: string;
}

/**
 * Absolute URL of a request, as its host is checked.
 *
 * @throws {@link JwtAuthError} `URL_INVALID`
 */
export function requestUrl(request: AddressedRequest): string {
	const url = request.url ?? request.uri ?? '';
	try {
		return new URL(url, request.baseURL).href;
	} catch {
		throw new JwtAuthError('URL_INVALID', 'The request has no valid, absolute URL.');
	}
}

function assertUsable(settings: SendingSettings, request: AddressedRequest, now: Date): void {
	assertDomainAllowed(requestUrl(request), settings.domains);
	daysUntilExpiry(settings.credentialExpiresAt, now);
}

/**
 * Authenticates a request with the token stored in a `jwtTokenApi` credential.
 *
 * @param data the credential's fields
 * @param request left as it is
 * @returns a copy that carries the token
 * @throws {@link JwtAuthError} `DOMAIN_NOT_ALLOWED`, `CREDENTIAL_EXPIRED`, `URL_INVALID`, and the
 *   codes of the token and its placement
 */
export function authenticateWithStoredToken<T extends AddressedRequest>(
	data: CredentialData,
	request: T,
): T {
	const now = new Date();
	const settings = readTokenSettings(data);
	assertUsable(settings, request, now);
	return placeToken(request, usableToken(settings.token, now), settings.placement);
}

/**
 * Authenticates a request with a token signed for it by a `jwtSignApi` credential.
 *
 * @param data the credential's fields, expressions resolved for the item
 * @param request left as it is
 * @returns a copy that carries the token
 * @throws {@link JwtAuthError} `DOMAIN_NOT_ALLOWED`, `CREDENTIAL_EXPIRED`, `URL_INVALID`, and the
 *   codes of key, claims, header parameters and placement
 */
export async function authenticateWithSignedToken<T extends AddressedRequest>(
	data: CredentialData,
	request: T,
): Promise<T> {
	const now = new Date();
	const settings = readSigningSettings(data);
	assertUsable(settings, request, now);
	const { token } = await mintToken(settings, { now });
	return placeToken(request, token, settings.placement);
}
