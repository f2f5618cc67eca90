import { createPrivateKey, generateKeyPairSync, type JsonWebKey } from 'node:crypto';
import fc from 'fast-check';
import { importSigningKey } from '../../../core/keys/importSigningKey';
import { completeRsaJwk } from '../../../core/keys/rsaPrimes';
import { expectCode, onlyJwtAuthErrors } from '../support/expectCode';
import { jwk, openssl, rsa, spki } from '../support/keyFixtures';

const whole = jwk(rsa);
const OPTIONAL = ['p', 'q', 'dp', 'dq', 'qi'];

function without(...members: string[]): Record<string, unknown> {
	return Object.fromEntries(Object.entries(whole).filter(([member]) => !members.includes(member)));
}

it('a JWK that has everything is left as it is', () => {
	expect(completeRsaJwk(whole)).toBe(whole);
});

describe('of n, e and d alone', () => {
	it('the primes are found, and OpenSSL finds nothing wrong with them', () => {
		const complete = completeRsaJwk(without(...OPTIONAL));
		expect(new Set([complete.p, complete.q])).toEqual(new Set([whole.p, whole.q]));
		const key = createPrivateKey({ key: complete as JsonWebKey, format: 'jwk' });
		expect(openssl(key, 'rsa', '-in', 'key.pem', '-check', '-noout')).toContain('RSA key ok');
	});

	it.each([3, 17, 65537, 4294967295])('with the exponent %d', (publicExponent) => {
		const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048, publicExponent });
		const { n, e, d } = jwk(privateKey);
		const key = importSigningKey({
			algorithm: 'RS256',
			key: JSON.stringify({ kty: 'RSA', n, e, d }),
		});
		expect(spki(key.key)).toBe(spki(privateKey));
	});

	it('d of another key is refused at the first base', () => {
		const { d } = jwk(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey);
		const { message } = expectCode('KEY_MALFORMED', () =>
			completeRsaJwk({ ...without(...OPTIONAL), n: biggest(), d }),
		);
		expect(message).toContain('do not belong together');
	});

	it('more than 4096 bits are not factored', () => {
		const n = Buffer.alloc(513, 255).toString('base64url');
		const { message } = expectCode('KEY_MALFORMED', () =>
			completeRsaJwk({ ...without(...OPTIONAL), n }),
		);
		expect(message).toContain('4096 bits');
	});
});

/** An odd modulus larger than every d. */
function biggest(): string {
	return Buffer.alloc(256, 255).toString('base64url');
}

it('whichever of the optional members are missing, the key is the same', () => {
	fc.assert(
		fc.property(fc.subarray(OPTIONAL, { minLength: 1 }), (missing) => {
			const complete = completeRsaJwk(without(...missing));
			const key = createPrivateKey({ key: complete as JsonWebKey, format: 'jwk' });
			expect(spki(key)).toBe(spki(rsa));
			expect(BigInt(`0x${Buffer.from(String(complete.n), 'base64url').toString('hex')}`)).toBe(
				[complete.p, complete.q]
					.map((member) => BigInt(`0x${Buffer.from(String(member), 'base64url').toString('hex')}`))
					.reduce((product, prime) => product * prime),
			);
		}),
		{ numRuns: 31 },
	);
});

it.each([
	['n that is missing', without('n', 'p'), 'lacks n.'],
	['e that is missing', without('e', 'p'), 'lacks e.'],
	['numbers that are none', { kty: 'RSA', n: '', e: 7 }, 'lacks n, e, d.'],
	['more than two primes', { ...whole, oth: [] }, 'more than two primes'],
	['a prime of another key', { ...without('q'), p: 'AQAB' }, 'do not belong together'],
])('refuses %s', (_name, value, words) => {
	const { message, hint } = expectCode('KEY_MALFORMED', () => completeRsaJwk(value));
	expect(message).toContain(words);
	expect(hint).toContain('Paste the JWK as it was handed out');
});

it.each([
	['an empty text', { p: '' }],
	['a number', { dp: 7 }],
	['null', { qi: null }],
])('%s in place of an optional member is as if it were missing', (_name, members) => {
	const { p, q, dp, dq, qi } = completeRsaJwk({ ...whole, ...members });
	expect({ p, q, dp, dq, qi }).toEqual({
		...{ p: whole.p, q: whole.q },
		...{ dp: whole.dp, dq: whole.dq, qi: whole.qi },
	});
});

