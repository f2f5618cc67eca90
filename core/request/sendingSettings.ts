/**
 * The person's own end of a credential: milliseconds since 1970, or an ISO 8601 date and time without
 * an offset, which is one of n8n's time zone.
 */
export type CredentialEnd = number | string;

/** Where the token goes in a request. */
export interface Placement {
	/** `header`: `<headerName>: <headerPrefix> <token>`; `query`: `?<queryParameter>=<token>`. */
	target: 'header' | 'query';
	/** HTTP field name, RFC 9110 §5.1, e.g. `Authorization`. */
	headerName: string;
	/** Scheme in front of the token, e.g. `Bearer`; empty sends the bare token. */
	headerPrefix: string;
	/** Name of the query parameter, e.g. `token`. */
	queryParameter: string;
}

/** n8n's own domain restriction of a credential, same names and meaning as n8n injects. */
export interface DomainRestriction {
	/** `all`: any host; `domains`: only the listed ones; `none`: no HTTP request at all. */
	mode: 'all' | 'domains' | 'none';
	/** Comma-separated hosts such as `example.com, *.example.com`; read for `domains` only. */
	allowedDomains: string;
}

/** What every credential type has: how the token travels, and how far. */
export interface SendingSettings {
	placement: Placement;
	domains: DomainRestriction;
	/** The person's own end of the credential; undefined for none. */
	credentialExpiresAt: CredentialEnd | undefined;
	/** JSON text or object of static headers sent beside the token; values may be secret. */
	additionalHeaders: unknown;
}
