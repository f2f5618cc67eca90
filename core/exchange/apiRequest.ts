import type { ExchangeSettings } from './exchangeSettings';
import { tlsIdentity } from '../keys/clientCertificate';
import { withTlsIdentity } from '../request/tlsIdentity';
import { withToken, type AuthenticableRequest } from '../request/placement';
import type { Placement } from '../request/sendingSettings';
import { assertAddressAllowed, assertDomainAllowed } from '../request/allowedDomains';
import type { AccessToken } from './storedToken';

import { JwtAuthError } from '../errors';

import { describeRequest } from '../request/outgoingRequest';

import { exchangeSecrets } from './exchangeSecrets';
import { redactError } from '../shared/redact';
import { isLoopback } from './tokenRequest';
import { webUrl, hostOf, joinBySlash } from '../shared/url';

/** An address without scheme and host, which only Base URL Field can complete. */
export function isRelativeUrl(url: unknown): url is string {
	const text = typeof url === 'string' ? url.trim() : '';
	return text !== '' && !/^[a-z][a-z\d+.-]*:/i.test(text);
}

/** Whether a request has no address of its own yet. */
function isRelative(request: AuthenticableRequest): boolean {
	return request.baseURL === undefined && isRelativeUrl(request.url ?? request.uri);
}

/** Whether a request goes to the token endpoint itself. */
export function isTokenEndpoint(request: AuthenticableRequest, tokenUrl: string): boolean {
	if (isRelative(request)) return false;
	const target = describeRequest(request).url;
	const endpoint = new URL(tokenUrl);
	return target.origin === endpoint.origin && target.pathname === endpoint.pathname;
}

/**
 * Refuses a request to a host the credential may not be used with; a relative one has none yet.
 *
 * @throws {@link JwtAuthError} `DOMAIN_NOT_ALLOWED`, `URL_INVALID`
 */
export function assertApiAllowed(request: AuthenticableRequest, settings: ExchangeSettings): void {
	if (isRelative(request) && settings.baseUrlField !== '') return;
	assertAddressAllowed(request, settings.signing.domains);
}

/** Refuses a base URL that a token must not be sent to, or that a path cannot be put after. */
function assertBaseUrl(baseUrl: string): void {
	const hint = 'Correct Base URL Field in the credential, or enter a whole address.';
	const url = /^https?:\/\//i.test(baseUrl) ? webUrl(baseUrl) : undefined;
	if (!url) {
		throw new JwtAuthError(
			'EXCHANGE_BAD_RESPONSE',
			"The URL is relative, and the token endpoint's answer had no base URL to complete it with.",
			{ hint },
		);
	}
	if (url.protocol === 'http:' && !isLoopback(hostOf(baseUrl))) {
		throw new JwtAuthError(
			'EXCHANGE_BAD_RESPONSE',
			'The base URL that the token endpoint named begins with http://, so that the access token would be sent without encryption.',
			{ hint: 'Enter a whole address that begins with https://, or have the service name one.' },
		);
	}
	if (url.username !== '' || url.password !== '' || /[?#]/.test(baseUrl)) {
		throw new JwtAuthError(
			'EXCHANGE_BAD_RESPONSE',
			'The base URL that the token endpoint named has a user name, a query or a fragment in it.',
			{ hint },
		);
	}
}

/**
 * Completes a relative address with the base URL that came with the token (Salesforce
 * `instance_url`), as text joined by one slash.
 *
 * @param url for which {@link isRelativeUrl} holds
 * @param baseUrl as the token endpoint named it; empty for none
 * @throws {@link JwtAuthError} `EXCHANGE_BAD_RESPONSE` when the answer had no base URL, or one that
 *   begins with `http:` (except on this machine) or has more than scheme, host and path
 */
export function completeUrl(url: string, baseUrl: string): string {
	assertBaseUrl(baseUrl);
	return joinBySlash(baseUrl, url.trim());
}

/**
 * Completes a relative address for a token, and refuses a host that the credential may not be used
 * with. The host is the token endpoint's choice, and may quote what that was sent or handed out.
 *
 * @throws {@link JwtAuthError} `DOMAIN_NOT_ALLOWED`, and as {@link completeUrl}
 */
export function completeAllowedUrl(
	url: string,
	{ baseUrl, token }: AccessToken,
	settings: ExchangeSettings,
): string {
	const complete = completeUrl(url, baseUrl);
	try {
		assertDomainAllowed(complete, settings.signing.domains);
	} catch (error) {
		throw redactError(error, [token, ...exchangeSecrets(settings)]);
	}
	return complete;
}

/**
 * Where a token goes that is bound to a key: RFC 9449 §7.1 has it in a header, with a scheme of its
 * own unless the person chose another one.
 */
function boundPlacement(placement: Placement): Placement {
	if (placement.target === 'query') {
		throw new JwtAuthError('PLACEMENT_INVALID', 'With DPoP the token cannot go into the query.', {
			hint: 'Set Add Token To to Header: Advanced Options > Placement and Headers.',
		});
	}
	const isUsual = placement.headerPrefix.trim().toLowerCase() === 'bearer';
	return isUsual ? { ...placement, headerPrefix: 'DPoP' } : placement;
}

/** The request with its address completed; itself when there is nothing to complete. */
function withWholeUrl<T extends AuthenticableRequest>(
	request: T,
	token: AccessToken,
	settings: ExchangeSettings,
): T {
	if (!isRelative(request)) return request;
	const url = completeAllowedUrl(String(request.url ?? request.uri), token, settings);
	return request.url === undefined ? { ...request, uri: url } : { ...request, url };
}

/**
 * Puts an access token into a request. Its prefix is the one of the form, whatever `token_type` the
 * answer had: Apigee's is BearerToken, that of Azure DevOps jwt-bearer, and both want Bearer.
 *
 * @param request left as it is
 * @returns a copy that carries the token, and is sent with the client certificate
 * @throws {@link JwtAuthError} `DOMAIN_NOT_ALLOWED`, `URL_INVALID`, `EXCHANGE_BAD_RESPONSE`, and the
 *   codes of placement and client certificate
 */
export function withAccessToken<T extends AuthenticableRequest>(
	request: T,
	token: AccessToken,
	settings: ExchangeSettings,
): T {
	const { signing } = settings;
	const identity = tlsIdentity(signing.clientCertificate, new Date());
	const complete = withWholeUrl(request, token, settings);
	assertAddressAllowed(complete, signing.domains);
	const placement = token.proofKey ? boundPlacement(signing.placement) : signing.placement;
	const placed = withToken(complete, token.token, { ...signing, placement });
	return withTlsIdentity(placed, identity);
}
