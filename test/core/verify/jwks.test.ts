import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { jwksCache } from '../../../core/verify/jwks';
import { verifyToken } from '../../../core/verify/verifyToken';
import {
	certificate,
	ec,
	ed25519,
	leak,
	pem,
	publicPem,
	rsa,
	secretParts,
} from '../support/keyFixtures';
import { signByHand } from '../support/tokens';
import { fetchFrom } from '../support/publishedDocuments';

const URL_OF_KEYS = 'https://issuer.example/jwks.json';
let milliseconds: number;
let published: Record<string, unknown>;
let asked: string[];

const clock = () => milliseconds;
const jwk = (key: KeyObject, members: object = {}) => ({
	...createPublicKey(key).export({ format: 'jwk' }),
	...members,
});

const fetch = fetchFrom(
	() => published,
	(url) => asked.push(url),
);

beforeEach(() => {
	milliseconds = 1_767_225_600_000;
	published = {};
	asked = [];
});

const token = (header: object, key = rsa, algorithm = 'RS256') =>
	signByHand({ alg: algorithm, ...header }, { sub: 'x' }, key, algorithm);

function verifier(settings = {}) {
	const source = jwksCache(clock)(URL_OF_KEYS, fetch, settings);
	return async (jwt: string) => {
		const result = await verifyToken(jwt, source, { now: new Date(milliseconds) });
		return result.valid ? 'VALID' : result.error.code;
	};
}

