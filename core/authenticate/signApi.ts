import { daysUntilExpiry } from './credentialExpiry';
import {
	readSigningSettings,
	readTokenSettings,
	type CredentialData,
	type SendingSettings,
} from '../settings/readCredential';
import { assertDomainAllowed, type DomainRestriction } from '../request/allowedDomains';
import { JwtAuthError } from '../errors';
import { parseJsonObject } from '../shared/json';
import { describeRequest, type OutgoingRequest } from '../request/outgoingRequest';
import {
	HEADER_NAME,
	isHeaderValue,
	placeToken,
	tokenParameter,
	withHeader,
	type PlaceableRequest,
} from '../request/placement';
import { prepareRequest } from '../sign/requestBinding';
import { mintOrReuseToken } from '../sign/reuseToken';
import { noteSentToken } from '../request/sentTokens';
import { usableToken } from './pastedToken';
import { assertNoUser } from '../shared/urlUser';

/** A request about to be sent, in either of n8n's two shapes. */
export type AuthenticableRequest = OutgoingRequest & PlaceableRequest;

/**
 * Refuses a request to a host the credential may not be used with, or with a user in its address.
 *
 * @throws {@link JwtAuthError} `DOMAIN_NOT_ALLOWED`, `URL_INVALID`
 */
export function assertAddressAllowed(request: OutgoingRequest, domains: DomainRestriction): void {
	const { url } = describeRequest(request);
	assertDomainAllowed(url.href, domains);
	assertNoUser(url, 'The URL');
}

function assertUsable(
	settings: SendingSettings,
	request: OutgoingRequest,
	now: Date,
	timeZone: string | undefined,
): void {
	assertAddressAllowed(request, settings.domains);
	daysUntilExpiry(settings.credentialExpiresAt, now, timeZone);
}

/**
 * Adds a credential's static headers; the token comes after them and wins.
 *
 * @param field what the person calls the field
 * @throws {@link JwtAuthError} `ADDITIONAL_HEADERS_INVALID`, `HEADER_NAME_INVALID`, `JSON_*`
 */
export function withAdditionalHeaders<T extends PlaceableRequest>(
	request: T,
	given: unknown,
	field = 'Additional Headers',
): T {
	const notObject = 'ADDITIONAL_HEADERS_INVALID';
	const additional = Object.entries(parseJsonObject(given, { field, notObject }));
	if (additional.length === 0) return request;
	let { headers } = request;
	for (const [name, value] of additional) {
		if (!isHeaderValue(value)) {
			throw new JwtAuthError(
				'ADDITIONAL_HEADERS_INVALID',
				`The value of ${HEADER_NAME.test(name) ? name : 'a header'} in ${field} cannot be sent in a header.`,
			);
		}
		headers = withHeader(headers, name, String(value));
	}
	return { ...request, headers };
}

/** Puts the token and the static headers of a credential into a request. */
export function sendWith<T extends PlaceableRequest>(
	request: T,
	token: string,
	settings: SendingSettings,
): T {
	const { additionalHeaders, placement } = settings;
	return placeToken(withAdditionalHeaders(request, additionalHeaders), token, placement);
}

/**
 * Authenticates a request with the token stored in a `jwtTokenApi` credential.
 *
 * @param data the credential's fields
 * @param request left as it is
 * @param timeZone of Credential Expires At, see {@link daysUntilExpiry}
 * @returns a copy that carries the token
 * @throws {@link JwtAuthError} `DOMAIN_NOT_ALLOWED`, `CREDENTIAL_EXPIRED`, `URL_INVALID`, and the
 *   codes of the token and its placement
 */
export function authenticateWithStoredToken<T extends AuthenticableRequest>(
	data: CredentialData,
	request: T,
	timeZone?: string,
): T {
	const now = new Date();
	const settings = readTokenSettings(data);
	assertUsable(settings, request, now, timeZone);
	const token = usableToken(settings.token, now);
	noteSentToken(data, token);
	return sendWith(request, token, settings);
}

/**
 * Authenticates a request with a token signed for it by a `jwtSignApi` credential.
 *
 * @param data the credential's fields, expressions resolved for the item
 * @param request left as it is
 * @param timeZone of Credential Expires At, see {@link daysUntilExpiry}
 * @returns a copy that carries the token
 * @throws {@link JwtAuthError} `DOMAIN_NOT_ALLOWED`, `CREDENTIAL_EXPIRED`, `URL_INVALID`, and the
 *   codes of key, claims, header parameters, binding and placement
 */
export async function authenticateWithSignedToken<T extends AuthenticableRequest>(
	data: CredentialData,
	request: T,
	timeZone?: string,
): Promise<T> {
	const now = new Date();
	const settings = readSigningSettings(data);
	assertUsable(settings, request, now, timeZone);
	const { bindings, placement } = settings;
	const prepared = prepareRequest(bindings, request, { tokenParameter: tokenParameter(placement) });
	const { token } = await mintOrReuseToken(settings, { now, request: prepared });
	noteSentToken(data, token);
	return sendWith(prepared.request, token, settings);
}
