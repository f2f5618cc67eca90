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

/** Numbers of seconds from here on are a point in time; ones from 1e11 on count milliseconds. */
const TIME_FROM = 1e9;
const MILLISECONDS_FROM = 1e11;

/** The same for a member that counts milliseconds in any case. */
const MILLISECONDS_TIME_FROM = 1e12;

const NUMBER = /^[+-]?\d+(?:\.\d+)?$/;
const CLOCK_TIME = /^(\d{1,6}):([0-5]\d):([0-5]\d)(?:\.\d{1,9})?$/;
const WITH_UNIT = /^\d{1,12}(?:\.\d{1,6})?\s*[smhdw]$/i;

/** RFC 9110 §5.6.7, the obsolete forms included. */
const HTTP_DATE = /^(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?,? /i;

/** Names such as `expires_in_ms`, `expiresInMs` and `ttlMillis`. */
const MILLISECONDS_NAME = /(?:[_-]ms|[a-z\d]Ms|[mM]illis(?:econds)?)["'\]]*$/;

/** What can be shown of an unreadable text: a few words or digits, never what may be a token. */
const SHOWABLE = /^(?:[A-Za-z]{1,15}(?: [A-Za-z]{1,15}){0,3}|[\d:./ +-]{1,30})$/;

/** Milliseconds; undefined for what is no time to come. */
type Lifetime = number | undefined;

function untilTime(time: number, serverNow: number): Lifetime {
	return time > serverNow ? time - serverNow : undefined;
}

function fromNumber(number: number, inMilliseconds: boolean, serverNow: number): Lifetime {
	// A token cannot be issued expired: zero is how some servers say that it does not expire.
	if (number <= 0) return undefined;
	if (inMilliseconds) {
		return number < MILLISECONDS_TIME_FROM ? number : untilTime(number, serverNow);
	}
	if (number < TIME_FROM) return number * 1000;
	return untilTime(number * (number < MILLISECONDS_FROM ? 1000 : 1), serverNow);
}

/** A date of ISO 8601 or HTTP, milliseconds since 1970; one without a time zone is meant as UTC. */
function readDate(text: string): number | undefined {
	if (HTTP_DATE.test(text)) {
		const time = Date.parse(/(?:GMT|UTC|Z|[+-]\d{4})$/i.test(text) ? text : `${text} GMT`);
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
	if (
		value === undefined ||
		value === null ||
		value === '' ||
		(typeof value === 'string' && text === '')
	) {
		return undefined;
	}
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
