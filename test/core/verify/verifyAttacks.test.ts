import { createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { pastedPublicKeys, pastedSecret } from '../../../core/verify/keySource';
import { verifyToken, type VerifyOptions } from '../../../core/verify/verifyToken';
import { certificate, ec, ed25519, pem, publicPem, rsa } from '../support/keyFixtures';
import { part, signByHand } from '../support/tokens';

const now = new Date('2026-01-01T00:00:00Z');
const exp = now.getTime() / 1000 + 60;
const payload = { sub: 'alice', exp };
const rsaKey = pastedPublicKeys(publicPem(rsa));
const ecKey = pastedPublicKeys(publicPem(ec));
const attacker = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

const rs256 = (header: object = {}, claims: unknown = payload): string =>
	signByHand({ alg: 'RS256', ...header }, claims, rsa, 'RS256');
const good = rs256();
const [head = '', body = '', signature = ''] = good.split('.');

async function verdict(token: string, source = rsaKey, options: Partial<VerifyOptions> = {}) {
	const result = await verifyToken(token, source, { now, ...options });
	return result.valid ? 'VALID' : result.error.code;
}

it('the good token itself is valid, so that what follows can fail', async () => {
	expect(await verdict(good)).toBe('VALID');
	expect(await verdict(signByHand({ alg: 'ES256' }, payload, ec, 'ES256'), ecKey)).toBe('VALID');
});

describe('algorithm', () => {
	it.each(['none', 'None', 'NONE', 'nOnE', ' none', 'none ', ''])(
		'%j without a signature, and with one',
		async (alg) => {
			const unsigned = `${part({ alg })}.${body}`;
			expect(await verdict(`${unsigned}.`)).toBe('ALGORITHM_NOT_ALLOWED');
			expect(await verdict(`${unsigned}.${signature}`)).toBe('ALGORITHM_NOT_ALLOWED');
			expect(await verdict(`${unsigned}.`, rsaKey, { algorithms: [alg] })).toBe(
				'ALGORITHM_NOT_ALLOWED',
			);
		},
	);

	it.each([undefined, null, 1, ['RS256'], { name: 'RS256' }])(
		'%j in place of a name',
		async (alg) => {
			expect(await verdict(`${part({ alg })}.${body}.${signature}`)).toBe('TOKEN_MALFORMED');
		},
	);

	it.each(['HS256', 'HS384', 'HS512'])(
		'%s with the text of the public key as secret',
		async (alg) => {
			const spki = publicPem(rsa);
			const der = createPublicKey(rsa).export({ type: 'spki', format: 'der' });
			for (const secret of [spki, spki.trim(), der.toString('base64'), certificate(rsa)]) {
				const token = signByHand({ alg }, payload, secret, alg);
				expect(await verdict(token, rsaKey, { algorithms: [alg] })).toBe('ALGORITHM_NOT_ALLOWED');
			}
			expect(() => pastedSecret({ key: spki })).toThrow(
				expect.objectContaining({ code: 'SECRET_IS_KEY' }),
			);
		},
	);

	it('another of the same key than the token was signed with', async () => {
		const token = `${part({ alg: 'PS256' })}.${body}.${signature}`;
		expect(await verdict(token)).toBe('SIGNATURE_INVALID');
	});
});

describe('a key brought along', () => {
	const jwk = createPublicKey(attacker).export({ format: 'jwk' });
	const x5c = [
		Buffer.from(certificate(attacker).replace(/-.*-/g, ''), 'base64').toString('base64'),
	];

	it.each([
		['jwk', { jwk }],
		['jku', { jku: 'https://attacker.example/jwks.json' }],
		['x5u', { x5u: 'https://attacker.example/cert.pem' }],
		['x5c', { x5c }],
		[
			'all of them',
			{ jwk, x5c, jku: 'https://attacker.example/', x5u: 'https://attacker.example/' },
		],
	])('in %s is passed over', async (_name, header) => {
		const token = signByHand({ alg: 'RS256', ...header }, payload, attacker, 'RS256');
		expect(await verdict(token)).toBe('SIGNATURE_INVALID');
		expect(await verdict(rs256(header))).toBe('VALID');
	});

	it.each(['../../../../dev/null', "x' UNION SELECT 'secret'--", '/etc/passwd\0', '__proto__'])(
		'kid %j is compared, and never used',
		async (kid) => {
			const keys = pastedPublicKeys(
				JSON.stringify({
					keys: [rsa, ec].map((key, index) => ({
						...createPublicKey(key).export({ format: 'jwk' }),
						kid: `key-${index}`,
					})),
				}),
			);
			expect(await verdict(rs256({ kid }), keys)).toBe('KEY_NOT_FOUND');
			expect(await verdict(signByHand({ alg: 'HS256', kid }, payload, '', 'HS256'), keys)).toBe(
				'KEY_NOT_FOUND',
			);
		},
	);

	it.each([1, null, ['a'], {}])('kid %j is refused', async (kid) => {
		expect(await verdict(rs256({ kid }))).toBe('TOKEN_MALFORMED');
	});
});

describe('signature', () => {
	const input = `${part({ alg: 'ES256' })}.${part(payload)}`;
	const ecdsa = (bytes: Buffer): string => `${input}.${bytes.toString('base64url')}`;

	it('ES256 in DER form', async () => {
		const der = sign('sha256', Buffer.from(input), ec);
		expect(await verdict(ecdsa(der), ecKey)).toBe('SIGNATURE_INVALID');
	});

	it('ES256 of zeros, of the order of the curve, and of other lengths', async () => {
		const order = 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551';
		const zero = '00'.repeat(32);
		const forged = [
			zero + zero,
			order + order,
			zero + order,
			`${zero}01`.padStart(128, '0'),
			'',
			zero,
		];
		for (const hex of forged) {
			expect(await verdict(ecdsa(Buffer.from(hex, 'hex')), ecKey)).toBe('SIGNATURE_INVALID');
		}
		expect(await verdict(ecdsa(Buffer.alloc(96)), ecKey)).toBe('SIGNATURE_INVALID');
	});

	it('Ed25519 of zeros', async () => {
		const token = `${part({ alg: 'EdDSA' })}.${body}.${Buffer.alloc(64).toString('base64url')}`;
		expect(await verdict(token, pastedPublicKeys(publicPem(ed25519)))).toBe('SIGNATURE_INVALID');
	});

	it('stripped, with and without its dot', async () => {
		expect(await verdict(`${head}.${body}.`)).toBe('SIGNATURE_INVALID');
		expect(await verdict(`${head}.${body}`)).toBe('TOKEN_MALFORMED');
	});

	it('of an HMAC cut short', async () => {
		const secret = 'a secret that is long enough for SHA-256';
		const token = signByHand({ alg: 'HS256' }, payload, secret, 'HS256');
		const source = pastedSecret({ key: secret });
		expect(await verdict(token, source)).toBe('VALID');
		expect(await verdict(token.slice(0, -3), source)).toMatch(/SIGNATURE_INVALID|TOKEN_MALFORMED/);
		expect(await verdict(`${token.slice(0, token.lastIndexOf('.'))}.`, source)).toBe(
			'SIGNATURE_INVALID',
		);
	});

	it('kept while the payload is changed', async () => {
		const changed = `${head}.${part({ ...payload, sub: 'admin' })}.${signature}`;
		expect(await verdict(changed)).toBe('SIGNATURE_INVALID');
	});
});

describe('form', () => {
	it.each([
		['garbage at the end', `${good}!`],
		['a fourth part', `${good}.e30`],
		['a dot at the end', `${good}.`],
		['a line break at the end', `${good}\n`],
		['a NUL', `${good}\0`],
		['blanks around', ` ${good} `],
		['a blank inside', `${head}. ${body}.${signature}`],
		['padding', `${head}=.${body}.${signature}`],
		['padded signature', `${good}==`],
		['standard Base64', `${head}.${body}.${signature.slice(0, -2)}+/`],
		['six parts', 'a.b.c.d.e.f'],
		['JSON serialization', JSON.stringify({ protected: head, payload: body, signature })],
		['Bearer in front', `Bearer ${good}`],
	])('%s', async (_name, token) => {
		expect(await verdict(token)).toBe('TOKEN_MALFORMED');
	});

	it('left-over bits in the last character of a part', async () => {
		// 256 bytes leave 4 bits over, so that 16 last characters decode to the same signature.
		const same = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_']
			.map((last) => `${signature.slice(0, -1)}${last}`)
			.filter((other) =>
				Buffer.from(other, 'base64url').equals(Buffer.from(signature, 'base64url')),
			);
		expect(same.length).toBe(16);
		for (const other of same.filter((text) => text !== signature)) {
			expect(await verdict(`${head}.${body}.${other}`)).toBe('TOKEN_MALFORMED');
		}
	});

	it('five parts', async () => {
		expect(await verdict(`${part({ alg: 'dir', enc: 'A256GCM' })}..aaaa.bbbb.cccc`)).toBe(
			'TOKEN_ENCRYPTED',
		);
	});

	it('a token in a token', async () => {
		expect(await verdict(rs256({ cty: 'JWT' }, good))).toBe('TOKEN_NESTED');
	});

	it('1 MB, refused before anything of it is read', async () => {
		const large = rs256({}, { ...payload, blob: 'x'.repeat(700_000) });
		expect(large.length).toBeGreaterThan(900_000);
		expect(await verdict(large)).toBe('TOKEN_TOO_LARGE');
		expect(await verdict('.'.repeat(1_000_000))).toBe('TOKEN_TOO_LARGE');
		expect(await verdict(large, rsaKey, { maximumLength: 2_000_000 })).not.toBe('TOKEN_TOO_LARGE');
	});

	it('no token', async () => {
		expect(await verdict('')).toBe('TOKEN_MISSING');
	});

	it.each([
		['the header', `{"alg":"RS256","alg":"none"}`, payload],
		['the payload', { alg: 'RS256' }, `{"sub":"alice","sub":"admin","exp":${exp}}`],
		['an inner object', { alg: 'RS256' }, `{"exp":${exp},"act":{"sub":"a","sub":"b"}}`],
		['escaped', { alg: 'RS256' }, `{"sub":"alice","s\\u0075b":"admin","exp":${exp}}`],
	])('a member twice in %s', async (_name, header, claims) => {
		expect(await verdict(signByHand(header, claims, rsa, 'RS256'))).toBe('TOKEN_MALFORMED');
	});

	it.each([
		['a list', '[]'],
		['null', 'null'],
		['no JSON', '{"sub":'],
		['__proto__', '{"__proto__":{"sub":"admin"}}'],
		['nested without end', `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`],
		['a byte order mark', '\uFEFF{}'],
	])('a signed payload that is %s', async (_name, claims) => {
		expect(await verdict(rs256({}, claims))).toBe('TOKEN_MALFORMED');
	});

	it('a payload that is no UTF-8', async () => {
		const input = `${head}.${Buffer.from('7b2273223a22ff227d', 'hex').toString('base64url')}`;
		const bytes = sign('sha256', Buffer.from(input), rsa).toString('base64url');
		expect(await verdict(`${input}.${bytes}`)).toBe('TOKEN_MALFORMED');
	});
});

describe('times', () => {
	it.each([
		'1e400',
		'1e999999999',
		'1e308',
		'9'.repeat(400),
		'1767225660000',
		'"1767225660"',
		'null',
		'true',
		'[]',
	])('exp: %s', async (text) => {
		expect(await verdict(rs256({}, `{"exp":${text}}`))).toMatch(/CLAIM_INVALID|TOKEN_MALFORMED/);
	});
});

describe('extensions', () => {
	it.each([
		['unknown crit', { crit: ['exp'], exp: 1 }],
		['empty crit', { crit: [] }],
		['crit that is no list', { crit: 'exp' }],
		['b64: false', { b64: false, crit: ['b64'] }],
		['b64: false without crit', { b64: false }],
		['b64: true', { b64: true, crit: ['b64'] }],
	])('%s', async (_name, header) => {
		expect(await verdict(rs256(header))).toBe('CRITICAL_HEADER_UNSUPPORTED');
	});
});

describe('weak keys', () => {
	it('RSA under 2048 bits', () => {
		const weak = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;
		expect(() => pastedPublicKeys(publicPem(weak))).toThrow(
			expect.objectContaining({ code: 'KEY_TOO_SHORT' }),
		);
	});

	it.each(['AQ', 'Ag', 'AQAAAAE'])('RSA with the exponent %s', (e) => {
		const jwk = { ...createPublicKey(rsa).export({ format: 'jwk' }), e };
		expect(() => pastedPublicKeys(JSON.stringify(jwk))).toThrow(
			expect.objectContaining({ code: 'KEY_MALFORMED' }),
		);
	});

	it('an EC point that is not on its curve', () => {
		const jwk = {
			...createPublicKey(ec).export({ format: 'jwk' }),
			y: Buffer.alloc(32, 1).toString('base64url'),
		};
		expect(() => pastedPublicKeys(JSON.stringify(jwk))).toThrow(
			expect.objectContaining({ code: 'KEY_MALFORMED' }),
		);
	});

	it('a secret shorter than the hash, unless that is asked for', async () => {
		const secret = 'short';
		expect(() => pastedSecret({ key: secret })).toThrow(
			expect.objectContaining({ code: 'KEY_TOO_SHORT' }),
		);
		const token = signByHand({ alg: 'HS256' }, payload, secret, 'HS256');
		expect(await verdict(token, pastedSecret({ key: secret, allowShortSecret: true }))).toBe(
			'VALID',
		);
	});

	it('a private key in the field for public ones, whatever its form', () => {
		const forms = [
			pem(rsa, 'pkcs8'),
			pem(rsa, 'pkcs1'),
			pem(rsa, 'pkcs8', 'aes-256-cbc'),
			JSON.stringify(rsa.export({ format: 'jwk' })),
		];
		for (const text of forms) {
			expect(() => pastedPublicKeys(text)).toThrow(
				expect.objectContaining({ code: 'KEY_IS_PRIVATE' }),
			);
		}
	});
});

describe('whatever is sent', () => {
	it('is never valid but for the token itself, and never makes it throw', async () => {
		const mutated = fc.record({ at: fc.nat(good.length - 1), by: fc.string({ maxLength: 3 }) });
		await fc.assert(
			fc.asyncProperty(mutated, async ({ at, by }) => {
				const token = good.slice(0, at) + by + good.slice(at + 1);
				expect((await verdict(token)) === 'VALID').toBe(token === good);
			}),
			{ numRuns: 1000 },
		);
		await fc.assert(
			fc.asyncProperty(fc.string({ maxLength: 200 }), async (text) => {
				expect(await verdict(text)).not.toBe('VALID');
			}),
		);
	});

	it('is not quoted in the verdict but for its times, and iss, aud and typ once it is genuine', async () => {
		const canary = { kid: 'canary-kid', typ: 'shown-typ' };
		const claims = {
			iss: 'shown-iss',
			aud: 'shown-aud',
			sub: 'canary-sub',
			scope: 'canary-scope',
		};
		const wrong: Array<Partial<VerifyOptions>> = [
			{ issuers: ['x'] },
			{ audiences: ['x'] },
			{ subject: 'x' },
			{ type: 'x' },
			{ scopes: ['x'] },
			{ requiredClaims: [{ name: 'sub', value: 'x' }] },
			{ algorithms: ['ES256'] },
		];
		for (const options of wrong) {
			const result = await verifyToken(rs256(canary, claims), rsaKey, { now, ...options });
			expect(result.valid).toBe(false);
			if (!result.valid) expect(result.error.message + result.error.hint).not.toMatch(/canary|eyJ/);
		}
		// Anybody can have written this one.
		const [header, payload] = rs256(canary, claims).split('.');
		const forged = await verifyToken(`${header}.${payload}.AAAA`, rsaKey, { now, issuers: ['x'] });
		expect(JSON.stringify(forged.valid || forged.error)).toContain('SIGNATURE_INVALID');
		if (!forged.valid) expect(forged.error.message).not.toMatch(/canary|shown/);
	});
});
