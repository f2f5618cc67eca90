import { JwtAuthError } from './errors';

/** Header and payload of a token, read without any verification. */
export interface DecodedToken {
	header: Record<string, unknown>;
	payload: Record<string, unknown>;
}

function decodePart(part: string, name: string): Record<string, unknown> {
	let value: unknown;
	try {
		value = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
	} catch {
		// Reported below, without the text.
	}
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		throw new JwtAuthError('TOKEN_MALFORMED', `The ${name} of the token is not a JSON object.`);
	}
	return value as Record<string, unknown>;
}

/**
 * Reads a compact JWS (RFC 7515 §7.1) whose payload is a claims set (RFC 7519). Nothing is verified.
 *
 * @param token three base64url parts joined by dots
 * @throws {@link JwtAuthError} `TOKEN_MALFORMED`
 */
export function decodeToken(token: string): DecodedToken {
	const parts = token.split('.');
	if (parts.length === 5) {
		throw new JwtAuthError(
			'TOKEN_MALFORMED',
			'This is an encrypted token (JWE, five parts), not a signed one.',
			{ hint: 'Only signed tokens (JWS, three parts) can be read.' },
		);
	}
	const [header, payload, signature] = parts;
	if (
		parts.length !== 3 ||
		!header ||
		!payload ||
		signature === undefined ||
		!/^[\w.-]+$/.test(token)
	) {
		throw new JwtAuthError('TOKEN_MALFORMED', 'This is not a JWT.');
	}
	return { header: decodePart(header, 'header'), payload: decodePart(payload, 'payload') };
}
