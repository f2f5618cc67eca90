import { findAlgorithm } from '../../../core/keys/algorithms';
import { importJwk, jwkProblem, jwkPurposeProblem } from '../../../core/keys/jwk';
import { expectCode } from '../support/expectCode';
import { ec, ed25519, FAMILIES, jwk, rsa } from '../support/keyFixtures';

const [RS256, ES256, EdDSA, HS256] = ['RS256', 'ES256', 'EdDSA', 'HS256'].map(findAlgorithm) as [
	ReturnType<typeof findAlgorithm>,
	ReturnType<typeof findAlgorithm>,
	ReturnType<typeof findAlgorithm>,
	ReturnType<typeof findAlgorithm>,
];
const oct = { kty: 'oct', k: Buffer.alloc(32, 1).toString('base64url') };

describe('importJwk', () => {
	it.each(Object.entries(FAMILIES))('imports %s', (_name, { algorithm, privateKey }) => {
		const key = importJwk(jwk(privateKey), findAlgorithm(algorithm));
		expect(key.equals(privateKey)).toBe(true);
	});

	it('imports a shared secret, padded or not', () => {
		expect(importJwk(oct, HS256).export()).toEqual(Buffer.alloc(32, 1));
		expect(importJwk({ ...oct, k: `${oct.k}=` }, HS256).symmetricKeySize).toBe(32);
		expectCode('KEY_MALFORMED', () => importJwk({ ...oct, k: 'not base64!' }, HS256));
	});

	it.each(['n', 'e'])('names an RSA key without %s', (member) => {
		const members = Object.entries(jwk(rsa)).filter(([name]) => name !== member);
		const rest = Object.fromEntries(members);
		const { message } = expectCode('KEY_MALFORMED', () => importJwk(rest, RS256));
		expect(message).toContain(`lacks ${member}.`);
	});

	it('refuses more than two primes', () => {
		expectCode('KEY_MALFORMED', () => importJwk({ ...jwk(rsa), oth: [] }, RS256));
	});

	it('refuses an Ed25519 key whose public half is that of another', () => {
		const x = Buffer.alloc(32, 9).toString('base64url');
		expectCode('KEY_MALFORMED', () => importJwk({ ...jwk(ed25519), x }, EdDSA));
	});

	it('never quotes a member', () => {
		const secret = Buffer.from('secret material of the right size').toString('base64url');
		const error = expectCode('KEY_MALFORMED', () =>
			importJwk({ kty: 'EC', crv: 'P-256', x: secret, y: secret, d: secret }, ES256),
		);
		expect(error.message + error.hint).not.toContain(secret);
	});
});

describe('jwkProblem', () => {
	it.each([
		['KEY_MALFORMED', { kty: 'XYZ' }, RS256],
		['KEY_WRONG_TYPE', jwk(ec), RS256],
		['KEY_WRONG_TYPE', oct, RS256],
		['SECRET_IS_KEY', jwk(ec), HS256],
		['KEY_WRONG_CURVE', { ...jwk(ec), crv: 'P-384' }, ES256],
		['KEY_MALFORMED', { kty: 'oct' }, HS256],
		['KEY_IS_PUBLIC', { ...jwk(ec), d: undefined }, ES256],
		['KEY_ALGORITHM_MISMATCH', { ...jwk(rsa), alg: 'PS256' }, RS256],
		['KEY_ALGORITHM_MISMATCH', { ...jwk(rsa), alg: 7 }, RS256],
		['KEY_ALGORITHM_MISMATCH', { ...jwk(rsa), use: 'enc' }, RS256],
		['KEY_ALGORITHM_MISMATCH', { ...jwk(rsa), key_ops: ['verify'] }, RS256],
	])('%s (%#)', (code, value, algorithm) => {
		expect(jwkProblem(value, algorithm)?.code).toBe(code);
	});

	it('takes both names of EdDSA for the other', () => {
		for (const alg of ['EdDSA', 'Ed25519']) {
			expect(jwkProblem({ ...jwk(ed25519), alg }, EdDSA)).toBeUndefined();
		}
		expect(jwkProblem({ ...jwk(ed25519), alg: 'ES256' }, EdDSA)?.message).toContain('"ES256"');
		expect(jwkProblem({ ...jwk(ed25519), alg: 'my secret' }, EdDSA)?.message).not.toContain('my');
	});
});

it('jwkPurposeProblem asks for the operation', () => {
	expect(jwkPurposeProblem({}, 'verify')).toBeUndefined();
	expect(jwkPurposeProblem({ use: 'sig', key_ops: ['verify'] }, 'verify')).toBeUndefined();
	expect(jwkPurposeProblem({ key_ops: ['verify'] }, 'sign')?.code).toBe('KEY_ALGORITHM_MISMATCH');
	expect(jwkPurposeProblem({ key_ops: 'sign' }, 'sign')?.code).toBe('KEY_ALGORITHM_MISMATCH');
	expect(jwkPurposeProblem({ use: 'enc' }, 'sign')?.message).toContain('"enc"');
});
