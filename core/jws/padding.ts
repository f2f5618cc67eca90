import { JwtAuthError } from '../errors';

/** A padded token, with and without its padding. */
export interface PaddedToken {
	/** Without padding. */
	token: string;
	/** Header and payload as they were signed, with padding. */
	signed: { header: string; payload: string };
}

/** A part without its padding; undefined where that is not what RFC 4648 §5 asks for. */
function barePart(part: string): string | undefined {
	const bare = part.replace(/={1,2}$/, '');
	const length = Math.ceil(bare.length / 4) * 4;
	return !bare.includes('=') && bare.padEnd(length, '=') === part ? bare : undefined;
}

/**
 * Takes the padding off a compact JWS whose parts are padded Base64URL (RFC 4648 §5), against RFC 7515
 * §2, as an AWS load balancer writes it. The signature is over the parts with their padding. All three
 * parts have to be padded as they ought to, so that there is one way only to write a token.
 *
 * @returns undefined for a token without any padding
 * @throws {@link JwtAuthError} `TOKEN_MALFORMED`
 */
export function withoutPadding(token: string): PaddedToken | undefined {
	if (!token.includes('=')) return undefined;
	const [header = '', payload = '', ...rest] = token.split('.', 4);
	const bare = [header, payload, ...rest].map(barePart);
	if (bare.includes(undefined)) {
		throw new JwtAuthError('TOKEN_MALFORMED', 'The parts of the token are not padded alike.');
	}
	return { token: bare.join('.'), signed: { header, payload } };
}
