/** Seconds since 1970 from here on, seconds from now below: no limit lasts for thirty years. */
const FIRST_TIME = 1e9;

/** Milliseconds since 1970 from here on. */
const FIRST_MILLISECONDS = 1e12;

/** Names of the header, the draft's own first: what GitHub, Okta and many others send. */
const NAMES = ['ratelimit-reset', 'x-ratelimit-reset', 'x-rate-limit-reset'];

/** Seconds from now until a reset. @param value seconds from now, or a time in seconds or milliseconds */
function secondsUntil(value: number, now: Date): number {
	if (value < FIRST_TIME) return value;
	const time = value < FIRST_MILLISECONDS ? value : value / 1000;
	return time - now.getTime() / 1000;
}

/**
 * When an API that limits requests wants to be asked again, by the headers that are sent in place of
 * `Retry-After` (draft-ietf-httpapi-ratelimit-headers, and the older ones with `X-`).
 *
 * @param headers names in lower case
 * @returns whole seconds, as a field value of `Retry-After`; undefined where the answer is no 429 or
 *   does not say
 */
export function rateLimitReset(
	statusCode: number,
	headers: Readonly<Record<string, unknown>>,
	now: Date,
): string | undefined {
	if (statusCode !== 429) return undefined;
	const given = NAMES.map((name) => String(headers[name] ?? '').trim());
	const value = given.find((text) => /^\d{1,15}(?:\.\d{1,9})?$/.test(text));
	if (value === undefined) return undefined;
	return String(Math.max(0, Math.ceil(secondsUntil(Number(value), now))));
}
