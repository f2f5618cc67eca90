import type { DomainRestriction } from './sendingSettings';
import { isHostListed } from './allowedDomains';
import { JwtAuthError } from '../errors';

/** A way a request takes through a proxy. */
export interface ProxiedRequest {
	/** Absolute URL of the request. */
	url: string;
	/** Host name of the proxy. */
	proxyHost: string;
	/** Whether any certificate is taken for that of the API. */
	ignoreSslIssues: boolean;
}

/**
 * Refuses a proxy that could read the token and is not on the list of Specific Domains. Of an https
 * request a proxy sees the host alone, unless it may present a certificate of its own.
 *
 * @throws {@link JwtAuthError} `DOMAIN_NOT_ALLOWED`
 */
export function assertProxyAllowed(
	{ url, proxyHost, ignoreSslIssues }: ProxiedRequest,
	{ mode, allowedDomains }: DomainRestriction,
): void {
	const isHttps = new URL(url).protocol === 'https:';
	if (mode !== 'domains' || (isHttps && !ignoreSslIssues)) return;
	const host = proxyHost.toLowerCase().replace(/\.$/, '');
	if (isHostListed(host, allowedDomains)) return;
	const why = isHttps ? 'Ignore SSL Issues is on' : 'the URL begins with http://';
	throw new JwtAuthError(
		'DOMAIN_NOT_ALLOWED',
		`The proxy ${host} could read the token, since ${why}, and is not one of the credential's Allowed Domains.`,
		{
			hint: isHttps
				? "Switch Ignore SSL Issues off, or add the proxy's host to Allowed Domains in the credential."
				: "Use an https:// address, or add the proxy's host to Allowed Domains in the credential.",
		},
	);
}