/** A number as a member of a JWK, RFC 7518 §2. */
function member(value: number | bigint): string {
	const hex = value.toString(16);
	return Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex').toString('base64url');
}

type Numbers = Readonly<Record<string, number | bigint>>;

const small = (numbers: Numbers): Record<string, unknown> => ({
	kty: 'RSA',
	...Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, member(value)])),
});

describe('numbers small enough to be followed by hand', () => {
	it.each<Numbers>([
		// The odd part of e * d - 1 takes 2 to 1, and then to -1, neither of which shows a prime.
		{ n: 161, e: 5, d: 53 },
		{ n: 209, e: 7, d: 13 },
		{ n: 33, e: 3, d: 7, p: 11 },
		{ n: 33, e: 3, d: 7, p: 3 },
		{ n: 33, e: 3, d: 7, q: 11 },
		{ n: 33, e: 3, d: 7, q: 3 },
		{ n: 33, e: 3, d: 7, p: 11, q: 3 },
		{ n: 33, e: 2n ** 64n - 1n, d: 7, p: 11 },
	])('are completed: %p', ({ n, e, d, ...primes }) => {
		const complete = completeRsaJwk({ ...small({ n: n ?? 0, e: e ?? 0, d: d ?? 0, ...primes }) });
		const read = (name: string): number =>
			parseInt(Buffer.from(String(complete[name]), 'base64url').toString('hex'), 16);
		const [p, q, qi] = [read('p'), read('q'), read('qi')];
		expect(p * q).toBe(Number(n));
		expect({ p, q }).toMatchObject(primes);
		expect([read('dp'), read('dq')]).toEqual([Number(d) % (p - 1), Number(d) % (q - 1)]);
		expect((qi * q) % p).toBe(1);
		expect(qi).toBeLessThan(p);
	});

	it.each<[string, Numbers]>([
		['an even modulus', { n: 30, e: 7, d: 3, p: 5 }],
		['a modulus that is a prime', { n: 139, e: 5, d: 83 }],
		['the square of a prime', { n: 121, e: 3, d: 7, p: 11 }],
		['d as large as n', { n: 33, e: 3, d: 33, p: 11 }],
		['d larger than n', { n: 33, e: 3, d: 37, p: 11 }],
		['d of zero', { n: 33, e: 3, d: 0 }],
		['d that undoes no e', { n: 33, e: 3, d: 6 }],
		['the exponent 1', { n: 33, e: 1, d: 7, p: 11 }],
		['an exponent of more than 64 bits', { n: 33, e: 2n ** 64n + 1n, d: 7, p: 11 }],
		['1 for a prime', { n: 33, e: 3, d: 7, p: 1 }],
		['1 for the other prime', { n: 33, e: 3, d: 7, q: 1 }],
		['a prime of another modulus', { n: 33, e: 3, d: 7, p: 5 }],
		['two primes of another modulus', { n: 33, e: 3, d: 7, p: 5, q: 7 }],
	])('are refused: %s', (_name, numbers) => {
		const { message } = expectCode('KEY_MALFORMED', () => completeRsaJwk(small(numbers)));
		expect(message).toContain('do not belong together');
	});
});

describe('of more than 4096 bits', () => {
	// No primes, but of no common divisor, which is all that is asked here.
	const [p, q] = [2n ** 2100n - 1n, 2n ** 2101n - 1n];
	const numbers = { n: p * q, e: 65_537, d: 17 };

	it.each([
		['p', { p }, { q: member(q) }],
		['q', { q }, { p: member(p) }],
	])('with %s there is nothing to factor', (_name, given, expected) => {
		expect(completeRsaJwk(small({ ...numbers, ...given }))).toMatchObject(expected);
	});

	it('up to 16,384 bits', () => {
		const beyond = small({ ...numbers, n: 2n ** 16_384n + 1n, p });
		const { message } = expectCode('KEY_MALFORMED', () => completeRsaJwk(beyond));
		expect(message).toContain('16384 bits');
	});
});

it('any numbers are completed or refused', () => {
	const member = fc.option(
		fc.uint8Array({ maxLength: 24 }).map((bytes) => Buffer.from(bytes).toString('base64url')),
		{ nil: undefined },
	);
	fc.assert(
		fc.property(
			fc.record({ n: member, e: member, d: member, p: member, q: member, dp: member }),
			(value) => {
				onlyJwtAuthErrors(() => completeRsaJwk({ kty: 'RSA', ...value }));
			},
		),
		{ numRuns: 2000 },
	);
});
