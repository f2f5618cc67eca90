import type { Claims } from './claims';
import { signEs256k } from './es256k';
import { CompactSign } from './jose';
import type { SigningKey } from './keys';

function encode(value: Record<string, unknown>): Uint8Array {
	return Buffer.from(JSON.stringify(value), 'utf8');
}

/**
 * Signs a claims set as a compact JWS (RFC 7515 §7.1, RFC 7519 §7.1).
 *
 * @param header JOSE header; its `alg` has to be the key's algorithm
 * @param claims claims set, serialised as it is
 * @param signingKey imported key with its algorithm
 * @returns three base64url parts joined by dots
 */
export async function signToken(
	header: Record<string, unknown>,
	claims: Claims,
	signingKey: SigningKey,
): Promise<string> {
	if (signingKey.algorithm.curve === 'secp256k1') {
		const [encodedHeader, encodedClaims] = [header, claims].map((part) =>
			Buffer.from(encode(part)).toString('base64url'),
		);
		const input = `${encodedHeader}.${encodedClaims}`;
		const signature = signEs256k(Buffer.from(input, 'ascii'), signingKey.key);
		return `${input}.${Buffer.from(signature).toString('base64url')}`;
	}
	return await new CompactSign(encode(claims))
		.setProtectedHeader({ ...header, alg: signingKey.algorithm.name })
		.sign(signingKey.key);
}
