import { bareToken } from '../shared/bareToken';
import { decodeToken } from '../jws/decode';
import { JwtAuthError } from '../errors';
import { isoTime } from '../shared/time';

function timeClaim(payload: Record<string, unknown>, name: 'exp' | 'nbf', absent: number): number {
	const value = payload[name];
	if (value === undefined) return absent;
	if (typeof value !== 'number') {
		throw new JwtAuthError('TOKEN_MALFORMED', `The "${name}" claim of the token is not a number.`, {
			hint: 'Ask the issuer for a token with times in seconds since 1970.',
		});
	}
	return value;
}

/**
 * Checks a token that somebody else issued, as far as that goes without the issuer's key: it is a
 * JWT, not expired, and already valid (RFC 7519 §4.1.4, §4.1.5, without tolerance).
 *
 * @param pasted the token as pasted; see {@link bareToken}
 * @param now current time
 * @returns the bare token
 * @throws {@link JwtAuthError} `TOKEN_MISSING`, `TOKEN_MALFORMED`, `TOKEN_EXPIRED`,
 *   `TOKEN_NOT_YET_VALID`
 */
export function usableToken(pasted: string, now: Date): string {
	const token = bareToken(pasted);
	if (token === '') throw new JwtAuthError('TOKEN_MISSING', 'The credential holds no token.');
	if (!/^[\w-]+=*\.[\w-]+=*\.[\w-]*=*$/.test(token) && token.split('.').length !== 5) {
		throw new JwtAuthError('TOKEN_MALFORMED', 'The token in the credential is not a JWT.', {
			hint: 'Paste the whole JWT (it begins with "eyJ"). For an API key or another opaque token use n8n\'s own Bearer Auth credential.',
		});
	}
	const { payload } = decodeToken(token);
	const seconds = now.getTime() / 1000;
	const expiry = timeClaim(payload, 'exp', Infinity);
	if (seconds >= expiry) {
		throw new JwtAuthError('TOKEN_EXPIRED', `The token expired at ${isoTime(expiry)}.`);
	}
	const notBefore = timeClaim(payload, 'nbf', -Infinity);
	if (seconds < notBefore) {
		throw new JwtAuthError(
			'TOKEN_NOT_YET_VALID',
			`The token is not valid before ${isoTime(notBefore)}.`,
		);
	}
	return token;
}
