import type { CredentialEnd } from '../request/sendingSettings';
import { JwtAuthError } from '../errors';

import { toInstant } from '../shared/dateTime';

/** Days before Credential Expires At from which on a hint is given. */
export const EXPIRY_NOTICE_DAYS = 14;

export const MILLISECONDS_PER_DAY = 86_400_000;

/**
 * Refuses a credential whose Credential Expires At has passed, and counts the days left.
 *
 * @param end as `readCredentialExpiry` returns it
 * @param now current time
 * @param timeZone IANA name of the zone of an end without offset: n8n's own, since a credential
 *   belongs to no workflow; default: UTC
 * @returns whole days left, or undefined when the credential has no such date
 * @throws {@link JwtAuthError} `CREDENTIAL_EXPIRED`
 */
export function daysUntilExpiry(
	end: CredentialEnd | undefined,
	now: Date,
	timeZone?: string,
): number | undefined {
	if (end === undefined) return undefined;
	const expiry = toInstant(end, timeZone);
	const left = expiry - now.getTime();
	if (left <= 0) {
		throw new JwtAuthError(
			'CREDENTIAL_EXPIRED',
			`This credential expired on ${new Date(expiry).toISOString()}, as Credential Expires At says.`,
		);
	}
	return Math.floor(left / MILLISECONDS_PER_DAY);
}
