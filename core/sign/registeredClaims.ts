import { dateObjectText, readDateTime, type DateTimeFault } from '../shared/dateTime';
import { JwtAuthError } from '../errors';

/** Beyond this a NumericDate is taken for milliseconds; as seconds it would be the year 5138. */
const MILLISECONDS_FROM = 1e11;

const FAULTS: Record<DateTimeFault, [what: string, hint?: string]> = {
	noDate: ['is a text that is neither a number of seconds nor an ISO 8601 date'],
	noSuchDate: ['is not a date that exists'],
	noTimeZone: ['is a time without a time zone', 'Add Z (UTC) or an offset such as +02:00.'],
	unknownTimeZone: [
		'is a time without an offset, and the time zone of the workflow is not known here',
		"Choose another Timezone in the workflow's settings, or add Z (UTC) or an offset such as +02:00.",
	],
};

function claimError(claim: string, what: string, hint?: string): JwtAuthError {
	return new JwtAuthError('CLAIM_INVALID', `The claim ${claim} ${what}.`, { hint });
}

function fromDate(claim: string, text: string, timeZone: string | undefined): number {
	const read = readDateTime(text, timeZone);
	if (typeof read === 'number') return read / 1000;
	const [what, hint] = FAULTS[read];
	throw claimError(claim, what, hint);
}

/**
 * Reads a claim that has to be a NumericDate (RFC 7519 §2), such as `exp`.
 *
 * @param value seconds since 1970 as a number or numeric text, an ISO 8601 date or date and time, a
 *   Date or a luxon DateTime
 * @param claim its name, for messages
 * @param timeZone of a date or time without Z or offset, see {@link readDateTime}
 * @returns seconds since 1970, cut to whole ones: many services take no others (GitHub)
 * @throws {@link JwtAuthError} `CLAIM_INVALID`, also for milliseconds
 */
export function readNumericDate(value: unknown, claim: string, timeZone?: string): number {
	const given = dateObjectText(value) ?? value;
	let seconds = typeof given === 'number' ? given : Number.NaN;
	if (typeof given === 'string') {
		const text = given.trim();
		const isNumber = /^\d{1,16}(?:\.\d{1,9})?$/.test(text);
		seconds = isNumber ? Number(text) : fromDate(claim, text, timeZone);
	}
	if (!Number.isFinite(seconds) || seconds < 0) {
		throw claimError(claim, 'is not a number of seconds since 1970');
	}
	if (seconds > MILLISECONDS_FROM) {
		throw claimError(
			claim,
			'is in milliseconds',
			'Divide it by 1000: JWT times are seconds since 1970. In n8n: ={{ $now.toUnixInteger() }}. For a service that wants milliseconds, turn on Time Claims in Milliseconds in the credential.',
		);
	}
	return Math.floor(seconds);
}

/**
 * Reads a time for a token whose times are milliseconds: milliseconds since 1970, or whatever
 * {@link readNumericDate} takes.
 *
 * @returns seconds since 1970, with fractions where milliseconds have them
 * @throws {@link JwtAuthError} `CLAIM_INVALID`
 */
export function readMillisecondDate(value: unknown, claim: string): number {
	const isText = typeof value === 'string' && /^\d{12,15}$/.test(value.trim());
	const number = isText ? Number(value) : value;
	const isMilliseconds = typeof number === 'number' && number > MILLISECONDS_FROM;
	return isMilliseconds && Number.isSafeInteger(number)
		? number / 1000
		: readNumericDate(value, claim);
}

/**
 * Reads a claim that has to be a text (RFC 7519 §4.1.1, §4.1.2, §4.1.7): `iss`, `sub`, `jti`.
 *
 * @param value text, kept as it is, or a whole number, written as text (a numeric GitHub app ID)
 * @throws {@link JwtAuthError} `CLAIM_INVALID`
 */
export function readTextClaim(value: unknown, claim: string): string {
	if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
	if (typeof value !== 'string')
		throw claimError(claim, 'is not a text', 'Write its value in quotes.');
	if (value === '') throw claimError(claim, 'is empty', 'Give it a value or take it out.');
	return value;
}

/**
 * Reads `aud` (RFC 7519 §4.1.3).
 *
 * @param value one text, or a list of at least one; whole numbers are written as text
 * @throws {@link JwtAuthError} `CLAIM_INVALID`
 */
export function readAudience(value: unknown): string | string[] {
	if (!Array.isArray(value)) {
		if (typeof value === 'object') throw claimError('aud', 'is neither a text nor a list of texts');
		return readTextClaim(value, 'aud');
	}
	if (value.length === 0) throw claimError('aud', 'is an empty list');
	return value.map((audience) => readTextClaim(audience, 'aud'));
}