describe('a JWK Set behind an address', () => {
	it('is fetched once for many tokens at once and for its lifetime', async () => {
		published[URL_OF_KEYS] = { keys: [jwk(rsa, { kid: 'a' })] };
		const verify = verifier({ lifetime: 600 });
		const verdicts = await Promise.all(
			Array.from({ length: 100 }, () => verify(token({ kid: 'a' }))),
		);
		expect(new Set(verdicts)).toEqual(new Set(['VALID']));
		milliseconds += 599_999;
		await verify(token({ kid: 'a' }));
		expect(asked).toHaveLength(1);
		milliseconds += 1;
		await verify(token({ kid: 'a' }));
		expect(asked).toHaveLength(2);
	});

	it('is fetched anew for the first token of a rotated key', async () => {
		published[URL_OF_KEYS] = { keys: [jwk(rsa, { kid: 'old' })] };
		const verify = verifier();
		expect(await verify(token({ kid: 'old' }))).toBe('VALID');
		published[URL_OF_KEYS] = { keys: [jwk(ec, { kid: 'new' })] };
		expect(await verify(token({ kid: 'new' }, ec, 'ES256'))).toBe('VALID');
		expect(asked).toHaveLength(2);
		expect(await verify(token({ kid: 'old' }))).toBe('KEY_NOT_FOUND');
	});

	it('is fetched anew when keys without kid were rotated', async () => {
		published[URL_OF_KEYS] = { keys: [jwk(rsa)] };
		const verify = verifier();
		expect(await verify(token({}))).toBe('VALID');
		const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
		published[URL_OF_KEYS] = { keys: [jwk(other)] };
		expect(await verify(token({}, other))).toBe('VALID');
		expect(asked).toHaveLength(2);
	});

	it('is fetched once per cool-down for a flood of unknown kids', async () => {
		published[URL_OF_KEYS] = { keys: [jwk(rsa, { kid: 'a' })] };
		const verify = verifier({ coolDown: 30, lifetime: 3600 });
		await verify(token({ kid: 'a' }));
		for (let index = 0; index < 200; index += 1) {
			expect(await verify(token({ kid: `unknown-${index}` }))).toBe('KEY_NOT_FOUND');
		}
		expect(asked).toHaveLength(2);
		milliseconds += 30_000;
		await Promise.all(
			Array.from(
				{ length: 200 },
				async (_, index) => await verify(token({ kid: `more-${index}` })),
			),
		);
		expect(asked).toHaveLength(3);

		asked = [];
		for (let second = 0; second < 600; second += 1) {
			milliseconds += 1000;
			await verify(token({ kid: `flood-${second}` }));
		}
		expect(asked).toHaveLength(20);
	});

	it('has the key of a rotation in a flood after the cool-down at the latest', async () => {
		published[URL_OF_KEYS] = { keys: [jwk(rsa, { kid: 'old' })] };
		const verify = verifier({ coolDown: 30 });
		expect(await verify(token({ kid: 'old' }))).toBe('VALID');
		const rotatedAt = milliseconds;
		const flood = async (count: number) => {
			for (let index = 0; index < count; index += 1) {
				await verify(token({ kid: `flood-${milliseconds}-${index}` }));
			}
		};
		await flood(50);
		published[URL_OF_KEYS] = { keys: [jwk(ec, { kid: 'new' })] };
		const isTaken = async () => (await verify(token({ kid: 'new' }, ec, 'ES256'))) === 'VALID';
		while (!(await isTaken())) {
			milliseconds += 1000;
			await flood(5);
			expect(milliseconds - rotatedAt).toBeLessThanOrEqual(30_000);
		}
	});

	it('is fetched for a rotated key a second after a lone unknown kid', async () => {
		published[URL_OF_KEYS] = { keys: [jwk(rsa, { kid: 'old' })] };
		const verify = verifier({ coolDown: 30 });
		await verify(token({ kid: 'old' }));
		expect(await verify(token({ kid: 'stray' }))).toBe('KEY_NOT_FOUND');
		published[URL_OF_KEYS] = { keys: [jwk(ec, { kid: 'new' })] };
		milliseconds += 1000;
		expect(await verify(token({ kid: 'stray' }))).toBe('KEY_NOT_FOUND');
		expect(asked).toHaveLength(2);
		expect(await verify(token({ kid: 'new' }, ec, 'ES256'))).toBe('VALID');
	});

	it('is fetched anew for a key rotated a second time within the cool-down', async () => {
		const rotate = (kid: string) => {
			const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
			published[URL_OF_KEYS] = { keys: [jwk(privateKey, { kid })] };
			return token({ kid }, privateKey, 'ES256');
		};
		const verify = verifier({ coolDown: 30 });
		for (const kid of ['first', 'second', 'third', 'fourth']) {
			expect(await verify(rotate(kid))).toBe('VALID');
		}
		milliseconds += 1000;
		expect(await verify(rotate('fifth'))).toBe('VALID');
		expect(asked).toHaveLength(5);
	});

	it('is not fetched for a key that was withdrawn before the cool-down is over', async () => {
		published[URL_OF_KEYS] = { keys: [jwk(rsa, { kid: 'old' })] };
		const verify = verifier({ coolDown: 30 });
		await verify(token({ kid: 'old' }));
		published[URL_OF_KEYS] = { keys: [jwk(ec, { kid: 'new' })] };
		expect(await verify(token({ kid: 'new' }, ec, 'ES256'))).toBe('VALID');
		expect(await verify(token({ kid: 'old' }))).toBe('KEY_NOT_FOUND');
		expect(asked).toHaveLength(2);
	});

	it('is fetched for one unknown kid once a minute, and with the cool-down', async () => {
		published[URL_OF_KEYS] = { keys: [jwk(rsa, { kid: 'a' })] };
		const verify = verifier({ coolDown: 300 });
		await verify(token({ kid: 'x' }));
		expect(asked).toHaveLength(2);
		for (const [after, looks] of [
			[0, 2],
			[59_999, 2],
			[1, 3],
			[59_999, 3],
			[1, 4],
		] as const) {
			milliseconds += after;
			await verify(token({ kid: 'x' }));
			await verify(token({ kid: 'x' }));
			expect(asked).toHaveLength(looks);
		}
	});

	it('is not fetched for tokens without a kid, before the cool-down is over', async () => {
		published[URL_OF_KEYS] = { keys: [jwk(rsa), jwk(ec, { kid: 'a' })] };
		const verify = verifier({ coolDown: 30 });
		const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
		for (let index = 0; index < 10; index += 1) {
			expect(await verify(token({}, foreign))).toBe('SIGNATURE_INVALID');
		}
		expect(asked).toHaveLength(2);
	});

	it('is not fetched anew for a bad signature under a known kid', async () => {
		published[URL_OF_KEYS] = { keys: [jwk(rsa, { kid: 'a' })] };
		const verify = verifier();
		const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
		expect(await verify(token({ kid: 'a' }, foreign))).toBe('SIGNATURE_INVALID');
		expect(asked).toHaveLength(1);
	});

	it('gives no secret and no private key, whatever it publishes', async () => {
		const k = Buffer.from('a secret that is long enough for SHA-256').toString('base64url');
		published[URL_OF_KEYS] = {
			keys: [
				{ kty: 'oct', k, kid: 'a' },
				rsa.export({ format: 'jwk' }),
				'junk',
				null,
				jwk(ed25519),
			],
		};
		const verify = verifier();
		const hmac = signByHand(
			{ alg: 'HS256', kid: 'a' },
			{},
			'a secret that is long enough for SHA-256',
			'HS256',
		);
		expect(await verify(hmac)).toBe('KEY_NOT_FOUND');
		expect(await verify(token({}))).toBe('ALGORITHM_NOT_ALLOWED');
		expect(await verify(token({}, ed25519, 'EdDSA'))).toBe('VALID');
	});

	it.each([
		['no answer', new Error('connect ECONNREFUSED'), 'JWKS_UNREACHABLE'],
		['500', 500, 'JWKS_UNREACHABLE'],
		['a redirect', 302, 'JWKS_UNREACHABLE'],
		['nothing there', undefined, 'JWKS_UNREACHABLE'],
		['429', 429, 'JWKS_UNREACHABLE'],
		['no JSON', '<html>', 'JWKS_INVALID'],
		['more than 1 MB', `{"keys":[],"x":"${'x'.repeat(1_100_000)}"}`, 'JWKS_UNREACHABLE'],
		['no JWK Set', { jwks_uri: 'x' }, 'JWKS_INVALID'],
		['an empty set', { keys: [] }, 'JWKS_INVALID'],
		['keys of no use', { keys: [{ kty: 'RSA', n: 'AQ', e: 'AQAB' }] }, 'JWKS_INVALID'],
	])('%s is an error and no verdict', async (_name, document, code) => {
		published[URL_OF_KEYS] = document;
		await expect(verifier()(token({}))).rejects.toMatchObject({
			code,
			message: expect.stringContaining('issuer.example'),
		});
	});

	const refusal = async (document: unknown): Promise<unknown> => {
		published[URL_OF_KEYS] = document;
		return await verifier()(token({ kid: 'a' })).catch((error: unknown) => error);
	};
	const weak = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;

	it.each([
		['a web page', '<!DOCTYPE html><html>', /web page \(HTML\)/, /documentation of the issuer/],
		['PEM', '-----BEGIN PUBLIC KEY-----\nMIIB', /PEM text/, /Public Key or Certificate/],
		['a list', [], /a JSON list/, /"keys"/],
		['metadata', { jwks_uri: 'x' }, /the metadata of an issuer/, /jwks_uri/],
		['a JWK', jwk(rsa), /a single JWK/, /Public Key or Certificate/],
		['an error', { error: 'x' }, /an error message/, /JWK Set/],
		['nothing', '', /nothing/, /JWK Set/],
		['XML', '<?xml version="1.0"?>', /XML/, /JWK Set/],
		['half of it', '{"keys":[', /JSON with a fault/, /JWK Set/],
		['a number', '5', /a JSON number/, /JWK Set/],
		['an RSA key of 1024 bits', { keys: [jwk(weak, { kid: 'a' })] }, /1024/, /Ask the issuer/],
		['an empty set', { keys: [] }, /has no keys/, /Ask the issuer/],
	])('says that it found %s', async (_name, document, message, hint) => {
		expect(await refusal(document)).toMatchObject({
			code: 'JWKS_INVALID',
			message: expect.stringMatching(message),
			hint: expect.stringMatching(hint),
		});
	});

	it.each([401, 403, 429, 500, 503])('says that %d may pass', async (status) => {
		expect(await refusal(status)).toMatchObject({
			code: 'JWKS_UNREACHABLE',
			message: expect.stringContaining(`answered ${status}`),
			hint: expect.stringContaining('may pass'),
		});
	});

	it.each([404, 410])('says that there is nothing at the address: %d', async (status) => {
		expect(await refusal(status)).toMatchObject({
			code: 'JWKS_UNREACHABLE',
			message: `issuer.example has no keys at this address: it answered ${status}.`,
			hint: expect.stringContaining('Compare the address'),
		});
	});

	it('names NODE_EXTRA_CA_CERTS for a private certificate authority', async () => {
		const error = Object.assign(new Error('x'), { code: 'SELF_SIGNED_CERT_IN_CHAIN' });
		expect(await refusal(error)).toMatchObject({
			code: 'JWKS_UNREACHABLE',
			hint: expect.stringContaining('NODE_EXTRA_CA_CERTS'),
		});
	});

	it('is read behind a byte order mark', async () => {
		published[URL_OF_KEYS] = `\uFEFF${JSON.stringify({ keys: [jwk(rsa, { kid: 'a' })] })}`;
		expect(await verifier()(token({ kid: 'a' }))).toBe('VALID');
	});

	it('says why the key that the token names is of no use, where others are', async () => {
		published[URL_OF_KEYS] = { keys: [jwk(rsa, { kid: 'good' }), jwk(weak, { kid: 'weak' })] };
		const source = jwksCache(clock)(URL_OF_KEYS, fetch);
		const verdict = async (jwt: string) =>
			await verifyToken(jwt, source, { now: new Date(milliseconds) });
		expect(await verdict(token({ kid: 'weak' }, weak))).toMatchObject({
			error: { code: 'KEY_NOT_FOUND', message: expect.stringContaining('1024') },
		});
		expect(await verdict(token({ kid: 'good' }))).toMatchObject({ valid: true });
	});

	it('is asked for again five seconds after a failure, and not before', async () => {
		published[URL_OF_KEYS] = 503;
		const verify = verifier();
		for (let index = 0; index < 50; index += 1) {
			await expect(verify(token({}))).rejects.toMatchObject({ code: 'JWKS_UNREACHABLE' });
		}
		expect(asked).toHaveLength(1);
		published[URL_OF_KEYS] = { keys: [jwk(rsa)] };
		milliseconds += 5000;
		expect(await verify(token({}))).toBe('VALID');
	});

	it.each(['http://issuer.example/', 'ftp://issuer.example/', 'issuer.example', 'https://a:b@c/'])(
		'is not fetched from %s',
		(url) => {
			expect(() => jwksCache(clock)(url, fetch)).toThrow(
				expect.objectContaining({
					code: 'URL_INVALID',
					message: expect.stringMatching(/^JWKS URL /),
				}),
			);
		},
	);

	it.each(['http://localhost:1/', 'http://127.0.0.1:1/', 'http://[::1]:1/'])(
		'is fetched from %s, which is this machine',
		(url) => {
			expect(() => jwksCache(clock)(url, fetch)).not.toThrow();
		},
	);
});

