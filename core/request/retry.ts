import { LONGEST_DURATION } from '../shared/duration';
import { isIdempotent } from './httpMethod';

/** When and how often a request is sent again. */
export interface RetryPolicy {
	/** Tries altogether, the first included. */
	maxTries: number;
	/** Milliseconds before the second try; doubled before every further one. */
	waitBetweenTries: number;
	/** Longest wait in milliseconds; a server that asks for more is not asked again. */
	maxWait: number;
	/** Whether POST, PATCH and other methods that are not idempotent are sent again too. */
	retryNonIdempotent: boolean;
}

/** How a try failed. */
export interface FailedTry {
	/** HTTP method in capitals. */
	method: string;
	/** Tries so far, from 1. */
	tries: number;
	/** Status of the answer; undefined when the connection failed. */
	statusCode: number | undefined;
	/** Field value of `Retry-After`, RFC 9110 §10.2.3. */
	retryAfter: unknown;
}

/** Statuses that a later try may not meet again. */
const RETRY_STATUSES = [429, 502, 503, 504];

const CONNECTION_ERRORS = [
	'EAI_AGAIN',
	'ECONNABORTED',
	'ECONNREFUSED',
	'ECONNRESET',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'EPIPE',
	'ETIMEDOUT',
	'ERR_STREAM_PREMATURE_CLOSE',
];

/** The code of a network error such as `ECONNRESET`: that of its cause, or its own; else empty. */
export function networkCode(error: unknown): string {
	const { code, cause } = Object(error) as { code?: unknown; cause?: unknown };
	const inner = (Object(cause) as { code?: unknown }).code;
	return [inner, code].find((one) => typeof one === 'string') ?? '';
}

/** Whether an error says that the connection failed, as it may not next time. */
export function isConnectionError(error: unknown): boolean {
	return CONNECTION_ERRORS.includes(networkCode(error));
}

/**
 * Reads `Retry-After`: seconds or an HTTP date.
 *
 * @returns milliseconds from now, at least 0 and at most {@link LONGEST_DURATION}; undefined for none
 *   or an unreadable one
 */
export function parseRetryAfter(value: unknown, now: Date): number | undefined {
	const text = String(Array.isArray(value) ? value[0] : (value ?? '')).trim();
	const longest = LONGEST_DURATION * 1000;
	if (/^\d+$/.test(text)) return Math.min(longest, Number(text) * 1000);
	// The oldest of the three kinds of dates ends with its year and means GMT too, RFC 9110 §5.6.7.
	const dated = / \d{4}$/.test(text) ? `${text} GMT` : text;
	const date = /^[A-Za-z]{3,9},? /.test(text) ? new Date(dated).getTime() : Number.NaN;
	return Number.isNaN(date) ? undefined : Math.min(longest, Math.max(0, date - now.getTime()));
}

/**
 * Says how long to wait before a failed request is sent again: exponential backoff, of which the
 * upper half is random so that parallel clients spread out, and never less than `Retry-After`.
 *
 * @param random 0 to 1
 * @returns milliseconds; undefined when it is not to be sent again
 */
export function retryDelay(
	policy: RetryPolicy,
	failed: FailedTry,
	now: Date,
	random: number,
): number | undefined {
	if (failed.tries >= policy.maxTries) return undefined;
	if (failed.statusCode !== undefined && !RETRY_STATUSES.includes(failed.statusCode)) {
		return undefined;
	}
	if (!policy.retryNonIdempotent && !isIdempotent(failed.method)) return undefined;
	const asked = parseRetryAfter(failed.retryAfter, now) ?? 0;
	if (asked > policy.maxWait) return undefined;
	const backoff = Math.min(policy.maxWait, policy.waitBetweenTries * 2 ** (failed.tries - 1));
	return Math.max(asked, Math.round(backoff * (0.5 + random / 2)));
}
