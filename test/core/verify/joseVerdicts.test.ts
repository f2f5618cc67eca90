import { createHash, createPublicKey, createSecretKey, sign, type KeyObject } from 'node:crypto';
import fc from 'fast-check';
import { jwtVerify } from 'jose';
import type { JwtAuthError } from '../../../core/errors';
import { ALGORITHMS } from '../../../core/keys/algorithms';
import { pastedPublicKeys, pastedSecret, type KeySource } from '../../../core/verify/keySource';
import { verifyToken } from '../../../core/verify/verifyToken';
import { ec, ed25519, publicPem, rsa } from '../support/keyFixtures';
import { part, signByHand } from '../support/tokens';

/**
 * jose verifies the signature for this package. Here its own reading of the whole token is asked as
 * well: where both agree there is nothing to say, and every difference stands in the table below
 * with the reason why ours is stricter. A difference that is not in the table fails.
 */
const now = new Date('2026-01-01T00:00:00Z');
const exp = now.getTime() / 1000 + 60;
const payload = { sub: 'alice', exp };
const secret = 'a secret that is long enough for HS256, HS384 and HS512: 64 bytes and more';

interface Verifier {
	source: KeySource;
	key: KeyObject;
}
const withRsa: Verifier = { source: pastedPublicKeys(publicPem(rsa)), key: createPublicKey(rsa) };
const withSecret: Verifier = {
	source: pastedSecret({ key: secret }),
	key: createSecretKey(Buffer.from(secret)),
};

/** @param source makes the source, since the key itself may be refused */
async function verdictWith(token: string, source: () => KeySource): Promise<string> {
	try {
		const result = await verifyToken(token, source(), { now });
		return result.valid ? 'valid' : result.error.code;
	} catch (error) {
		return (error as JwtAuthError).code;
	}
}

async function ourVerdict(token: string, { source }: Verifier): Promise<string> {
	return await verdictWith(token, () => source);
}

async function joseVerdict(token: string, key: KeyObject): Promise<string> {
	try {
		await jwtVerify(token, key, { currentDate: now });
		return 'valid';
	} catch (error) {
		return String((error as { code?: unknown }).code ?? error);
	}
}

const rs256 = (header: object | string = {}, claims: unknown = payload): string =>
	signByHand(
		typeof header === 'string' ? header : { alg: 'RS256', ...header },
		claims,
		rsa,
		'RS256',
	);
const good = rs256();
const [head = '', body = '', signature = ''] = good.split('.');

/** The same signature with its left-over bits set, RFC 4648 §3.5. */
const withSpareBits = `${good.slice(0, -1)}${String.fromCharCode(good.charCodeAt(good.length - 1) + 1)}`;

/** A payload of bytes that are no UTF-8, signed. */
function signedBytes(bytes: Buffer): string {
	const input = `${head}.${bytes.toString('base64url')}`;
	return `${input}.${sign('sha256', Buffer.from(input), rsa).toString('base64url')}`;
}

type Difference = [name: string, token: string, ours: string, reason: string];

