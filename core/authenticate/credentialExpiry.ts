import { kindOfValue } from '../settings/credentialFields';
import { JwtAuthError } from '../errors';

/** Days before Credential Expires At from which on a hint is given. */
export const EXPIRY_NOTICE_DAYS = 14;

const MILLISECONDS_PER_DAY = 86_400_000;

/** Beyond this a number is taken for milliseconds; as seconds it would be the year 5138. */
const MILLISECONDS_FROM = 1e11;

/** What a written date may have beside digits; JavaScript finds a date in "never 2099", too. */
const WORDS_OF_DATES = new Set(
	[
		'sun mon tue wed thu fri sat',
		'jan feb mar apr may jun jul aug sep oct nov dec',
		'am pm t z gmt utc est edt cst cdt mst mdt pst pdt',
	].flatMap((words) => words.split(' ')),
);

function timeOfText(text: string): number {
	// Four digits are a year of ISO 8601, more than that a time in seconds or milliseconds.
	if (/^\d{5,}$/.test(text)) return timeOfNumber(Number(text));
	const withoutZoneName = text.replace(/\([^()]*\)$/, '');
	const words = withoutZoneName.match(/[a-z]+/gi) ?? [];
	const isWritten = words.every((word) => WORDS_OF_DATES.has(word.toLowerCase().slice(0, 3)));
	return isWritten && /\d{4}/.test(text) ? new Date(text).getTime() : Number.NaN;
}

function timeOfNumber(number: number): number {
	return number > MILLISECONDS_FROM ? number : number * 1000;
}

/** A date's text as JSON writes it, which Date, luxon's DateTime and moment do alike. */
function timeOfObject(value: object): number {
	try {
		const written: unknown = JSON.parse(JSON.stringify(value) ?? 'null');
		return typeof written === 'string' ? timeOfText(written) : Number.NaN;
	} catch {
		// What cannot be written is no date.
		return Number.NaN;
	}
}

function timeOf(value: unknown): number {
	if (typeof value === 'string') return timeOfText(value.trim());
	if (typeof value === 'number') return timeOfNumber(value);
	return typeof value === 'object' && value !== null ? timeOfObject(value) : Number.NaN;
}

/**
 * Reads Credential Expires At. What is no date locks the credential: nobody knows when it was to end.
 *
 * @param value date and time as text (ISO 8601 or as JavaScript and HTTP write it; without an offset
 *   in this machine's time zone), Date, DateTime, or seconds or milliseconds since 1970; an empty
 *   text for no end
 * @returns undefined for no end
 * @throws {@link JwtAuthError} `CREDENTIAL_EXPIRED`
 */
export function readCredentialExpiry(value: unknown): Date | undefined {
	if (typeof value === 'string' && value.trim() === '') return undefined;
	const date = new Date(timeOf(value));
	if (!Number.isNaN(date.getTime())) return date;
	throw new JwtAuthError(
		'CREDENTIAL_EXPIRED',
		`Credential Expires At is ${kindOfValue(value)}, not a date and time, so the credential is not used.`,
		{ hint: 'Pick a date in the credential, or leave the field empty.' },
	);
}

/**
 * Refuses a credential whose Credential Expires At has passed, and counts the days left.
 *
 * @param expiry as {@link readCredentialExpiry} returns it
 * @param now current time
 * @returns whole days left, or undefined when the credential has no such date
 * @throws {@link JwtAuthError} `CREDENTIAL_EXPIRED`
 */
export function daysUntilExpiry(expiry: Date | undefined, now: Date): number | undefined {
	if (expiry === undefined) return undefined;
	const left = expiry.getTime() - now.getTime();
	if (left <= 0) {
		throw new JwtAuthError(
			'CREDENTIAL_EXPIRED',
			`This credential expired on ${expiry.toISOString()} (Credential Expires At).`,
		);
	}
	return Math.floor(left / MILLISECONDS_PER_DAY);
}
