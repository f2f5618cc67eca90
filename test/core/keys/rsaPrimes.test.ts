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
	['n', without('n', 'p')],
	['e', without('e', 'p')],
	['more than two primes', { ...whole, oth: [] }],
	['a prime of another key', { ...without('q'), p: 'AQAB' }],
	['numbers that are none', { kty: 'RSA', n: '', e: '', d: '' }],
])('refuses %s', (_name, value) => {
	expectCode('KEY_MALFORMED', () => completeRsaJwk(value));
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
