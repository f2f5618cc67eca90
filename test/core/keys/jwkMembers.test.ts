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

it.each([
	['blanks and padding', { kty: 'oct', k: 'AAAA\nAAA=' }],
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

it('what was masked is named', () => {
	const { message } = expectCode('KEY_MALFORMED', () =>
		assertWholeMembers({ kty: 'oct', k: '****' }),
	);
	expect(message).toContain('was masked');
});
