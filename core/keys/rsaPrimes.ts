import { JwtAuthError } from '../errors';

/** Numbers of an RSA private key, RFC 8017 §3.2, as in a JWK (RFC 7518 §6.3). */
const RSA_MEMBERS = ['n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi'] as const;

// Factoring blocks n8n's only thread: 4096 bits take up to a second, 8192 four.
const MAXIMUM_FACTORED_BITS = 4096n;

const MAXIMUM_BITS = 16_384n;

/** OpenSSL takes no larger exponent with a modulus beyond 3072 bits. */
const MAXIMUM_EXPONENT = 2n ** 64n;

/** Every base finds the primes of a real key in at least one case of two. */
const BASES = [2n, 3n, 5n, 7n, 11n, 13n, 17n, 19n, 23n, 29n, 31n, 37n, 41n, 43n, 47n, 53n].concat([
	59n,
	61n,
	67n,
	71n,
	73n,
	79n,
	83n,
	89n,
	97n,
	101n,
	103n,
	107n,
	109n,
	113n,
	127n,
	131n,
]);

function malformedRsaError(message: string): JwtAuthError {
	return new JwtAuthError('KEY_MALFORMED', message, {
		hint: 'Paste the JWK as it was handed out, with n, e, d, p, q, dp, dq and qi.',
	});
}

const damagedRsaError = (): JwtAuthError =>
	malformedRsaError(
		'The members n, e and d of the RSA JWK do not belong together; the key is damaged.',
	);

function toNumber(member: string): bigint {
	const bytes = Buffer.from(member, 'base64url');
	return bytes.length === 0 ? 0n : BigInt(`0x${bytes.toString('hex')}`);
}

function toMember(value: bigint): string {
	const hex = value.toString(16);
	return Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex').toString('base64url');
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
	let result = 1n;
	for (const bit of exponent.toString(2)) {
		result = (result * result) % modulus;
		if (bit === '1') result = (result * base) % modulus;
	}
	return result;
}

/** Greatest common divisor and the coefficient of `a`: `a * x ≡ gcd (mod b)`. */
function euclid(a: bigint, b: bigint): { gcd: bigint; x: bigint } {
	let [gcd, rest, x, nextX] = [a, b, 1n, 0n];
	while (rest !== 0n) {
		const quotient = gcd / rest;
		[gcd, rest] = [rest, gcd - quotient * rest];
		[x, nextX] = [nextX, x - quotient * nextX];
	}
	return { gcd, x: ((x % b) + b) % b };
}

function assertBits(n: bigint, most: bigint): void {
	if (n >> most === 0n) return;
	throw malformedRsaError(
		`The RSA key lacks some of p, q, dp, dq and qi, which can be computed up to ${most} bits only.`,
	);
}

/** A prime factor by the method of NIST SP 800-56B appendix C, with fixed bases. */
function factor(n: bigint, e: bigint, d: bigint): bigint {
	assertBits(n, MAXIMUM_FACTORED_BITS);
	let odd = e * d - 1n;
	let halvings = 0;
	while (odd > 0n && odd % 2n === 0n) {
		odd /= 2n;
		halvings += 1;
	}
	if (halvings === 0) throw damagedRsaError();
	for (const base of BASES) {
		let root = power(base, odd, n);
		for (let step = 0; step < halvings && root !== 1n && root !== n - 1n; step += 1) {
			const square = (root * root) % n;
			if (square === 1n) return euclid(root - 1n, n).gcd;
			root = square;
		}
		// For a real key e * d - 1 is a multiple of the order of every base.
		if (root !== 1n && root !== n - 1n) throw damagedRsaError();
	}
	throw damagedRsaError();
}

function assertBounds(n: bigint, e: bigint, d: bigint): void {
	assertBits(n, MAXIMUM_BITS);
	if (n < 6n || n % 2n === 0n || d >= n || e < 3n || e > MAXIMUM_EXPONENT) throw damagedRsaError();
}

/**
 * Adds to a private RSA JWK what RFC 7518 §6.3.2 allows to be left out: the primes, found from n, e
 * and d, and the numbers of the Chinese remainder theorem. One that has everything is left as it is.
 *
 * @param jwk `d` included; members as base64url
 * @throws {@link JwtAuthError} `KEY_MALFORMED` where n, e or d is missing, where they do not belong
 *   together, where more than 4096 bits would have to be worked on, and for more than two primes
 */
export function completeRsaJwk(jwk: Record<string, unknown>): Record<string, unknown> {
	if ('oth' in jwk) {
		throw malformedRsaError(
			'The RSA JWK has more than two primes ("oth"), which is not supported.',
		);
	}
	const given = (member: string): string | undefined => {
		const value = jwk[member];
		return typeof value === 'string' && value !== '' ? value : undefined;
	};
	const missing = RSA_MEMBERS.filter((member) => given(member) === undefined);
	if (missing.length === 0) return jwk;
	const needed = missing.filter((member) => ['n', 'e', 'd'].includes(member));
	if (needed.length > 0) throw malformedRsaError(`The RSA JWK lacks ${needed.join(', ')}.`);
	const [n, e, d, givenP, givenQ] = RSA_MEMBERS.slice(0, 5).map((member) =>
		toNumber(given(member) ?? ''),
	) as [bigint, bigint, bigint, bigint, bigint];
	assertBounds(n, e, d);
	const found = givenP === 0n && givenQ === 0n ? factor(n, e, d) : 0n;
	const p = givenP || n / (givenQ || found);
	const q = givenQ || n / p;
	if (p * q !== n || p < 3n || q < 3n) throw damagedRsaError();
	const inverse = euclid(q, p);
	if (inverse.gcd !== 1n) throw damagedRsaError();
	const numbers = { p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: inverse.x };
	const members = Object.entries(numbers).map(([member, value]) => [member, toMember(value)]);
	return { ...jwk, ...(Object.fromEntries(members) as Record<string, string>) };
}
