import { createPublicKey } from 'node:crypto';
import { importSigningKey } from '../../../core/keys/importSigningKey';
import { assertWholeMembers } from '../../../core/keys/jwkMembers';
import { readVerificationKeys } from '../../../core/keys/readVerificationKeys';
import { expectCode } from '../support/expectCode';
import { ec, ed25519, FAMILIES, jwk, rsa } from '../support/keyFixtures';

it.each(Object.entries(FAMILIES))('the members of %s are whole', (_name, { privateKey }) => {
	expect(() => assertWholeMembers(jwk(privateKey))).not.toThrow();
});

const members: Array<readonly [string, string, Record<string, unknown>]> = [
	...['n', 'd', 'p', 'qi'].map((member) => [member, 'RS256', jwk(rsa)] as const),
	...['x', 'y', 'd'].map((member) => [member, 'ES256', jwk(ec)] as const),
	...['x', 'd'].map((member) => [member, 'EdDSA', jwk(ed25519)] as const),
	['k', 'HS256', { kty: 'oct', k: Buffer.alloc(32, 7).toString('base64url') }] as const,
];

it.each(members)(
	'"%s" of a JWK for %s that ends in dots is cut off',
	(member, algorithm, whole) => {
		for (const dots of ['...', '…', '[truncated]']) {
			const key = JSON.stringify({
				...whole,
				[member]: `${String(whole[member]).slice(0, 20)}${dots}`,
			});
			const { message } = expectCode('KEY_TRUNCATED', () => importSigningKey({ algorithm, key }));
			expect(message).toContain(`"${member}" of the JWK is cut off`);
		}
	},
);

it.each(members.filter(([member]) => 'nxy'.includes(member)))(
	'"%s" of a JWK for %s that just ends is cut off',
	(member, algorithm, whole) => {
		const key = JSON.stringify({ ...whole, [member]: String(whole[member]).slice(0, 30) });
		expectCode('KEY_TRUNCATED', () => importSigningKey({ algorithm, key }));
	},
);

it('a public JWK is looked at too', () => {
	const whole = createPublicKey(rsa).export({ format: 'jwk' });
	for (const n of [`${whole.n?.slice(0, 60)}...`, whole.n?.slice(0, 60)]) {
		expectCode('KEY_TRUNCATED', () => readVerificationKeys(JSON.stringify({ ...whole, n })));
	}
});

const bytes = (length: number, value = 3): string =>
	Buffer.alloc(length, value).toString('base64url');

it.each([
	['blanks and padding', { kty: 'oct', k: 'AAAA\nAAA=' }],
	['padding where none is needed', { kty: 'oct', k: 'AAAA=' }],
	['three leading zeros left out', { kty: 'EC', crv: 'P-256', x: bytes(29) }],
	['an RSA key of 2080 bits', { kty: 'RSA', n: bytes(260) }],
	['a number that begins with a zero', { kty: 'RSA', n: bytes(128), d: `AAAA${bytes(126)}` }],
	['a curve named in an RSA key', { kty: 'RSA', crv: 'P-256', n: bytes(256), e: 'AQAB' }],
	['a coordinate of a curve that is not known', { kty: 'EC', crv: 'P-1', x: 'AAAA' }],
	['an empty modulus', { kty: 'RSA', n: '' }],
	['an empty coordinate', { kty: 'EC', crv: 'P-256', x: '' }],
	[
		'leading zeros left out',
		{ kty: 'EC', crv: 'P-256', x: Buffer.alloc(30, 1).toString('base64url') },
	],
	[
		'a leading zero too many',
		{ kty: 'RSA', n: Buffer.concat([Buffer.alloc(1), Buffer.alloc(128, 3)]).toString('base64url') },
	],
	['what is no text', { kty: 'RSA', n: 7, e: null }],
])('%s is no damage', (_name, value) => {
	expect(() => assertWholeMembers(value)).not.toThrow();
});

it.each([
	['"k" of the JWK is cut off: dots stand', { kty: 'oct', k: 'AAAA..' }],
	['"k" of the JWK is cut off: no Base64URL text has this length', { kty: 'oct', k: 'AAAA\nA' }],
	['"x" of the JWK is cut off: 28 of its 32 bytes', { kty: 'EC', crv: 'P-256', x: bytes(28) }],
	['"d" of the JWK is cut off: 28 of its 32 bytes', { kty: 'OKP', crv: 'Ed25519', d: bytes(28) }],
	['"n" of the JWK is cut off: another member is', { kty: 'RSA', n: bytes(128), d: bytes(129) }],
	['"n" of the JWK is cut off: no RSA key has 1040 bits', { kty: 'RSA', n: bytes(130) }],
	['"n" of the JWK is cut off: it does not end as', { kty: 'RSA', n: bytes(256, 2) }],
	['"n" of the JWK is cut off: it does not end as', { kty: 'RSA', n: 'AA' }],
])('The %s', (words, value) => {
	const { message, hint } = expectCode('KEY_TRUNCATED', () => assertWholeMembers(value));
	expect(message).toContain(words);
	expect(hint).toContain('Paste the JWK again, all of it');
});

it.each([
	['****', 'was masked'],
	['AAAA••••', 'was masked'],
	['AAA.AAAA', 'is not Base64URL'],
	['äAAAAAAA', 'is not Base64URL'],
	['AAAAAAAä', 'is not Base64URL'],
])('what is no Base64URL is said to be so: %s', (k, words) => {
	const { message, hint } = expectCode('KEY_MALFORMED', () =>
		assertWholeMembers({ kty: 'oct', k }),
	);
	expect(message).toBe(`The "k" of the JWK ${words}.`);
	expect(hint).toContain('Paste the JWK as it was handed out');
});
