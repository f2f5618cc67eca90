import { JwtAuthError } from '../errors';

/** Members that hold a number, a point or a secret as base64url, by `kty`. */
const VALUE_MEMBERS: ReadonlyMap<unknown, readonly string[]> = new Map([
	['RSA', ['n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi']],
	['EC', ['x', 'y', 'd']],
	['OKP', ['x', 'd']],
	['oct', ['k']],
	['AKP', ['pub', 'priv']],
]);

/** Bytes of a coordinate and of a private number, RFC 7518 §6.2, RFC 8037 §2. */
const CURVE_BYTES: ReadonlyMap<unknown, number> = new Map([
	['P-256', 32],
	['P-384', 48],
	['P-521', 66],
	['secp256k1', 32],
	['Ed25519', 32],
]);

/** Some write numbers without their leading zeros; more than this many are never met. */
const MISSING_ZEROS = 3;

const SMALLEST_RSA_BYTES = 256;

function cutOffError(member: string, how: string): JwtAuthError {
	return new JwtAuthError('KEY_TRUNCATED', `The "${member}" of the JWK is cut off: ${how}.`, {
		hint: 'Paste the JWK again, all of it; programs that display keys shorten long texts.',
	});
}

function assertWholeText(member: string, text: string): void {
	if (/\.{2}|…|\[truncated\]/i.test(text)) {
		throw cutOffError(member, 'dots stand where the rest of it should');
	}
	const compact = text.replace(/\s/g, '');
	if (!/^[\w+/-]*={0,2}$/.test(compact)) {
		const found = /[*•]/.test(text) ? 'was masked' : 'is not Base64URL';
		throw new JwtAuthError('KEY_MALFORMED', `The "${member}" of the JWK ${found}.`, {
			hint: 'Paste the JWK as it was handed out, with all its members.',
		});
	}
	if (compact.replace(/=/g, '').length % 4 === 1) {
		throw cutOffError(member, 'no Base64URL text has this length');
	}
}

/** Some write a zero in front, so that the number cannot be taken for a negative one. */
function withoutZeros(bytes: Buffer): Buffer {
	const start = bytes.findIndex((byte) => byte !== 0);
	return bytes.subarray(start === -1 ? bytes.length : start);
}

function assertWholeModulus(n: Buffer, others: readonly Buffer[]): void {
	const longest = Math.max(0, ...others.map(({ length }) => length));
	if (longest > n.length) throw cutOffError('n', 'another member is longer');
	if (n.length < SMALLEST_RSA_BYTES && n.length % 16 !== 0) {
		throw cutOffError('n', `no RSA key has ${n.length * 8} bits`);
	}
	// The product of two odd primes is odd.
	if ((n[n.length - 1] ?? 0) % 2 === 0) {
		throw cutOffError('n', 'it does not end as an RSA key does');
	}
}

/**
 * Checks that nothing of the members of a JWK (RFC 7517 §4) was left away when it was copied. What is
 * no text or missing altogether is not looked at. Private numbers are never mentioned.
 *
 * @throws {@link JwtAuthError} `KEY_TRUNCATED`, `KEY_MALFORMED`
 */
export function assertWholeMembers(jwk: Record<string, unknown>): void {
	const values = new Map<string, Buffer>();
	for (const member of VALUE_MEMBERS.get(jwk.kty) ?? []) {
		const text = jwk[member];
		if (typeof text === 'string' && text !== '') {
			assertWholeText(member, text);
			values.set(member, Buffer.from(text, 'base64url'));
		}
	}
	const size = CURVE_BYTES.get(jwk.crv);
	if (size !== undefined && (jwk.kty === 'EC' || jwk.kty === 'OKP')) {
		for (const [member, { length }] of values) {
			if (length < size - MISSING_ZEROS) {
				throw cutOffError(member, `${length} of its ${size} bytes were found`);
			}
		}
	}
	const modulus = values.get('n');
	if (modulus) assertWholeModulus(withoutZeros(modulus), [...values.values()].map(withoutZeros));
}