const DIFFERENCES: Difference[] = [
	[
		'a claim that occurs twice',
		rs256({}, `{"sub":"alice","sub":"admin","exp":${exp}}`),
		'TOKEN_MALFORMED',
		'RFC 7519 §4: names must be unique; readers disagree about which one counts',
	],
	[
		'a header parameter that occurs twice',
		rs256(`{"alg":"RS256","typ":"a","typ":"b"}`),
		'TOKEN_MALFORMED',
		'RFC 7515 §4: names must be unique',
	],
	[
		'left-over bits in the signature',
		withSpareBits,
		'TOKEN_MALFORMED',
		'RFC 4648 §3.5: one text for one value, or a token can be changed and stay valid',
	],
	[
		'padding of the signature',
		`${good}==`,
		'TOKEN_MALFORMED',
		'RFC 7515 §2: base64url without padding',
	],
	[
		'a blank within the signature',
		`${head}.${body}.${signature.slice(0, 8)} ${signature.slice(8)}`,
		'TOKEN_MALFORMED',
		'RFC 7515 §2: base64url without line breaks, white space or other characters',
	],
	[
		'a kid that is no text',
		rs256({ kid: 7 }),
		'TOKEN_MALFORMED',
		'RFC 7515 §4.1.4: a case-sensitive string',
	],
	[
		'b64 with true',
		rs256({ b64: true, crit: ['b64'] }),
		'CRITICAL_HEADER_UNSUPPORTED',
		'RFC 7797 §7: b64 has no place in a JWT',
	],
	[
		'b64 without crit',
		rs256({ b64: false }),
		'CRITICAL_HEADER_UNSUPPORTED',
		'RFC 7797 §6: b64 has to be listed in crit',
	],
	[
		'an exp beyond every calendar',
		rs256({}, '{"exp":1e308}'),
		'CLAIM_INVALID',
		'RFC 7519 §2: a NumericDate is a number of seconds; this one never ends',
	],
	[
		'an exp in milliseconds',
		rs256({}, `{"exp":${exp * 1000}}`),
		'CLAIM_INVALID',
		'RFC 7519 §2: seconds; read as seconds it is 54,000 years away',
	],
	[
		'a __proto__ among the claims',
		rs256({}, `{"exp":${exp},"__proto__":{"admin":true}}`),
		'TOKEN_MALFORMED',
		'RFC 8725 §2.4: what readers take for different things',
	],
	[
		'a byte order mark before the claims',
		rs256({}, `\uFEFF{"exp":${exp}}`),
		'TOKEN_MALFORMED',
		'RFC 8259 §8.1: must not be added',
	],
];

describe('jose alone would accept', () => {
	it.each(DIFFERENCES)('%s', async (_name, token, ours) => {
		expect(await joseVerdict(token, withRsa.key)).toBe('valid');
		expect(await ourVerdict(token, withRsa)).toBe(ours);
	});

	it('each with the standard that says why not', () => {
		for (const [, , , reason] of DIFFERENCES) expect(reason).toMatch(/^RFC \d+ §[\d.]+: /);
	});
});

/** RSA whose public exponent is 1, so that a signature is nothing but the padded hash, RFC 8017 §9.2. */
const withoutExponent = createPublicKey({
	key: { ...rsa.export({ format: 'jwk' }), e: 'AQ' },
	format: 'jwk',
});

/** Signed by nobody. */
function forged(): string {
	const hash = createHash('sha256').update(`${head}.${body}`).digest();
	const info = Buffer.concat([Buffer.from('3031300d060960864801650304020105000420', 'hex'), hash]);
	const padding = Buffer.alloc(256 - 3 - info.length, 0xff);
	const bytes = Buffer.concat([Buffer.from([0, 1]), padding, Buffer.from([0]), info]);
	return `${head}.${body}.${bytes.toString('base64url')}`;
}

describe('jose alone would accept the key', () => {
	it.each<[string, string, KeyObject, () => KeySource, string, string]>([
		[
			'with a public exponent of 1',
			forged(),
			withoutExponent,
			() => pastedPublicKeys(String(withoutExponent.export({ type: 'spki', format: 'pem' }))),
			'KEY_MALFORMED',
			'RFC 8017 §3.1: an odd number of 3 or more',
		],
		[
			'that is the text of a public key, as a shared secret',
			signByHand({ alg: 'HS256' }, payload, publicPem(rsa), 'HS256'),
			createSecretKey(Buffer.from(publicPem(rsa))),
			() => pastedSecret({ key: publicPem(rsa) }),
			'SECRET_IS_KEY',
			'RFC 8725 §2.1: everybody knows it',
		],
	])('%s', async (_name, token, key, source, ours, reason) => {
		expect(await joseVerdict(token, key)).toBe('valid');
		expect(await verdictWith(token, source)).toBe(ours);
		expect(reason).toMatch(/^RFC \d+ §[\d.]+: /);
	});
});

