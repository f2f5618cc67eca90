import { JwtAuthError } from '../errors';
import { dateObjectText, readDateTime } from '../shared/dateTime';
import { kindOfValue } from './fieldKinds';
import type { CredentialEnd } from '../request/sendingSettings';

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

function endOfNumber(number: number): number {
	return number > MILLISECONDS_FROM ? number : number * 1000;
}

/** A date as HTTP and JavaScript write it; NaN for anything else. */
function endOfWords(text: string): number {
	const withoutZoneName = text.replace(/\([^()]*\)$/, '');
	const words = withoutZoneName.match(/[a-z]+/gi) ?? [];
	const isWritten = words.every((word) => WORDS_OF_DATES.has(word.toLowerCase().slice(0, 3)));
	return isWritten && /\d{4}/.test(text) ? new Date(text).getTime() : Number.NaN;
}

function endOfText(text: string): CredentialEnd {
	// Four digits are a year of ISO 8601, more than that a time in seconds or milliseconds.
	if (/^\d{5,}$/.test(text)) return endOfNumber(Number(text));
	const [west, east] = [readDateTime(text, 'UTC'), readDateTime(text, 'Asia/Tokyo')];
	if (west === 'noSuchDate') return Number.NaN;
	if (typeof west !== 'number') return endOfWords(text);
	return west === east ? west : text;
}

/** A date's text as JSON writes it, which Date, luxon's DateTime and moment do alike. */
function endOfObject(value: object): CredentialEnd {
	try {
		const written: unknown = dateObjectText(value) ?? JSON.parse(JSON.stringify(value) ?? 'null');
		return typeof written === 'string' ? endOfText(written) : Number.NaN;
	} catch {
		// What cannot be written is no date.
		return Number.NaN;
	}
}

/**
 * A date as a form or an expression gives it.
 *
 * @param value as {@link readCredentialExpiry}
 * @returns milliseconds since 1970, NaN for what is no date, or ISO 8601 without an offset
 */
export function readInstant(value: unknown): CredentialEnd {
	if (typeof value === 'string') return endOfText(value.trim());
	if (typeof value === 'number') return endOfNumber(value);
	return typeof value === 'object' && value !== null ? endOfObject(value) : Number.NaN;
}

/**
 * Reads Credential Expires At. What is no date locks the credential: nobody knows when it was to end.
 *
 * @param value date and time as text (ISO 8601 or as JavaScript and HTTP write it), Date, DateTime, or
 *   seconds or milliseconds since 1970; an empty text for no end
 * @returns undefined for no end
 * @throws {@link JwtAuthError} `CREDENTIAL_EXPIRED`
 */
export function readCredentialExpiry(value: unknown): CredentialEnd | undefined {
	if (typeof value === 'string' && value.trim() === '') return undefined;
	const end = readInstant(value);
	if (typeof end === 'string' || !Number.isNaN(new Date(end).getTime())) return end;
	throw new JwtAuthError(
		'CREDENTIAL_EXPIRED',
		`Credential Expires At is ${kindOfValue(value)}, not a date and time, so the credential is not used.`,
		{ hint: 'Pick a date in the credential, or leave the field empty.' },
	);
}