describe('a clock that was a day fast and is put right', () => {
	let passed: number;
	let timeOfDay: number;

	beforeEach(() => {
		passed = 1000;
		timeOfDay = Date.parse('2026-03-02T12:00:00Z');
		jest.spyOn(performance, 'now').mockImplementation(() => passed);
		jest.spyOn(Date, 'now').mockImplementation(() => timeOfDay);
	});
	afterEach(() => {
		jest.restoreAllMocks();
	});

	/** The clock is put right; then this many seconds pass. */
	function putRight(seconds: number): void {
		timeOfDay += seconds * 1000 - 86_400_000;
		passed += seconds * 1000;
	}

	it('makes no failed key server fail for a day', async () => {
		const source = jwksCache()(URL_OF_KEYS, fetch);
		await expect(source.current()).rejects.toMatchObject({ code: 'JWKS_UNREACHABLE' });
		published[URL_OF_KEYS] = { keys: [jwk(rsa)] };
		putRight(5);
		expect(await source.current()).toHaveLength(1);
	});

	it('makes no key last for a day, nor the cool-down', async () => {
		published[URL_OF_KEYS] = { keys: [jwk(rsa)] };
		const source = jwksCache()(URL_OF_KEYS, fetch, { lifetime: 600, coolDown: 30 });
		await source.current();
		await source.newer?.();
		putRight(30);
		expect(await source.newer?.()).toHaveLength(1);
		putRight(600);
		await source.current();
		expect(asked).toHaveLength(4);
	});
});

