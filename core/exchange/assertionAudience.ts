import { JwtAuthError } from '../errors';
import { fetchSmall, type Network } from '../request/network';
import { monotonicClock, type Clock } from '../shared/monotonicClock';
import { FetchedValue } from '../shared/refreshedValue';
import { RecentlyUsed } from '../shared/lruMap';
import { hostOf, httpsUrl, webUrl } from '../shared/url';
import { Cancelled } from '../shared/cancelled';
import { domainAdvice, isUnlisted } from '../request/allowedDomains';
import { networkError } from './exchangeErrors';
import { metadataUrls } from '../verify/discovery';
import { fetchJsonObject, type FetchDocument } from '../verify/fetchDocument';
import { withoutPlaceholder } from './assertionPlaceholder';
import type { ExchangeSettings } from './exchangeSettings';
import { assertTokenUrl } from './tokenRequest';

/** Seconds for which an issuer that was found is used. */
const LIFETIME = 3600;

/** Seconds a server is given for its metadata, and the most bytes of them. */
const TIMEOUT = 15;

/** Most parts of the Token URL's path that are tried, so that nobody is asked without end. */
const MOST_PARTS = 6;

const CODES = { unreachable: 'DISCOVERY_FAILED', invalid: 'DISCOVERY_FAILED' } as const;

const HINT =
	'Enter the issuer in Issuer of the Token Endpoint as its metadata write it, or put the "aud" that the service asks for into the payload.';

/** Where the issuer of a token endpoint may be: what its path begins with, the longest first. */
function possibleIssuers(tokenUrl: URL): URL[] {
	const parts = tokenUrl.pathname.split('/').filter((part) => part !== '');
	const lengths = parts.map((_part, index) => parts.length - 1 - index);
	const longest = lengths.filter((length) => length < MOST_PARTS);
	return longest.map((length) => new URL(`/${parts.slice(0, length).join('/')}`, tokenUrl.origin));
}

/** Fetches metadata, until the server cannot be reached: it is not asked again at every address. */
class MetadataSource {
	/** Why the server cannot be reached. */
	failure: JwtAuthError | undefined;

	readonly #network: Network;

	constructor(network: Network) {
		this.#network = network;
	}

	readonly #fetch: FetchDocument = async (url, limit) => {
		const request = { method: 'GET' as const, url, headers: { accept: 'application/json' } };
		try {
			const limits = { seconds: TIMEOUT, bytes: limit };
			const { status, headers, body } = await fetchSmall(this.#network, request, limits);
			const location = typeof headers.location === 'string' ? headers.location : undefined;
			return { status, body: body?.toString('utf8'), ...(location !== undefined && { location }) };
		} catch (error) {
			if (error instanceof Cancelled) throw error;
			this.failure = networkError(error, hostOf(url), TIMEOUT);
			throw this.failure;
		}
	};

	/** The metadata at an address; without members where there are none that can be read. */
	async read(address: string): Promise<Record<string, unknown>> {
		try {
			return (await fetchJsonObject(this.#fetch, address, CODES)).members ?? {};
		} catch (error) {
			if (this.failure) throw this.failure;
			if (error instanceof JwtAuthError) return {};
			throw error;
		}
	}
}

function withoutSlash(text: string): string {
	return text.endsWith('/') ? text.slice(0, -1) : text;
}

/**
 * The issuer at an address, if it says that the token endpoint is its own. A server that named another
 * issuer would get an assertion that is good elsewhere.
 */
async function issuerAt(
	candidate: URL,
	tokenUrl: URL,
	source: MetadataSource,
): Promise<string | undefined> {
	for (const address of metadataUrls(candidate)) {
		const { issuer, token_endpoint } = await source.read(address);
		const isOwn =
			typeof issuer === 'string' && withoutSlash(issuer) === withoutSlash(candidate.href);
		if (isOwn && webUrl(String(token_endpoint))?.href === tokenUrl.href) return issuer;
	}
	return undefined;
}

async function discover(
	tokenUrl: URL,
	entered: URL | undefined,
	source: MetadataSource,
): Promise<string> {
	for (const candidate of entered ? [entered] : possibleIssuers(tokenUrl)) {
		const issuer = await issuerAt(candidate, tokenUrl, source);
		if (issuer !== undefined) return issuer;
	}
	const what = entered
		? `${entered.host} publishes no metadata that name this issuer and the Token URL.`
		: `No issuer was found whose metadata name the Token URL at ${tokenUrl.host}.`;
	throw new JwtAuthError('DISCOVERY_FAILED', what, { hint: HINT });
}

/** The issuer that a person entered, under the rules for the Token URL; undefined for none. */
function enteredIssuer({ issuer, allowsPlainHttp, signing }: ExchangeSettings): URL | undefined {
	if (issuer === '') return undefined;
	const url = httpsUrl(issuer, 'Issuer of the Token Endpoint', allowsPlainHttp);
	if (!isUnlisted(hostOf(url.href), signing.domains)) return url;
	throw new JwtAuthError(
		'DOMAIN_NOT_ALLOWED',
		`The issuer's host ${url.hostname} is not among this credential's Allowed Domains.`,
		{ hint: domainAdvice(url.hostname) },
	);
}

/** The "aud" of an assertion where its payload has none. */
export type FindAudience = (settings: ExchangeSettings, network: Network) => Promise<string>;

/**
 * Finds the audience of assertions: the Token URL (RFC 7523 §3), or the issuer that the token endpoint
 * belongs to. That is found by its metadata (OpenID Connect Discovery 1.0, RFC 8414), which have to name
 * the Token URL, and is remembered for an hour.
 *
 * @param now a clock that does not jump
 * @throws {@link JwtAuthError} `DISCOVERY_FAILED`, `URL_INVALID`, `DOMAIN_NOT_ALLOWED` and the others of
 *   {@link assertTokenUrl}
 */
export function audienceDirectory(now: Clock = monotonicClock): FindAudience {
	const entries = new RecentlyUsed<FetchedValue<string>>();
	return async (settings, network) => {
		const { assertionAudience, issuer } = settings;
		const tokenUrl = withoutPlaceholder(settings.tokenUrl);
		if (assertionAudience === 'tokenUrl') return tokenUrl;
		assertTokenUrl(settings);
		const entered = enteredIssuer(settings);
		const url = new URL(tokenUrl);
		const entry = entries.get(JSON.stringify([url.href, issuer]), () => new FetchedValue(now));
		const load = async () => await discover(url, entered, new MetadataSource(network));
		return await entry.current(LIFETIME, load);
	};
}
