import { decodeToken } from '../jws/decode';
import { LONGEST_DURATION, parseDuration } from '../shared/duration';

/** Numbers from here on are a point in time; ones from 1e11 on count milliseconds. */
const TIME_FROM = 1e9;
const MILLISECONDS_FROM = 1e11;

/** Milliseconds; a token that lives shorter would be renewed for every item. */
const SHORTEST_LIFETIME = 1000;

/** Milliseconds a value of the answer gives the token to live; undefined when it gives none. */
function lifetimeFrom(value: unknown, serverNow: number): number | undefined {
	if (typeof value !== 'string' && typeof value !== 'number') return undefined;
	const text = String(value).trim();
	const number = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
	// A token cannot be issued expired: zero is how some servers say that it does not expire.
	if (number > 0 && number < TIME_FROM) return number * 1000;
	const time = /^\d{4}-\d{2}-\d{2}/.test(text)
		? Date.parse(text)
		: number * (number < MILLISECONDS_FROM ? 1000 : 1);
	return time > serverNow ? time - serverNow : undefined;
}

/** What a token that is a JWT says of its own expiry. */
function ownExpiry(token: string): unknown {
	try {
		return decodeToken(token).payload.exp;
	} catch {
		return undefined;
	}
}

/**
 * How long a token lives: the first of what the answer says, of the token's own `exp`, and of Fallback
 * Lifetime that is a time to come.
 *
 * @param said values of the answer: seconds as number or text, or a point in time as ISO 8601, seconds or
 *   milliseconds since 1970; anything else is passed over
 * @param serverNow milliseconds since 1970 by the clock that the points in time are meant by
 * @returns milliseconds, from a second to {@link LONGEST_DURATION}
 * @throws {@link JwtAuthError} `DURATION_INVALID`
 */
export function tokenLifetime(
	said: readonly unknown[],
	token: string,
	fallbackLifetime: string,
	serverNow: number,
): number {
	const [first] = [...said, ownExpiry(token)]
		.map((value) => lifetimeFrom(value, serverNow))
		.filter((lifetime) => lifetime !== undefined);
	const lifetime = first ?? parseDuration(fallbackLifetime, 'Fallback Lifetime') * 1000;
	return Math.min(LONGEST_DURATION * 1000, Math.max(SHORTEST_LIFETIME, lifetime));
}
