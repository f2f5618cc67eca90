import { readDateTime } from './dateTime';
import { JwtAuthError } from './errors';

/** NumericDate (RFC 7519 §2) of this century. */
const SECONDS = /^\d{9,10}$/;

/** Days before Credential Expires At from which on a hint is given. */
export const EXPIRY_NOTICE_DAYS = 14;

const MILLISECONDS_PER_DAY = 86_400_000;

/**
 * Reads Credential Expires At.
 *
 * @returns milliseconds since 1970; NaN for what is no date
 */
function readExpiry(text: string, timeZone: string | undefined): number {
	if (SECONDS.test(text)) return Number(text) * 1000;
	const read = readDateTime(text, timeZone);
	if (typeof read === 'number') return read;
	return read === 'noSuchDate' ? Number.NaN : new Date(text).getTime();
}

/**
 * Refuses a credential whose Credential Expires At has passed, and counts the days left.
 *
 * @param credentialExpiresAt date and time as text (ISO 8601); empty for none
 * @param now current time
 * @param timeZone IANA name of the zone of a text without offset: n8n's own, since a credential
 *   belongs to no workflow; default: this machine's
 * @returns whole days left, or undefined when the credential has no such date
 * @throws {@link JwtAuthError} `CREDENTIAL_EXPIRED`
 */
export function daysUntilExpiry(
	credentialExpiresAt: string,
	now: Date,
	timeZone?: string,
): number | undefined {
	if (credentialExpiresAt.trim() === '') return undefined;
	const expiry = readExpiry(credentialExpiresAt.trim(), timeZone);
	if (Number.isNaN(expiry)) {
		throw new JwtAuthError(
			'CREDENTIAL_EXPIRED',
			'Credential Expires At is not a date and time, so the credential is not used.',
			{ hint: 'Pick a date in the credential, or leave the field empty.' },
		);
	}
	const left = expiry - now.getTime();
	if (left <= 0) {
		throw new JwtAuthError(
			'CREDENTIAL_EXPIRED',
			`This credential expired on ${new Date(expiry).toISOString()} (Credential Expires At).`,
		);
	}
	return Math.floor(left / MILLISECONDS_PER_DAY);
}
