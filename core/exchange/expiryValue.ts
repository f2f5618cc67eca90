import { JwtAuthError } from '../errors';
import { readDateTime } from '../shared/dateTime';
import { parseDuration } from '../shared/duration';
import type { ExpiryUnit } from './exchangeSettings';

/** A value of an answer that says how long the token lives, and where it stands. */
export interface SaidExpiry {
	/** Path of the member. */
	field: string;
	value: unknown;
}

/** Numbers of seconds from here on are a point in time. */
export const TIME_FROM = 1e9;

/** Numbers from here on count milliseconds since 1970, then microseconds, then nanoseconds. */
const MILLISECONDS_FROM = 1e11;
const MICROSECONDS_FROM = 1e14;
const NANOSECONDS_FROM = 1e17;

/** The same for a member that counts milliseconds in any case. */
const MILLISECONDS_TIME_FROM = 1e12;

const NUMBER = /^[+-]?\d+(?:\.\d+)?$/;
const CLOCK_TIME = /^(\d{1,6}):([0-5]\d):([0-5]\d)(?:\.\d{1,9})?$/;
const WITH_UNIT = /^\d{1,12}(?:\.\d{1,6})?\s*[smhdw]$/i;

/** Beginning of a date as in RFC 9110 §5.6.7, the obsolete forms included. */
const WEEKDAY = /^(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?,? /i;
const TIME_OF_DAY = /\d:\d{2}:\d{2}\b/;

/** A time of day or a year that no time zone follows. */
const WITHOUT_ZONE = /\d:\d{2}:\d{2}(?: \d{4})?$/;

/** Names such as `expires_in_ms`, `expiresInMs` and `ttlMillis`. */
const MILLISECONDS_NAME = /(?:[_-]ms|[a-z\d]Ms|[mM]illis(?:econds)?)["'\]]*$/;

/** What can be shown of an unreadable text: a few words or digits, never what may be a token. */
const SHOWABLE = /^(?:[A-Za-z]{1,15}(?: [A-Za-z]{1,15}){0,3}|[\d:./ +-]{1,30})$/;

/** Milliseconds; undefined for what is no time to come. */
type Lifetime = number | undefined;

function untilTime(time: number, serverNow: number): Lifetime {
	return time > serverNow ? time - serverNow : undefined;
}

/** What a number since 1970 counts, in milliseconds. */
function unitOfTime(number: number): number {
	if (number < MILLISECONDS_FROM) return 1000;
	if (number < MICROSECONDS_FROM) return 1;
	return number < NANOSECONDS_FROM ? 1e-3 : 1e-6;
}

function fromNumber(number: number, inMilliseconds: boolean, serverNow: number): Lifetime {
	// A token cannot be issued expired: zero is how some servers say that it does not expire.
	if (number <= 0) return undefined;
	if (inMilliseconds && number < MILLISECONDS_TIME_FROM) return number;
	if (number < TIME_FROM) return number * 1000;
	return untilTime(number * unitOfTime(number), serverNow);
}

/** A date of ISO 8601 or HTTP, milliseconds since 1970; one without a time zone is meant as UTC. */
function readDate(text: string): number | undefined {
	if (WEEKDAY.test(text)) {
		if (!TIME_OF_DAY.test(text)) return undefined;
		// What Date.parse takes for a date is much more than one.
		const time = Date.parse(WITHOUT_ZONE.test(text) ? `${text} GMT` : text);
		return Number.isNaN(time) ? undefined : time;
	}
	const time = readDateTime(
		text.replace(/ ?(?:UTC|GMT)$/i, 'Z').replace(/ (?=[+-]\d{2}:?\d{2}$)/, ''),
		'UTC',
	);
	return typeof time === 'number' ? time : undefined;
}

function unreadableError({ field, value }: SaidExpiry): JwtAuthError {
	const shown = typeof value === 'string' && SHOWABLE.test(value.trim());
	const text = shown ? `the text "${value.trim()}"` : 'a text of no known form';
	const kind = Array.isArray(value)
		? 'a list'
		: `a${typeof value === 'object' ? 'n' : ''} ${typeof value}`;
	return new JwtAuthError(
		'EXCHANGE_BAD_RESPONSE',
		`What the token endpoint's answer has in "${field}" cannot be read as an expiry: it is ${typeof value === 'string' ? text : kind}.`,
		{
			hint: 'Correct Expiry Field in the credential. If it is empty, the token lives as long as Fallback Lifetime says.',
		},
	);
}

/**
 * How long a token lives by one value of the answer: a number of seconds or milliseconds, a number of
 * either since 1970, an ISO 8601 or HTTP date, `h:mm:ss`, or a number with a unit such as `3600s`; numbers
 * also as text.
 *
 * @param unit what a number counts; milliseconds also for a name that ends in `_ms`
 * @param serverNow milliseconds since 1970 by the clock that points in time are meant by
 * @returns milliseconds; undefined where the answer says nothing, and for what is no time to come (0, a
 *   date that has passed)
 * @throws {@link JwtAuthError} `EXCHANGE_BAD_RESPONSE` for anything else
 */
export function lifetimeFrom(said: SaidExpiry, unit: ExpiryUnit, serverNow: number): Lifetime {
	const { value, field } = said;
	const text = typeof value === 'string' ? value.trim() : '';
	if (value === undefined || value === null) return undefined;
	if (typeof value === 'string' && text === '') return undefined;
	const inMilliseconds = unit === 'milliseconds' || MILLISECONDS_NAME.test(field);
	const number = NUMBER.test(text) ? Number(text) : value;
	if (typeof number === 'number' && Number.isFinite(number)) {
		return fromNumber(number, inMilliseconds, serverNow);
	}
	const [, hours, minutes, seconds] = CLOCK_TIME.exec(text) ?? [];
	if (hours !== undefined) {
		const total = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
		return total === 0 ? undefined : total * 1000;
	}
	if (WITH_UNIT.test(text))
		return Number.parseFloat(text) === 0 ? undefined : parseDuration(text, field) * 1000;
	const time = readDate(text);
	if (time === undefined) throw unreadableError(said);
	return untilTime(time, serverNow);
}