describe('a map from kid to PEM behind an address', () => {
	it('verifies with certificates and public keys, by their names in the map', async () => {
		published[URL_OF_KEYS] = { one: certificate(rsa), two: publicPem(ec) };
		const verify = verifier();
		expect(await verify(token({ kid: 'one' }))).toBe('VALID');
		expect(await verify(token({ kid: 'two' }, ec, 'ES256'))).toBe('VALID');
		expect(asked).toHaveLength(1);
		expect(await verify(token({ kid: 'one' }, ec, 'ES256'))).toBe('ALGORITHM_NOT_ALLOWED');
		const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
		expect(await verify(token({ kid: 'one' }, other))).toBe('SIGNATURE_INVALID');
	});

	it('is fetched anew for the first token of a new name', async () => {
		published[URL_OF_KEYS] = { one: certificate(rsa) };
		const verify = verifier();
		expect(await verify(token({ kid: 'one' }))).toBe('VALID');
		published[URL_OF_KEYS] = { two: publicPem(ec) };
		expect(await verify(token({ kid: 'two' }, ec, 'ES256'))).toBe('VALID');
		expect(await verify(token({ kid: 'one' }))).toBe('KEY_NOT_FOUND');
	});

	it('never takes a text of it for an HMAC secret', async () => {
		const text = publicPem(rsa);
		published[URL_OF_KEYS] = { one: text };
		const forged = signByHand({ alg: 'HS256', kid: 'one' }, { sub: 'x' }, text, 'HS256');
		expect(await verifier()(forged)).toBe('ALGORITHM_NOT_ALLOWED');
	});

	it('that has private keys only is refused, without a word of them', async () => {
		const text = pem(ec, 'pkcs8');
		published[URL_OF_KEYS] = { one: text };
		const failure = await verifier()(token({ kid: 'one' })).catch((error: unknown) => error);
		expect(failure).toMatchObject({ code: 'JWKS_INVALID' });
		expect(leak(String(failure), secretParts(text))).toBeUndefined();
	});
});
