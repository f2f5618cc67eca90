import { createECDH } from 'node:crypto';
import { findAlgorithm } from '../../../core/keys/algorithms';
import { importJwk, jwkProblem, jwkPurposeProblem } from '../../../core/keys/jwk';
import { publicJwk } from '../../../core/keys/publicKey';
import { hasMlDsa, importMlDsaSeed } from '../../../core/keys/rawKeys';
import { expectCode, onlyJwtAuthErrors } from '../support/expectCode';
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

	it.each(['+bcdefgh', 'abcdefg/'])('takes no shared secret in another encoding: %s', (k) => {
		const { message, hint } = expectCode('KEY_MALFORMED', () => importJwk({ ...oct, k }, HS256));
		expect(message).toBe('The members of the JWK do not make a key.');
		expect(hint).toContain('Paste the JWK as it was handed out');
	});

	it.each([
		['Ed25519', ed25519, EdDSA, ['x', 'd']],
		['EC', ec, ES256, ['x', 'y', 'd']],
		['RSA', rsa, RS256, ['n', 'd']],
	] as const)('takes members in Base64 with padding: %s', (_name, key, algorithm, members) => {
		const inBase64 = members.map((member) => {
			const bytes = Buffer.from(String(jwk(key)[member]), 'base64url');
			return [member, bytes.toString('base64')];
		});
		const written = { ...jwk(key), ...Object.fromEntries(inBase64) };
		expect(importJwk(written, algorithm).equals(key)).toBe(true);
	});

	it('takes a coordinate that is written without its leading zero', () => {
		const curve = createECDH('prime256v1');
		let [d, x] = [Buffer.alloc(32), Buffer.alloc(32, 1)];
		for (let number = 1; x[0] !== 0; number += 1) {
			d = Buffer.from(number.toString(16).padStart(64, '0'), 'hex');
			curve.setPrivateKey(d);
			x = curve.getPublicKey().subarray(1, 33);
		}
		const [short, y, secret] = [x.subarray(1), curve.getPublicKey().subarray(33), d].map((bytes) =>
			bytes.toString('base64url'),
		);
		const key = importJwk({ kty: 'EC', crv: 'P-256', x: short, y, d: secret }, ES256);
		expect(jwk(key)).toMatchObject({ x: x.toString('base64url'), y, d: secret });
	});

	it('takes an ML-DSA key with its own public half or none, where Node.js has it', () => {
		const algorithm = findAlgorithm('ML-DSA-44');
		const seed = Buffer.alloc(32, 7);
		const key = importMlDsaSeed('ML-DSA-44', seed);
		const own = Buffer.from(key ? String(publicJwk(key).pub) : '', 'base64url');
		const isTaken = (pub: string | undefined): boolean => {
			const written = { kty: 'AKP', priv: seed.toString('base64url'), pub };
			return onlyJwtAuthErrors(() => importJwk(written, algorithm)) !== undefined;
		};
		const written = [undefined, own.toString('base64url'), own.toString('base64')];
		for (const pub of written) expect(isTaken(pub)).toBe(hasMlDsa());
		expect(isTaken('AAAA')).toBe(false);
	});

	it('refuses an ML-DSA seed that is too short', () => {
		const short = { kty: 'AKP', alg: 'ML-DSA-44', priv: Buffer.alloc(31).toString('base64url') };
		const { message } = expectCode('KEY_MALFORMED', () =>
			importJwk(short, findAlgorithm('ML-DSA-44')),
		);
		expect(message).toBe('The members of the JWK do not make a key.');
	});

	it.each(['n', 'e'])('names an RSA key without %s', (member) => {
		const members = Object.entries(jwk(rsa)).filter(([name]) => name !== member);
		const rest = Object.fromEntries(members);
		const { message } = expectCode('KEY_MALFORMED', () => importJwk(rest, RS256));
		expect(message).toContain(`lacks ${member}.`);
	});

	it.each([
		['"x" and "y"', ec, ES256, { x: undefined, y: undefined }],
		['"y"', ec, ES256, { y: undefined }],
		['"x"', ed25519, EdDSA, { x: undefined }],
	] as const)('names what a key lacks: %s', (lacking, key, algorithm, without) => {
		const { message } = expectCode('KEY_MALFORMED', () =>
			importJwk({ ...jwk(key), ...without }, algorithm),
		);
		expect(message).toBe(`The JWK has no ${lacking}, without which its "d" is no key.`);
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
		['KEY_IS_PUBLIC', { ...jwk(rsa), d: 7 }, RS256],
	])('%s (%#)', (code, value, algorithm) => {
		expect(jwkProblem(value, algorithm)?.code).toBe(code);
	});

	const secret = 'my secret';

	it.each([
		['none of RSA, EC, OKP, oct and AKP', { kty: secret }, RS256],
		['A JWK of kty "RSA" was found where ES256', jwk(rsa), ES256],
		['A JWK of kty "EC" on P-256 was found where RS256', jwk(ec), RS256],
		['on secp256k1 was', { ...jwk(ec), crv: 'secp256k1' }, ES256],
		['on Ed25519 was', jwk(ed25519), ES256],
		['on X25519 was', { ...jwk(ed25519), crv: 'X25519' }, EdDSA],
		['A JWK of kty "EC" was found where ES256', { ...jwk(ec), crv: secret }, ES256],
		['has no "k" member', { kty: 'oct' }, HS256],
		['A public JWK (without "d")', { ...jwk(ec), d: undefined }, ES256],
		['made for "PS256" ("alg"), not for RS256', { ...jwk(rsa), alg: 'PS256' }, RS256],
		['made for something else ("alg"), not for RS256', { ...jwk(rsa), alg: secret }, RS256],
		['made for "enc" ("use"), not for signing', { ...jwk(rsa), use: 'enc' }, RS256],
		['made for something else ("use"), not for signing', { ...jwk(rsa), use: secret }, RS256],
		['leave out "sign"', { ...jwk(rsa), key_ops: ['verify', secret] }, RS256],
	])('says what is wrong, and nothing that may be secret: %s', (words, value, algorithm) => {
		const message = jwkProblem(value, algorithm)?.message;
		expect(message).toContain(words);
		expect(message).not.toContain(secret);
	});

	it('says where a shared secret goes, and says it of nothing else', () => {
		expect(jwkProblem(oct, RS256)?.hint).toContain('choose HS256 as Algorithm');
		expect(jwkProblem(jwk(ec), RS256)?.hint).not.toContain('Secret');
	});

	it.each([
		['made to sign', { use: 'sig', key_ops: ['sign'], alg: 'RS256' }],
		['with a member that means nothing here', { crv: 'P-256' }],
	])('has nothing against a key %s', (_name, members) => {
		expect(jwkProblem({ ...jwk(rsa), ...members }, RS256)).toBeUndefined();
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
	expect(jwkPurposeProblem({ key_ops: ['sign'] }, 'verify')?.message).toContain('"verify"');
});
