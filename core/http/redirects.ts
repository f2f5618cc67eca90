import type { DomainRestriction } from '../request/sendingSettings';
import { isHostListed, isUnlisted } from '../request/allowedDomains';
import { JwtAuthError } from '../errors';

import { keepHeaders, type RequestHeaders } from '../request/headers';
import { webUrl, hostOf, withoutQueryParameter } from '../shared/url';

/** One request of a chain of redirects, in its final form. */
export interface Hop {
	/** HTTP method in capitals. */
	method: string;
	/** Absolute URL with its query, without user name and password. */
	url: string;
	/** Headers without the token; names in any case. */
	headers: RequestHeaders;
	/** Final bytes, or a form as text; undefined for none. */
	body: Buffer | string | undefined;
	/** Whether the credential authenticates this request. */
	authenticated: boolean;
}

/** What decides how far a token goes. */
export interface RedirectPolicy {
	domains: DomainRestriction;
	/** Query parameter the credential puts its token into; undefined for a header. */
	tokenParameter: string | undefined;
}

/** The parts of a response that make it a redirect. */
export interface RedirectResponse {
	statusCode: number;
	/** Field value of `Location`, RFC 9110 §10.2.2. */
	location: unknown;
}

const REDIRECT_STATUSES = [301, 302, 303, 307, 308];

/** Headers a foreign origin may see: none of them can hold a secret by its meaning. */
const HARMLESS_HEADERS = ['accept', 'accept-language', 'content-type', 'user-agent'];

/** Whether a response asks for another request; others with a `Location` do not (RFC 9110 §15.4). */
export function isRedirect({ statusCode, location }: RedirectResponse): boolean {
	return REDIRECT_STATUSES.includes(statusCode) && typeof location === 'string' && location !== '';
}

/**
 * Whether a token for one URL may be made for another that a server named: on the same origin, or,
 * under Specific Domains, on a listed host. Never from https to http.
 *
 * @param from absolute URL the token was made for
 * @param to absolute URL the server names
 */
export function mayCarryToken(from: string, to: string, domains: DomainRestriction): boolean {
	const [source, target] = [new URL(from), new URL(to)];
	if (source.protocol === 'https:' && target.protocol === 'http:') return false;
	if (source.origin === target.origin) return true;
	return domains.mode === 'domains' && isHostListed(hostOf(to), domains.allowedDomains);
}

function targetOf(location: string, from: string, policy: RedirectPolicy): string {
	const target = webUrl(location, from);
	if (!target) {
		// The address is not quoted: it may hold a token.
		throw new JwtAuthError(
			'REDIRECT_INVALID',
			`${hostOf(from)} redirected to something that is not an http or https address.`,
		);
	}
	target.username = '';
	target.password = '';
	target.hash = '';
	return withoutQueryParameter(target.href, policy.tokenParameter);
}

/** Method after a redirect, by the Fetch standard, HTTP-redirect fetch, step 12. */
function nextMethod(method: string, statusCode: number): string {
	const becomesGet =
		([301, 302].includes(statusCode) && method === 'POST') ||
		(statusCode === 303 && method !== 'GET' && method !== 'HEAD');
	return becomesGet ? 'GET' : method;
}

/**
 * Decides what follows a redirect. The method changes as in the Fetch standard. A hop that
 * {@link mayCarryToken} is authenticated anew; any other loses the token, every header the person
 * typed, and with them the right to send a body, and no later hop gets them back.
 *
 * @param hop the request that was answered
 * @param response its answer, for which {@link isRedirect} holds
 * @returns the next request, still without a token
 * @throws {@link JwtAuthError} `DOMAIN_NOT_ALLOWED` for an unlisted host under Specific Domains,
 *   `REDIRECT_BODY_REFUSED`, `REDIRECT_INVALID`
 */
export function nextHop(hop: Hop, response: RedirectResponse, policy: RedirectPolicy): Hop {
	const url = targetOf(String(response.location), hop.url, policy);
	const { domains } = policy;
	if (isUnlisted(hostOf(url), domains)) {
		throw new JwtAuthError(
			'DOMAIN_NOT_ALLOWED',
			`${hostOf(hop.url)} redirected to ${hostOf(url)}, which is not one of the credential's Allowed Domains.`,
		);
	}
	const method = nextMethod(hop.method, response.statusCode);
	const keepsBody = method === hop.method;
	const body = keepsBody ? hop.body : undefined;
	const headers = keepHeaders(hop.headers, (name) => keepsBody || !name.startsWith('content-'));
	const authenticated = hop.authenticated && mayCarryToken(hop.url, url, domains);
	if (authenticated) return { method, url, headers, body, authenticated };
	if (body?.length) {
		throw new JwtAuthError(
			'REDIRECT_BODY_REFUSED',
			`${hostOf(hop.url)} redirected the ${method} to ${new URL(url).origin}; its body is not sent to another origin.`,
		);
	}
	return {
		method,
		url,
		headers: keepHeaders(headers, (name) => HARMLESS_HEADERS.includes(name)),
		body: undefined,
		authenticated,
	};
}
