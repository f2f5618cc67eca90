import { JwtAuthError } from '../errors';

/**
 * Reads an address of the web.
 *
 * @param text absolute, or relative to `base`
 * @returns undefined for what is no http or https address
 */
export function webUrl(text: string, base?: string): URL | undefined {
	try {
		// Not URL.canParse: after some thousand calls, that of Node.js 20 and 22 refuses hosts with umlauts.
		const url = new URL(text, base);
		return ['http:', 'https:'].includes(url.protocol) ? url : undefined;
	} catch {
		return undefined;
	}
}

const LOOPBACK = /^(localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Addresses that lead to no other network, RFC 1918 §3 and RFC 4193 §3. */
const PRIVATE_ADDRESS =
	/^(?:10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+|172\.(?:1[6-9]|2\d|3[01])\.\d+\.\d+|\[f[cd][0-9a-f]{2}:[0-9a-f:.]*\])$/;

/** Whether a host is in a network of one's own for sure: a name without a dot, or a private address. */
function isOwnNetwork({ hostname }: URL): boolean {
	const isSingleName = hostname !== '' && !/[.:[\]]/.test(hostname);
	return isSingleName || PRIVATE_ADDRESS.test(hostname);
}

/** Whether an address is that of a document about an issuer (RFC 8414 §3.1), or of its keys. */
export function isIssuerDocument({ pathname }: URL): boolean {
	return /\/\.well-known\/(?:openid-configuration|oauth-authorization-server|jwks)\b/.test(
		pathname,
	);
}

/** Whether an address is asked without encryption in a network of one's own, beside this machine. */
export function isPlainInOwnNetwork(url: URL): boolean {
	return url.protocol === 'http:' && !LOOPBACK.test(url.hostname) && isOwnNetwork(url);
}

/**
 * Reads an address that keys are fetched from. `http:` would let anybody on the way hand out keys of
 * their own, so it is accepted on this machine only, and where somebody said so in a network of one's
 * own: for hosts without a dot (`http://keycloak:8080`) and private addresses.
 *
 * @param text as entered
 * @param field what the person calls it, e.g. `JWKS URL`
 * @param allowsOwnNetwork whether `http:` is accepted in a network of one's own
 * @throws {@link JwtAuthError} `URL_INVALID`
 */
export function httpsUrl(text: string, field: string, allowsOwnNetwork = false): URL {
	const url = webUrl(text.trim());
	if (!url) {
		throw new JwtAuthError('URL_INVALID', `${field} is not a web address.`, {
			hint: 'Enter the whole address, beginning with https://.',
		});
	}
	assertNoUser(url, field);
	const mayBePlain = LOOPBACK.test(url.hostname) || (allowsOwnNetwork && isOwnNetwork(url));
	if (url.protocol === 'http:' && !mayBePlain) {
		throw new JwtAuthError(
			'URL_INVALID',
			`${field} begins with http://, so that it can be faked.`,
			{
				hint: isOwnNetwork(url)
					? 'Use https://, or turn on Allow Plain HTTP in Own Network under Options if nobody else is in this network.'
					: 'Use https://. Only addresses of this machine may begin with http://.',
			},
		);
	}
	return url;
}

/**
 * Refuses an address with a user name or password in it: n8n's HTTP client sends them as a Basic
 * header, in place of the token and without a word.
 *
 * @param field what the person calls the address
 * @throws {@link JwtAuthError} `URL_INVALID`
 */
export function assertNoUser({ username, password }: URL, field: string): void {
	if (username === '' && password === '') return;
	throw new JwtAuthError('URL_INVALID', `${field} has a user name or password in it.`, {
		hint: 'Take out what stands between // and @: it would be sent as a Basic header in place of the token.',
	});
}

function nameOf(pair: string): string | undefined {
	// A question mark at the beginning would be taken for the one before the query.
	return [...new URLSearchParams(`?${pair}`).keys()][0];
}

/**
 * Takes a query parameter out of a URL, wherever it stands, and leaves the rest to the letter.
 *
 * @param url absolute URL
 * @param name decoded name; undefined or blank takes nothing out
 */
export function withoutQueryParameter(url: string, name: string | undefined): string {
	const wanted = name?.trim() ?? '';
	if (wanted === '') return url;
	const parsed = new URL(url);
	const pairs = parsed.search.slice(1).split('&');
	const kept = pairs.filter((pair) => nameOf(pair) !== wanted);
	if (kept.length === pairs.length) return url;
	const query = kept.join('&');
	// The setter takes one question mark off, which may be that of a name.
	parsed.search = query === '' ? '' : `?${query}`;
	return parsed.href;
}

/** Decoded names of a URL's query parameters. */
export function queryParameterNames(url: string): string[] {
	return [...new URL(url).searchParams.keys()];
}

/**
 * Joins a base and what follows it by exactly one slash.
 *
 * @param base such as `https://api.example.com/v1/`
 * @param path such as `/items?x=1`
 */
export function joinBySlash(base: string, path: string): string {
	let end = base.length;
	while (base[end - 1] === '/') end -= 1;
	let start = 0;
	while (path[start] === '/') start += 1;
	return `${base.slice(0, end)}/${path.slice(start)}`;
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
