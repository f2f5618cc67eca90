import { JwtAuthError } from '../errors';

/** Days before Credential Expires At from which on a hint is given. */
export const EXPIRY_NOTICE_DAYS = 14;

const MILLISECONDS_PER_DAY = 86_400_000;

/**
 * Refuses a credential whose Credential Expires At has passed, and counts the days left.
 *
 * @param credentialExpiresAt date and time as text (ISO 8601; without an offset in this machine's
 *   time zone); empty for none
 * @param now current time
 * @returns whole days left, or undefined when the credential has no such date
 * @throws {@link JwtAuthError} `CREDENTIAL_EXPIRED`
 */
export function daysUntilExpiry(credentialExpiresAt: string, now: Date): number | undefined {
	if (credentialExpiresAt.trim() === '') return undefined;
	const expiry = new Date(credentialExpiresAt);
	if (Number.isNaN(expiry.getTime())) {
		throw new JwtAuthError(
			'CREDENTIAL_EXPIRED',
			'Credential Expires At is not a date and time, so the credential is not used.',
			{ hint: 'Pick a date in the credential, or leave the field empty.' },
		);
	}
	const left = expiry.getTime() - now.getTime();
	if (left <= 0) {
		throw new JwtAuthError(
			'CREDENTIAL_EXPIRED',
			`This credential expired on ${expiry.toISOString()} (Credential Expires At).`,
		);
	}
	return Math.floor(left / MILLISECONDS_PER_DAY);
}
