import { decodeToken, type DecodedToken } from '../jws/decode';
import { shownText } from '../shared/shownText';
import { isoTime } from '../shared/time';

/** What a person may see of a token that was sent. */
export interface ClaimsOverview {
	/** Names of the claims, with the value of times only: `iss, exp (2026-11-26T02:00:00.000Z)`. */
	text: string;
	/** Values of `aud`, RFC 7519 §4.1.3. */
	audiences: string[];
}

const TIMES = ['iat', 'nbf', 'exp', 'auth_time'];

/** Most claims that are named. */
const MOST_CLAIMS = 20;

function decode(token: string): DecodedToken | undefined {
	try {
		return decodeToken(token);
	} catch {
		// An access token need not be a JWT.
		return undefined;
	}
}

function shownClaim([name, value]: [string, unknown]): string {
	const shown = /^[\w.:/#-]{1,60}$/.test(name) ? name : shownText(name);
	const isTime = TIMES.includes(name) && typeof value === 'number';
	return isTime ? `${shown} (${isoTime(value)})` : shown;
}

/**
 * Names the claims of a token, of which nothing is verified, for somebody who wonders why it was refused.
 *
 * @param token any access token
 * @returns undefined for what is no signed JWT
 */
export function claimsOverview(token: string): ClaimsOverview | undefined {
	const { payload } = decode(token) ?? {};
	if (!payload) return undefined;
	const claims = Object.entries(payload);
	const more = claims.length - MOST_CLAIMS;
	const names = claims.slice(0, MOST_CLAIMS).map(shownClaim).join(', ');
	const audiences: unknown[] = Array.isArray(payload.aud) ? payload.aud : [payload.aud];
	return {
		text: `${names}${more > 0 ? ` and ${more} more` : ''}`,
		audiences: audiences.filter((audience) => typeof audience === 'string'),
	};
}
