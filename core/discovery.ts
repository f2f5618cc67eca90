import { JwtAuthError } from './errors';
import { fetchJsonObject, type FetchDocument } from './fetchDocument';
import { httpsUrl } from './httpsUrl';
import type { CacheSettings, Clock } from './jwks';
import { RecentlyUsed } from './recentlyUsed';

const DEFAULT_LIFETIME = 3600;

/** Milliseconds during which a failure is not tried again, however many items wait for it. */
const FAILURE_PAUSE = 5000;

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
	for (const address of metadataUrls(url)) {
		const metadata = await fetchJsonObject(fetch, address, 'DISCOVERY_FAILED');
		if (!metadata) continue;
		// OpenID Connect Discovery §4.3 and RFC 8414 §3.3: letter by letter, lest one tenant speak for another.
		if (metadata.issuer !== issuer) {
			throw new JwtAuthError(
				'DISCOVERY_FAILED',
				`${url.host} answers for another issuer than the one entered.`,
				{ hint: 'Enter the issuer as it stands in the "iss" of its tokens, letter by letter.' },
			);
		}
		if (typeof metadata.jwks_uri !== 'string') {
			throw new JwtAuthError('DISCOVERY_FAILED', `${url.host} does not say where its keys are.`);
		}
		return httpsUrl(metadata.jwks_uri, 'The jwks_uri of the issuer').href;
	}
	throw new JwtAuthError('DISCOVERY_FAILED', `${url.host} publishes no metadata of this issuer.`);
}

/** Finds the JWK Set of issuers and remembers where it is. */
export class IssuerDirectory {
	readonly #entries = new RecentlyUsed<{ found: Promise<string>; at: number }>();

	readonly #now: Clock;

	/** @param now current time in milliseconds; default: the clock */
	constructor(now: Clock = Date.now) {
		this.#now = now;
	}

	/**
	 * The address of an issuer's JWK Set, OpenID Connect Discovery 1.0 §4 and RFC 8414 §3.
	 *
	 * @param issuer as it stands in `iss`, fixed by a person and never taken from a token
	 * @param settings `lifetime` in seconds, default 3600
	 * @throws {@link JwtAuthError} `URL_INVALID`, `DISCOVERY_FAILED`
	 */
	async jwksUrl(
		issuer: string,
		fetch: FetchDocument,
		settings: Pick<CacheSettings, 'lifetime'> = {},
	): Promise<string> {
		const { lifetime = DEFAULT_LIFETIME } = settings;
		const entry = this.#entries.get(issuer, () => ({
			found: Promise.resolve(''),
			at: -Infinity,
		}));
		if (this.#now() - entry.at >= lifetime * 1000) {
			entry.at = this.#now();
			entry.found = discover(issuer, fetch);
		}
		const { found } = entry;
		try {
			return await found;
		} catch (error) {
			if (entry.found === found) entry.at = this.#now() - lifetime * 1000 + FAILURE_PAUSE;
			throw error;
		}
	}
}
