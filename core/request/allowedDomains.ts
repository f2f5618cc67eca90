import { JwtAuthError } from '../errors';
import { webUrl } from '../shared/url';

/** n8n's own domain restriction of a credential, same names and meaning as n8n injects. */
export interface DomainRestriction {
	/** `all`: any host; `domains`: only the listed ones; `none`: no HTTP request at all. */
	mode: 'all' | 'domains' | 'none';
	/** Comma-separated hosts such as `example.com, *.example.com`; read for `domains` only. */
	allowedDomains: string;
}

/**
 * Host of an absolute http or https URL as it is matched and shown: lower case, no port, no trailing dot.
 *
 * @throws {@link JwtAuthError} `URL_INVALID`
 */
export function hostOf(url: string): string {
	const host = webUrl(url)?.hostname.toLowerCase().replace(/\.$/, '');
	if (host) return host;
	// The text is not quoted: it may hold a token in its query.
	throw new JwtAuthError('URL_INVALID', 'The request has no valid, absolute URL.');
}

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
			{ hint: 'Choose Specific Domains in the credential and list the host of the API.' },
		);
	}
	if (isUnlisted(host, restriction)) {
		const list = restriction.allowedDomains.trim();
		throw new JwtAuthError(
			'DOMAIN_NOT_ALLOWED',
			list === ''
				? `This credential may not be used with ${host}: its list of allowed domains is empty.`
				: `This credential may not be used with ${host}. Allowed domains: ${list}.`,
		);
	}
}
