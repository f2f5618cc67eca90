import { readStoredToken, type AccessToken } from './accessToken';
import { Cancelled } from './cancelled';
import { JwtAuthError } from './errors';
import { exchange } from './exchange';
import { exchangeFingerprint } from './exchangeFingerprint';
import type { ExchangeSettings } from './exchangeSettings';
import type { Network } from './network';
import { NotClaimed, SingleFlight } from './singleFlight';
import { TokenCache } from './tokenCache';

/** Shared by everything in this process: credentials and nodes load this module once. */
const cache = new TokenCache();
const flights = new SingleFlight<AccessToken>();

/** Where the credential's tokens stand, in this process and in n8n's database. */
export function findToken(
	settings: ExchangeSettings,
	fingerprint: string,
): AccessToken | undefined {
	const stored = readStoredToken(settings.stored);
	return cache.find(fingerprint, stored, settings.renewBeforeExpiry, Date.now());
}

/** Notes that a request with this token failed. */
export function suspectToken(fingerprint: string, token: string): void {
	cache.suspect(fingerprint, token);
}

/**
 * Fetches a token, together with everyone else in this process who wants the same one.
 *
 * @returns the token, and whether this very call fetched it
 * @throws {@link JwtAuthError} as {@link exchange}
 */
export async function fetchToken(
	settings: ExchangeSettings,
	network: Network,
): Promise<{ value: AccessToken; own: boolean }> {
	const fingerprint = exchangeFingerprint(settings);
	return await flights.run(fingerprint, async () => {
		try {
			const token = await exchange(settings, network);
			cache.put(token);
			return token;
		} catch (error) {
			const refused = error instanceof JwtAuthError && error.code === 'EXCHANGE_REJECTED';
			if (refused) cache.fail(fingerprint, error, Date.now());
			throw error;
		}
	});
}

/**
 * A usable token without any request of one's own: one that is there, or one that is being fetched.
 *
 * @param sleep waits some milliseconds
 * @returns undefined when there is neither: the caller is to fetch it, and everyone else waits for that
 * @throws {@link JwtAuthError} when the exchange was refused while this waited or a moment ago
 */
export async function awaitToken(
	settings: ExchangeSettings,
	sleep: Network['sleep'],
): Promise<AccessToken | undefined> {
	const fingerprint = exchangeFingerprint(settings);
	for (;;) {
		const token = findToken(settings, fingerprint);
		if (token) return token;
		const failure = cache.failure(fingerprint, Date.now());
		if (failure) throw failure;
		const flight = flights.current(fingerprint);
		if (!flight) {
			flights.announce(fingerprint, sleep);
			return undefined;
		}
		try {
			return await flight;
		} catch (error) {
			// Of one who gave up, or never began, the others hear nothing: somebody else has to fetch.
			if (!(error instanceof NotClaimed || error instanceof Cancelled)) throw error;
		}
	}
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
