const MILLISECONDS_PER_DAY = 86_400_000;

const ISO_DATE_TIME =
	/^(\d{4}-\d{2}-(\d{2}))(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}:?\d{2})?)?$/i;

/** Why a text is no point in time. */
export type DateTimeFault = 'noDate' | 'noSuchDate' | 'noTimeZone' | 'unknownTimeZone';

/** A clock of a time zone, which n8n's names of zones are names of. */
function zoneClock(timeZone: string): Intl.DateTimeFormat | undefined {
	try {
		return new Intl.DateTimeFormat('en-US', {
			timeZone,
			calendar: 'gregory',
			numberingSystem: 'latn',
			hourCycle: 'h23',
			year: 'numeric',
			month: 'numeric',
			day: 'numeric',
			hour: 'numeric',
			minute: 'numeric',
			second: 'numeric',
		});
	} catch {
		return undefined;
	}
}

/** Milliseconds by which a clock is ahead of UTC at an instant. */
function offsetAt(instant: number, clock: Intl.DateTimeFormat): number {
	const parts = clock.formatToParts(instant);
	const part = (type: Intl.DateTimeFormatPartTypes) =>
		Number(parts.find((one) => one.type === type)?.value);
	const shown = Date.UTC(
		part('year'),
		part('month') - 1,
		part('day'),
		part('hour'),
		part('minute'),
		part('second'),
	);
	return shown - Math.floor(instant / 1000) * 1000;
}

/** The instant at which a clock shows a time, given as if it stood in UTC. */
function instantOf(shown: number, clock: Intl.DateTimeFormat): number {
	// No zone changes its offset twice within two days.
	const before = offsetAt(shown - MILLISECONDS_PER_DAY, clock);
	const after = offsetAt(shown + MILLISECONDS_PER_DAY, clock);
	const isRight = (offset: number) => offsetAt(shown - offset, clock) === offset;
	return isRight(before) || !isRight(after) ? shown - before : shown - after;
}

/**
 * Reads an ISO 8601 calendar date, with or without time of day, with or without offset.
 *
 * Without an offset it is a time of the given zone. One that comes twice there, when clocks are set
 * back, is the first of the two; one that is left out, when they are set forward, is as much later
 * (RFC 5545 §3.3.5).
 *
 * @param timeZone IANA name such as `Europe/Berlin`; without it a date is midnight UTC, and a time of
 *   day needs an offset
 * @returns milliseconds since 1970, or what is wrong with the text
 */
export function readDateTime(text: string, timeZone?: string): number | DateTimeFault {
	const match = ISO_DATE_TIME.exec(text.trim());
	if (!match) return 'noDate';
	const [, date = '', day, time = '00:00', offset] = match;
	const shown = Date.parse(`${date}T${time}${offset ?? 'Z'}`);
	// Date rolls 30 February over into March.
	const rolled = new Date(`${date}T00:00Z`).getUTCDate() !== Number(day);
	if (Number.isNaN(shown) || rolled) return 'noSuchDate';
	if (offset !== undefined) return shown;
	if (timeZone === undefined) return match[3] === undefined ? shown : 'noTimeZone';
	const clock = zoneClock(timeZone);
	return clock ? instantOf(shown, clock) : 'unknownTimeZone';
}

/**
 * The instant that a date of a form stands for.
 *
 * @param date milliseconds since 1970, or ISO 8601 without an offset, a time of the given zone
 * @param timeZone IANA name; one that nobody knows, and none, are read as UTC
 * @returns milliseconds since 1970; NaN for no date
 */
export function toInstant(date: number | string, timeZone: string | undefined): number {
	if (typeof date === 'number') return date;
	const read = readDateTime(date, timeZone ?? 'UTC');
	return typeof read === 'number' ? read : Number(readDateTime(date, 'UTC'));
}

/**
 * A date as an expression gives it, as text.
 *
 * @param value a Date, or a luxon DateTime (n8n's `$now`): whatever writes itself as ISO 8601
 * @returns ISO 8601 with Z or offset; undefined for what is no valid date object
 */
export function dateObjectText(value: unknown): string | undefined {
	if (value instanceof Date) {
		return Number.isNaN(value.getTime()) ? undefined : value.toISOString();
	}
	const { toISO } = Object(value) as { toISO?: unknown };
	if (typeof toISO !== 'function') return undefined;
	const text: unknown = toISO.call(value);
	return typeof text === 'string' ? text : undefined;
}
