import { decodeToken } from '../jws/decode';
import { LONGEST_DURATION, parseDuration } from '../shared/duration';
import type { ExchangeSettings } from './exchangeSettings';
import { lifetimeFrom, type SaidExpiry, TIME_FROM } from './expiryValue';

/** Milliseconds; a token that lives shorter would be renewed for every item. */
const SHORTEST_LIFETIME = 1000;

/** Milliseconds a token that is a JWT gives itself to live. */
function ownLifetime(token: string, serverNow: number): number | undefined {
	try {
		const value = decodeToken(token).payload.exp;
		// Never a number of seconds from now on, RFC 7519 §4.1.4.
		if (typeof value !== 'number' || value < TIME_FROM) return undefined;
		return lifetimeFrom({ field: 'exp', value }, 'automatic', serverNow);
	} catch {
		return undefined;
	}
}

/**
 * How long a token lives: the first of what the answer says, of the token's own `exp`, and of Fallback
 * Lifetime that is a time to come.
 *
 * @param said values of the answer, as {@link lifetimeFrom} reads them
 * @param serverNow milliseconds since 1970 by the clock that the points in time are meant by
 * @returns milliseconds, from a second to {@link LONGEST_DURATION}
 * @throws {@link JwtAuthError} `EXCHANGE_BAD_RESPONSE` for a value that is none, `DURATION_INVALID`
 */
export function tokenLifetime(
	said: readonly SaidExpiry[],
	token: string,
	{ expiryUnit, fallbackLifetime }: Pick<ExchangeSettings, 'expiryUnit' | 'fallbackLifetime'>,
	serverNow: number,
): number {
	const first = said
		.map((one) => lifetimeFrom(one, expiryUnit, serverNow))
		.find((lifetime) => lifetime !== undefined);
	const lifetime =
		first ??
		ownLifetime(token, serverNow) ??
		parseDuration(fallbackLifetime, 'Fallback Lifetime') * 1000;
	return Math.min(LONGEST_DURATION * 1000, Math.max(SHORTEST_LIFETIME, lifetime));
}
