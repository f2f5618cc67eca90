import type { ExchangeSettings } from './exchangeSettings';
import { readStoredToken, type AccessToken } from './storedToken';
import { Cancelled } from '../shared/cancelled';
import { exchange } from './exchange';
import { exchangeFingerprint } from './fingerprint';

import type { Network } from '../request/network';
import { NotClaimed, SingleFlight } from '../shared/singleFlight';
import { TokenCache } from './accessTokenCache';

/** Shared by everything in this process: credentials and nodes load this module once. */
const cache = new TokenCache();
const flights = new SingleFlight<AccessToken>();

/** Where the credential's tokens stand, in this process and in n8n's database. */
export function findToken(
	settings: ExchangeSettings,
	fingerprint: string,
): AccessToken | undefined {
	const stored = readStoredToken(settings.stored);
	// One that is bound to a key is of no use without it.
	const isWhole = settings.proofAlgorithm === undefined || stored?.proofKey !== undefined;
	return cache.find(fingerprint, isWhole ? stored : undefined, settings.renewBeforeExpiry);
}

/** Notes that a request with this token failed. */
export function suspectToken(fingerprint: string, token: string): void {
	cache.suspect(fingerprint, token);
}

/**
 * The token in use, or nothing where one may be fetched.
 *
 * @throws why the exchange failed, as long as that is remembered
 */
function tokenOrFailure(settings: ExchangeSettings, fingerprint: string): AccessToken | undefined {
	const token = findToken(settings, fingerprint);
	if (token) return token;
	const failure = cache.failure(fingerprint);
	if (failure) throw failure.error;
	return undefined;
}

/**
 * Fetches a token, together with everyone else in this process who wants the same one. Nothing is
 * asked of the endpoint where another call got a token, or a refusal, after this one was told to fetch.
 *
 * @param anyway exchange all the same, as Test Connection does
 * @returns the token, and whether this very call was the one that everyone waited for
 * @throws {@link JwtAuthError} as {@link exchange}, the remembered one included
 */
export async function fetchToken(
	settings: ExchangeSettings,
	network: Network,
	{ anyway = false } = {},
): Promise<{ value: AccessToken; own: boolean }> {
	const fingerprint = exchangeFingerprint(settings);
	return await flights.run(fingerprint, async () => {
		const known = anyway ? undefined : tokenOrFailure(settings, fingerprint);
		if (known) return known;
		const token = await exchange(settings, network, (error, asked) => {
			cache.fail(fingerprint, error, asked);
		});
		cache.put(token);
		return token;
	});
}

/**
 * What a flight brings. Of one who gave up, or never began, the others hear nothing: somebody else has
 * to fetch.
 */
async function tokenOf(flight: Promise<AccessToken>): Promise<AccessToken | undefined> {
	try {
		return await flight;
	} catch (error) {
		if (error instanceof NotClaimed || error instanceof Cancelled) return undefined;
		throw error;
	}
}

/**
 * A usable token without any request of one's own: one that is there, or one that is being fetched.
 *
 * @param sleep waits some milliseconds
 * @returns undefined when there is neither: the caller is to fetch it, and everyone else waits for that
 * @throws {@link JwtAuthError} when the exchange failed while this waited or a moment ago
 */
export async function awaitToken(
	settings: ExchangeSettings,
	sleep: Network['sleep'],
): Promise<AccessToken | undefined> {
	const fingerprint = exchangeFingerprint(settings);
	let token = tokenOrFailure(settings, fingerprint);
	let flight = token ? undefined : flights.current(fingerprint);
	while (flight) {
		token = (await tokenOf(flight)) ?? tokenOrFailure(settings, fingerprint);
		flight = token ? undefined : flights.current(fingerprint);
	}
	if (!token) flights.announce(fingerprint, sleep);
	return token;
}

/**
 * A usable token, fetched if need be; for callers that have a network of their own.
 *
 * @throws {@link JwtAuthError} as {@link exchange}
 */
export async function obtainToken(
	settings: ExchangeSettings,
	network: Network,
): Promise<AccessToken> {
	const token = await awaitToken(settings, network.sleep);
	return token ?? (await fetchToken(settings, network)).value;
}
