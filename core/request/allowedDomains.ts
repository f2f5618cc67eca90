import { JwtAuthError } from '../errors';
import { hostOf, assertNoUser } from '../shared/url';
import type { DomainRestriction } from './sendingSettings';
import { type OutgoingRequest, describeRequest } from './outgoingRequest';

/**
 * Whether a host is on the list, by n8n 2.41's rules: `example.com` is exactly that host,
 * `*.example.com` any subdomain but not the bare domain. A lone `*`, a scheme or a port never match.
 *
 * @param host as {@link hostOf} returns it
 * @param allowedDomains comma-separated list; an empty one allows nothing
 */
export function isHostListed(host: string, allowedDomains: string): boolean {
	return allowedDomains
		.split(',')
		.map((entry) => entry.trim().toLowerCase().replace(/\.$/, ''))
		.some((entry) =>
			entry.startsWith('*.')
				? entry.length > 2 && host.endsWith(entry.slice(1))
				: entry !== '' && host === entry,
		);
}

/** Whether the credential is for listed hosts only and this is none of them. */
export function isUnlisted(host: string, { mode, allowedDomains }: DomainRestriction): boolean {
	return mode === 'domains' && !isHostListed(host, allowedDomains);
}

/** What to do about a host that is not listed. */
export function domainAdvice(host: string): string {
	return `Add ${host} to Allowed Domains in the credential, with a comma between two hosts, or choose All under Allowed HTTP Request Domains.`;
}

/**
 * Refuses a request to a host the credential may not be used with, before anything is signed.
 *
 * @param url absolute URL of the request
 * @throws {@link JwtAuthError} `DOMAIN_NOT_ALLOWED`, `URL_INVALID`
 */
export function assertDomainAllowed(url: string, restriction: DomainRestriction): void {
	const host = hostOf(url);
	if (restriction.mode === 'none') {
		throw new JwtAuthError(
			'DOMAIN_NOT_ALLOWED',
			'This credential is set to be used in no HTTP request (Allowed HTTP Request Domains: None).',
			{
				hint: 'Choose All in the credential, or Specific Domains and enter the host of the API in Allowed Domains.',
			},
		);
	}
	if (isUnlisted(host, restriction)) {
		const list = restriction.allowedDomains.trim();
		throw new JwtAuthError(
			'DOMAIN_NOT_ALLOWED',
			list === ''
				? `This credential may not be used with ${host}: its Allowed Domains are empty.`
				: `This credential may not be used with ${host}. Its Allowed Domains are: ${list}.`,
			{ hint: domainAdvice(host) },
		);
	}
}

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