describe('both agree', () => {
	const keys: Array<[Verifier, KeyObject | string, string]> = [
		[withSecret, secret, 'HS256'],
		[withSecret, secret, 'HS512'],
		[withRsa, rsa, 'RS256'],
		[withRsa, rsa, 'PS384'],
		[{ source: pastedPublicKeys(publicPem(ec)), key: createPublicKey(ec) }, ec, 'ES256'],
		[
			{ source: pastedPublicKeys(publicPem(ed25519)), key: createPublicKey(ed25519) },
			ed25519,
			'EdDSA',
		],
	];

	it.each(keys)('on good and on changed tokens (%#)', async (verifier, key, alg) => {
		const token = signByHand({ alg, typ: 'JWT' }, payload, key, alg);
		expect(await joseVerdict(token, verifier.key)).toBe('valid');
		expect(await ourVerdict(token, verifier)).toBe('valid');
		const [header, claims, bytes = ''] = token.split('.');
		const changed = `${header}.${part({ ...payload, sub: 'admin' })}.${bytes}`;
		const cut = `${header}.${claims}.${bytes.slice(0, -8)}`;
		for (const other of [changed, cut, `${header}.${claims}.`]) {
			expect(await joseVerdict(other, verifier.key)).not.toBe('valid');
			expect(await ourVerdict(other, verifier)).not.toBe('valid');
		}
	});

	it.each([
		['none', `${part({ alg: 'none' })}.${body}.`],
		['an algorithm that is not known', `${part({ alg: 'RS1' })}.${body}.${signature}`],
		['expired', rs256({}, { exp: exp - 3600 })],
		['not yet valid', rs256({}, { nbf: exp + 3600 })],
		['an unknown crit', rs256({ crit: ['exp'], exp: 1 })],
		['a list in place of claims', rs256({}, '[]')],
		['claims that are no UTF-8', signedBytes(Buffer.from('7b2273223a22ff227d', 'hex'))],
		['a token in a token', rs256({ cty: 'JWT' }, good)],
		[
			'HMAC with the text of the public key',
			signByHand({ alg: 'HS256' }, payload, publicPem(rsa), 'HS256'),
		],
	])('on a token that is refused: %s', async (_name, token) => {
		expect(await joseVerdict(token, withRsa.key)).not.toBe('valid');
		expect(await ourVerdict(token, withRsa)).not.toBe('valid');
	});

	it('on whatever is changed in a token, but for how the same bytes are written', async () => {
		const change = fc.record({ at: fc.nat(good.length - 1), by: fc.string({ maxLength: 3 }) });
		const bytesOf = (token: string) => token.split('.').map((one) => Buffer.from(one, 'base64url'));
		await fc.assert(
			fc.asyncProperty(change, async ({ at, by }) => {
				const token = good.slice(0, at) + by + good.slice(at + 1);
				const [ours, theirs] = [
					await ourVerdict(token, withRsa),
					await joseVerdict(token, withRsa.key),
				];
				if ((ours === 'valid') === (theirs === 'valid')) return;
				expect([ours, theirs]).toEqual(['TOKEN_MALFORMED', 'valid']);
				expect(bytesOf(token)).toEqual(bytesOf(good));
			}),
			{ numRuns: 2000 },
		);
	});
});

it('of the algorithms, jose lacks ES256K alone', async () => {
	const unknown = await Promise.all(
		ALGORITHMS.map(async ({ name }) => {
			const token = `${part({ alg: name })}.${body}.${signature}`;
			try {
				await jwtVerify(token, createPublicKey(rsa));
			} catch (error) {
				return String(error).includes('not supported either by JOSE') ? [name] : [];
			}
			return [];
		}),
	);
	expect(unknown.flat()).toEqual(['ES256K']);
});
