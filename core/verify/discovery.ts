import { httpsUrl } from '../shared/url';
import { issuerOfTenant } from './acceptedIssuers';
import { JwtAuthError } from '../errors';
import { shownText } from '../shared/shownText';
import { fetchJsonObject, type FetchDocument } from './fetchDocument';
import { FetchedValue } from '../shared/refreshedValue';

import { monotonicClock, type Clock } from '../shared/monotonicClock';
import { RecentlyUsed } from '../shared/lruMap';

/** Seconds for which an address that was found is used. */
const LIFETIME = 3600;

/** Most issuers remembered at once; each tenant of an issuer is one. */
export const MOST_ADDRESSES = 1000;

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

/** What the metadata of an issuer say. */
export interface Issuer {
	/** As it stands in the `iss` of its tokens. */
	issuer: string;
	/** Address of its JWK Set. */
	jwksUrl: string;
}

const CODES = { unreachable: 'DISCOVERY_FAILED', invalid: 'DISCOVERY_FAILED' } as const;

const WELL_KNOWN = '/.well-known/';

const METADATA = ['openid-configuration', 'oauth-authorization-server'];

/** The issuer of whom somebody entered the address of a document; undefined for any other address. */
function issuerOfMetadata(address: string): string | undefined {
	const at = address.lastIndexOf(WELL_KNOWN);
	const rest = address.slice(at + WELL_KNOWN.length);
	const known = METADATA.find((name) => rest === name || rest.startsWith(`${name}/`));
	// Any other document, such as jwks.json, stands below the issuer as well.
	const name = known ?? (/^[\w.-]+$/.test(rest) ? rest : undefined);
	if (at < 0 || name === undefined) return undefined;
	const issuer = `${address.slice(0, at)}${rest.slice(name.length)}`;
	let end = issuer.length;
	while (issuer[end - 1] === '/') end -= 1;
	return issuer.slice(0, end);
}

/**
 * What may stand in the `iss` of tokens of an issuer that was entered: its name letter by letter; with
 * or without a slash at the end where the address of its metadata was entered.
 */
export function namesOfIssuer(entered: string): string[] {
	const cut = issuerOfMetadata(entered);
	return cut === undefined ? [entered] : [cut, `${cut}/`];
}

/** The error for metadata that name another issuer than the one that was asked for. */
function otherIssuerError(url: URL, named: unknown): JwtAuthError {
	if (typeof named !== 'string') {
		return new JwtAuthError('DISCOVERY_FAILED', `${url.host} does not say which issuer it is.`);
	}
	if (named.indexOf('}') > named.indexOf('{') && named.includes('{')) {
		return new JwtAuthError(
			'DISCOVERY_FAILED',
			`This is the address of ${url.host} for many tenants; each signs under an issuer of its own, ${shownText(named)}.`,
			{
				hint: 'Enter the issuer of one tenant, with its ID in place of the braces. For several tenants enter it with {tid}, as in https://login.microsoftonline.com/{tid}/v2.0, and list their IDs under Checks > Allowed Tenants.',
			},
		);
	}
	return new JwtAuthError(
		'DISCOVERY_FAILED',
		`${url.host} answers for the issuer ${shownText(named)}, another one than was entered.`,
		{
			hint: 'If that is whom you mean, enter it in Issuer letter by letter, with or without the slash at the end.',
		},
	);
}

/** The address of an issuer, checked. */
function issuerUrl(issuer: string, allowsOwnNetwork: boolean): URL {
	const url = httpsUrl(issuer, 'Issuer', allowsOwnNetwork);
	if (url.search !== '' || url.hash !== '') {
		throw new JwtAuthError('URL_INVALID', 'Issuer has a query or a fragment, which no issuer has.');
	}
	return url;
}

/**
 * Refuses what cannot be the address of an issuer, `{tid}` for a tenant in it or not.
 *
 * @throws {@link JwtAuthError} `URL_INVALID`
 */
export function assertIssuerAddress(entered: string, allowsOwnNetwork: boolean): void {
	const address = issuerOfTenant(entered, 'tenant');
	issuerUrl(issuerOfMetadata(address) ?? address, allowsOwnNetwork);
}

async function discover(entered: string, url: URL, fetch: FetchDocument): Promise<Issuer> {
	const cut = issuerOfMetadata(entered);
	const issuer = cut ?? entered;
	const discoveryError = (what: string): JwtAuthError =>
		new JwtAuthError('DISCOVERY_FAILED', `${url.host} ${what}.`);
	const statuses: number[] = [];
	for (const address of metadataUrls(url)) {
		const { status, members } = await fetchJsonObject(fetch, address, CODES);
		if (!members) {
			statuses.push(status);
			continue;
		}
		// OpenID Connect Discovery §4.3 and RFC 8414 §3.3: letter by letter, lest one tenant speak for another.
		const isSame = members.issuer === issuer || (cut !== undefined && members.issuer === `${cut}/`);
		if (!isSame) throw otherIssuerError(url, members.issuer);
		if (typeof members.jwks_uri !== 'string') {
			throw discoveryError('does not say where its keys are');
		}
		return { issuer: String(members.issuer), jwksUrl: members.jwks_uri };
	}
	throw discoveryError(
		`publishes no metadata of this issuer (it answered ${statuses.join(' and ')})`,
	);
}

/**
 * An issuer and the address of its JWK Set, OpenID Connect Discovery 1.0 §4 and RFC 8414 §3.
 *
 * @param issuer as it stands in `iss`, fixed by a person and never taken from a token; the address of
 *   its metadata will do
 * @param allowsOwnNetwork whether `http:` is accepted in a network of one's own; default false
 * @throws {@link JwtAuthError} `URL_INVALID`, `DISCOVERY_FAILED`
 */
export type FindIssuer = (
	issuer: string,
	fetch: FetchDocument,
	allowsOwnNetwork?: boolean,
) => Promise<Issuer>;

/**
 * Finds the JWK Set of issuers and remembers for an hour where it is.
 *
 * @param now a clock that does not jump
 */
export function issuerDirectory(now: Clock = monotonicClock): FindIssuer {
	const entries = new RecentlyUsed<FetchedValue<Issuer>>(MOST_ADDRESSES);
	return async (entered, fetch, allowsOwnNetwork = false) => {
		// What was found is shared by all; what is allowed is each one's own.
		const url = issuerUrl(issuerOfMetadata(entered) ?? entered, allowsOwnNetwork);
		const entry = entries.get(entered, () => new FetchedValue(now));
		const load = async (): Promise<Issuer> => await discover(entered, url, fetch);
		const { issuer, jwksUrl } = await entry.current(LIFETIME, load);
		const keys = httpsUrl(jwksUrl, 'The jwks_uri of the issuer', allowsOwnNetwork);
		return { issuer, jwksUrl: keys.href };
	};
}
