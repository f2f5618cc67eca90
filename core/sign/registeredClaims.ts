import { JwtAuthError } from '../errors';

/** Beyond this a NumericDate is taken for milliseconds; as seconds it would be the year 5138. */
const MILLISECONDS_FROM = 1e11;

const ISO_DATE =
	/^\d{4}-\d{2}-(\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/i;

function invalid(claim: string, what: string, hint?: string): never {
	throw new JwtAuthError('CLAIM_INVALID', `The claim ${claim} ${what}.`, { hint });
}

function fromDate(claim: string, text: string): number {
	const match = ISO_DATE.exec(text);
	if (!match) {
		invalid(claim, 'is a text that is neither a number of seconds nor an ISO 8601 date');
	}
	const [, day, offset] = match;
	if (text.length > 10 && offset === undefined) {
		invalid(claim, 'is a time without a time zone', 'Add Z (UTC) or an offset such as +02:00.');
	}
	const instant = new Date(text.replace(' ', 'T')).getTime();
	// Date rolls 30 February over into March.
	const rolled = new Date(`${text.slice(0, 10)}T00:00:00Z`).getUTCDate() !== Number(day);
	if (Number.isNaN(instant) || rolled) invalid(claim, 'is not a date that exists');
	return Math.floor(instant / 1000);
}

/**
 * Reads a claim that has to be a NumericDate (RFC 7519 §2), such as `exp`.
 *
 * @param value seconds since 1970 as a number or numeric text, or an ISO 8601 date (midnight UTC) or
 *   date and time with Z or offset; dates are cut to whole seconds
 * @param claim its name, for messages
 * @returns seconds since 1970
 * @throws {@link JwtAuthError} `CLAIM_INVALID`, also for milliseconds
 */
export function readNumericDate(value: unknown, claim: string): number {
	let seconds = typeof value === 'number' ? value : Number.NaN;
	if (typeof value === 'string') {
		const text = value.trim();
		seconds = /^\d{1,16}(?:\.\d{1,9})?$/.test(text) ? Number(text) : fromDate(claim, text);
	}
	if (!Number.isFinite(seconds) || seconds < 0) {
		invalid(claim, 'is not a number of seconds since 1970');
	}
	if (seconds > MILLISECONDS_FROM) {
		invalid(
			claim,
			'is in milliseconds',
			'Divide it by 1000: JWT times are seconds since 1970. In n8n: {{ $now.toSeconds() }}.',
		);
	}
	return seconds;
}

/**
 * Reads a claim that has to be a text (RFC 7519 §4.1.1, §4.1.2, §4.1.7): `iss`, `sub`, `jti`.
 *
 * @param value text, kept as it is, or a whole number, written as text (a numeric GitHub app ID)
 * @throws {@link JwtAuthError} `CLAIM_INVALID`
 */
export function readTextClaim(value: unknown, claim: string): string {
	if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
	if (typeof value !== 'string') invalid(claim, 'is not a text', 'Write its value in quotes.');
	if (value === '') invalid(claim, 'is empty', 'Give it a value or take it out.');
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
		if (typeof value === 'object') invalid('aud', 'is neither a text nor a list of texts');
		return readTextClaim(value, 'aud');
	}
	if (value.length === 0) invalid('aud', 'is an empty list');
	return value.map((audience) => readTextClaim(audience, 'aud'));
}
