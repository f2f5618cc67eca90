import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { isSmallOrderEd25519 } from '../../../core/keys/ed25519Order';
import { importJwk } from '../../../core/keys/jwk';
import { importRawEd25519 } from '../../../core/keys/rawKeys';
import { findAlgorithm } from '../../../core/keys/algorithms';
import { readVerificationKeys } from '../../../core/keys/readVerificationKeys';
import { expectCode } from '../support/expectCode';
import { coinbaseEd25519, ed25519, jwk } from '../support/keyFixtures';

const P = 2n ** 255n - 19n;
const mod = (value: bigint): bigint => ((value % P) + P) % P;

function power(base: bigint, exponent: bigint): bigint {
	let result = 1n;
	for (const bit of exponent.toString(2)) {
		result = mod(result * result);
		if (bit === '1') result = mod(result * base);
	}
	return result;
}
const inverse = (value: bigint): bigint => power(value, P - 2n);
const D = mod(-121665n * inverse(121666n));

function encode(y: bigint, sign: 0n | 1n): Buffer {
	const hex = (y + sign * 2n ** 255n).toString(16).padStart(64, '0');
	return Buffer.from(hex, 'hex').reverse();
}

/** x² of a y on the curve, and y of twice the point, RFC 8032 §5.1: -x² + y² = 1 + d x² y². */
const squareOfX = (y: bigint): bigint => mod((y * y - 1n) * inverse(D * y * y + 1n));
const doubledY = (y: bigint): bigint =>
	mod((y * y + squareOfX(y)) * inverse(1n - D * squareOfX(y) * y * y));

function isOnCurve(y: bigint): boolean {
	const square = squareOfX(y);
	return square === 0n || power(square, (P - 1n) / 2n) === 1n;
}

/** Points of order 8 halve to y = 0: y² + x² = 0 solves to a quadratic in y². */
const ROOT_OF_MINUS_ONE = power(2n, (P - 1n) / 4n);
function squareRoot(value: bigint): bigint | undefined {
	const root = power(value, (P + 3n) / 8n);
	return [root, mod(root * ROOT_OF_MINUS_ONE)].find((found) => mod(found * found) === mod(value));
}
const rootOfOnePlusD = squareRoot(1n + D) ?? 0n;
const orderEight = [1n, -1n].flatMap((sign) => {
	const y = squareRoot(mod((sign * rootOfOnePlusD - 1n) * inverse(D)));
	return y === undefined ? [] : [y, P - y];
});
const smallOrder = [0n, 1n, P - 1n, ...orderEight];
const encodings = [...smallOrder, P, P + 1n].flatMap((y) => [encode(y, 0n), encode(y, 1n)]);

const spki = (x: Buffer): string =>
	Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), x]).toString('base64');

/** Whether all four doublings end at the neutral point, so that the order divides 8. */
const endsAtNeutral = (y: bigint): boolean => doubledY(doubledY(doubledY(y))) === 1n;

it('there are five y of small order, by the curve itself', () => {
	expect(new Set(smallOrder).size).toBe(5);
	for (const y of smallOrder) expect([isOnCurve(y), endsAtNeutral(y)]).toEqual([true, true]);
});

describe('an Ed25519 public key of small order', () => {
	it.each(encodings.map((x) => [x.toString('hex'), x] as const))('%s is refused', (_hex, x) => {
		expect(isSmallOrderEd25519(x)).toBe(true);
		const key = { kty: 'OKP', crv: 'Ed25519', x: x.toString('base64url') };
		for (const text of [spki(x), JSON.stringify(key), JSON.stringify({ keys: [key] })]) {
			const { message } = expectCode('KEY_MALFORMED', () => readVerificationKeys(text));
			expect(message).toContain('small order');
		}
	});

	it('verifies a signature that nobody made, which is why', () => {
		const neutral = encode(1n, 0n);
		const key = createPublicKey({
			key: Buffer.from(spki(neutral), 'base64'),
			format: 'der',
			type: 'spki',
		});
		const forged = Buffer.concat([neutral, Buffer.alloc(32)]);
		expect(verify(null, Buffer.from('anything'), key, forged)).toBe(true);
	});

	it('is refused as the public half of a private key', () => {
		const x = encode(1n, 0n);
		expectCode('KEY_MALFORMED', () =>
			importJwk({ ...jwk(ed25519), x: x.toString('base64url') }, findAlgorithm('EdDSA')),
		);
		const raw = Buffer.concat([coinbaseEd25519(ed25519).subarray(0, 32), x]);
		expectCode('KEY_MALFORMED', () => importRawEd25519(raw));
	});
});

it('ordinary keys are none', () => {
	for (let count = 0; count < 50; count += 1) {
		const { x = '' } = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' });
		expect(isSmallOrderEd25519(Buffer.from(x, 'base64url'))).toBe(false);
	}
});
