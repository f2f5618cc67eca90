import { httpsUrl } from '../shared/url';
import { JwtAuthError } from '../errors';
import { fetchJsonObject, type FetchDocument } from './fetchDocument';
import { FetchedValue } from '../shared/refreshedValue';

import { monotonicClock, type Clock } from '../shared/monotonicClock';
import { RecentlyUsed } from '../shared/lruMap';

/** Seconds for which an address that was found is used. */
const LIFETIME = 3600;

/**
 * Where the metadata of an issuer may stand, in the order they are tried: OpenID Connect Discovery
 * 1.0 §4 appends its path to the issuer's, RFC 8414 §3.1 puts it in front.
 *
 * @param issuer its URL; a slash at its end does not count
 */
export function metadataUrls(issuer: URL): string[] {
	const path = issuer.pathname.replace(/\/$/, '');
	return [
		`${issuer.origin}${path}/.well-known/openid-configuration`,
		`${issuer.origin}/.well-known/oauth-authorization-server${path}`,
	];
}

async function discover(issuer: string, fetch: FetchDocument): Promise<string> {
	const url = httpsUrl(issuer, 'Issuer');
	if (url.search !== '' || url.hash !== '') {
		throw new JwtAuthError('URL_INVALID', 'Issuer has a query or a fragment, which no issuer has.');
	}
	const failed = (what: string, hint?: string): JwtAuthError =>
		new JwtAuthError('DISCOVERY_FAILED', `${url.host} ${what}.`, { hint });
	for (const address of metadataUrls(url)) {
		const metadata = await fetchJsonObject(fetch, address, 'DISCOVERY_FAILED');
		if (!metadata) continue;
		// OpenID Connect Discovery §4.3 and RFC 8414 §3.3: letter by letter, lest one tenant speak for another.
		if (metadata.issuer !== issuer) {
			throw failed(
				'answers for another issuer than the one entered',
				'Enter the issuer as it stands in the "iss" of its tokens, letter by letter.',
			);
		}
		if (typeof metadata.jwks_uri !== 'string') throw failed('does not say where its keys are');
		return httpsUrl(metadata.jwks_uri, 'The jwks_uri of the issuer').href;
	}
	throw failed('publishes no metadata of this issuer');
}

/**
 * The address of an issuer's JWK Set, OpenID Connect Discovery 1.0 §4 and RFC 8414 §3.
 *
 * @param issuer as it stands in `iss`, fixed by a person and never taken from a token
 * @throws {@link JwtAuthError} `URL_INVALID`, `DISCOVERY_FAILED`
 */
export type FindJwksUrl = (issuer: string, fetch: FetchDocument) => Promise<string>;

/**
 * Finds the JWK Set of issuers and remembers for an hour where it is.
 *
 * @param now a clock that does not jump
 */
export function issuerDirectory(now: Clock = monotonicClock): FindJwksUrl {
	const entries = new RecentlyUsed<FetchedValue<string>>();
	return async (issuer, fetch) => {
		const address = entries.get(issuer, () => new FetchedValue(now));
		return await address.current(LIFETIME, async () => await discover(issuer, fetch));
	};
}
