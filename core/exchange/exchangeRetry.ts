import { JwtAuthError } from '../errors';
import type { Network } from '../request/network';
import { parseRetryAfter } from '../request/retry';
import { serverTime, type TokenResponse } from './tokenResponse';

/** Milliseconds waited at least before the second and the third attempt. */
const PAUSES = [500, 1500];

/** Longest wait a server can ask for before the exchange is given up, in milliseconds. */
const LONGEST_WAIT = 10_000;

const RETRIED_STATUSES = [429, 500, 502, 503, 504];

/** What an attempt brought. */
export interface AttemptResult {
	outcome: TokenResponse | JwtAuthError;
	/** Milliseconds for which the endpoint wants to be left alone. */
	wanted: number;
}

/**
 * Milliseconds for which the endpoint wants to be left alone; 0 when it does not say.
 *
 * @param now milliseconds since 1970 by our clock
 */
export function wantedPause(outcome: AttemptResult['outcome'], now: number): number {
	if (outcome instanceof JwtAuthError) return 0;
	// A date is meant by the clock of the server.
	const serverNow = new Date(serverTime(outcome.headers) ?? now);
	return parseRetryAfter(outcome.headers['retry-after'], serverNow) ?? 0;
}

/** Milliseconds to wait before another attempt; undefined where another one is of no use. */
function retryPause({ outcome, wanted }: AttemptResult, shortest: number): number | undefined {
	if (outcome instanceof JwtAuthError) {
		return outcome.code === 'EXCHANGE_UNREACHABLE' ? shortest : undefined;
	}
	if (!RETRIED_STATUSES.includes(outcome.status) || wanted > LONGEST_WAIT) return undefined;
	return Math.max(shortest, wanted);
}

/**
 * Asks up to three times, as long as the token endpoint cannot be reached or answers 429, 500, 502,
 * 503 or 504: again after half a second and one and a half, or as long as it asks (at most 10 s). A
 * timeout is not tried again.
 *
 * @returns what came of the last attempt
 */
export async function askPatiently<Attempt extends AttemptResult>(
	askOnce: () => Promise<Attempt>,
	network: Network,
): Promise<Attempt> {
	let latest = await askOnce();
	for (const shortest of PAUSES) {
		const pause = retryPause(latest, shortest);
		if (pause === undefined) break;
		await network.sleep(pause);
		latest = await askOnce();
	}
	return latest;
}
