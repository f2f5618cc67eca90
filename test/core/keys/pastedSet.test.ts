import { generateKeyPairSync, randomUUID, type JsonWebKey } from 'node:crypto';
import fc from 'fast-check';
import { importSigningKey } from '../../../core/keys/importSigningKey';
import { findAlgorithm } from '../../../core/keys/algorithms';
import { holdsKeySet, publicKeysOfSet, selectJwk } from '../../../core/keys/pastedSet';
import { publicJwkSet } from '../../../core/keys/publicJwks';
import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose';
import { readSigningSettings } from '../../../core/settings/readCredential';
import { mintToken } from '../../../core/sign/mintToken';
import { expectCode } from '../support/expectCode';
import { ec, jwk, rsa } from '../support/keyFixtures';

const privateJwk = (kid: string | undefined, curve = 'P-256'): JsonWebKey => ({
	...generateKeyPairSync('ec', { namedCurve: curve }).privateKey.export({ format: 'jwk' }),
	...(kid !== undefined && { kid }),
});

const OLD = privateJwk('2026-06');
const NEXT = privateJwk('2026-12');
const SET = JSON.stringify({ keys: [OLD, NEXT] });

const credential = (keyId: string, privateKey = SET) =>
	readSigningSettings({
		...{ algorithm: 'ES256', privateKey, keyId },
		payload: JSON.stringify({ iss: 'me', sub: randomUUID() }),
	});

describe('a JWK Set pasted as Private Key', () => {
	it.each([
		['2026-06', OLD],
		['2026-12', NEXT],
	])('signs with the key that Key ID names: %s', (keyId, { x }) => {
		const { key } = importSigningKey(credential(keyId).key);
		expect(key.export({ format: 'jwk' }).x).toBe(x);
	});

	it('says to name one where several fit and none is named', () => {
		for (const keyId of ['', 'another']) {
			const error = expectCode('KEY_AMBIGUOUS', () => importSigningKey(credential(keyId).key));
			expect(error.hint).toContain('Key ID');
		}
	});

	it('does not sign with another key than the one that is named', () => {
		const set = JSON.stringify({ keys: [OLD, privateJwk('p384', 'P-384')] });
		expectCode('KEY_WRONG_CURVE', () => importSigningKey(credential('p384', set).key));
	});

	it('a Key ID that is none of theirs is that of the only key that fits, as before', () => {
		const set = JSON.stringify({ keys: [OLD, privateJwk('p384', 'P-384')] });
		const { key } = importSigningKey(credential('alias', set).key);
		expect(key.export({ format: 'jwk' }).x).toBe(OLD.x);
	});
});

describe('the published keys', () => {
	it('are all of the set, the one that signs first, and nothing private', async () => {
		const secret = { kty: 'oct', k: 'c2VjcmV0LXNlY3JldC1zZWNyZXQ', kid: 'secret' };
		const encryption = { ...privateJwk('enc'), use: 'enc' };
		const other = privateJwk(undefined, 'P-384');
		const set = JSON.stringify([OLD, secret, encryption, NEXT, other, 'x']);
		const { keys } = await publicJwkSet(credential('2026-12', set));
		expect(keys.map(({ kid, x, alg, use }) => ({ kid, x, alg, use }))).toEqual([
			{ kid: '2026-12', x: NEXT.x, alg: 'ES256', use: 'sig' },
			{ kid: '2026-06', x: OLD.x, alg: 'ES256', use: 'sig' },
			{ kid: expect.stringMatching(/^[\w-]{43}$/), x: other.x, alg: 'ES384', use: 'sig' },
		]);
		for (const jwk of keys) expect(jwk).not.toHaveProperty('d');
	});

	it('name a key once, under the Key ID of the credential', async () => {
		const alone = JSON.stringify({ keys: [privateJwk('own')] });
		const { keys } = await publicJwkSet(credential('alias', alone));
		expect(keys.map(({ kid }) => kid)).toEqual(['alias']);
	});

	it('say where a damaged key stands', async () => {
		const set = JSON.stringify({ keys: [OLD, { ...NEXT, x: 'AAAA' }] });
		await expect(publicJwkSet(credential('2026-06', set))).rejects.toThrow('In Private Key: ');
	});
});

it('500 tokens are verified while the key changes, with the set of before and with that of after', async () => {
	const changedAt = 200;
	const sets = await Promise.all(
		['2026-06', '2026-12'].map(async (keyId) => await publicJwkSet(credential(keyId))),
	);
	const verifiers = sets.map((set) => createLocalJWKSet(set as JSONWebKeySet));
	const kids = await Promise.all(
		Array.from({ length: 500 }, async (_, index) => {
			const settings = credential(index < changedAt ? '2026-06' : '2026-12');
			const { token } = await mintToken(settings, { now: new Date() });
			const headers = await Promise.all(
				verifiers.map(async (keys) => (await jwtVerify(token, keys)).protectedHeader.kid),
			);
			return [...new Set(headers)].join();
		}),
	);
	expect(kids.filter((kid) => kid === '2026-06')).toHaveLength(changedAt);
	expect(kids.filter((kid) => kid === '2026-12')).toHaveLength(500 - changedAt);
});

it('no text is taken for a set that is none, and none throws', () => {
	fc.assert(
		fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
			expect(typeof holdsKeySet(text)).toBe('boolean');
		}),
	);
	for (const text of [
		'',
		'{}',
		'{"kty":"EC"}',
		'-----BEGIN PRIVATE KEY-----',
		JSON.stringify(OLD),
	]) {
		expect(holdsKeySet(text)).toBe(false);
	}
	expect(publicKeysOfSet('-----BEGIN PRIVATE KEY-----')).toEqual([]);
	expect(holdsKeySet(SET)).toBe(true);
});

it.each([
	['in quotes', `'${SET}'`],
	['as a text of JSON', JSON.stringify(SET)],
	['a list of keys', JSON.stringify([OLD, NEXT])],
])('a set is one %s', (_how, text) => {
	expect(holdsKeySet(text)).toBe(true);
	expect(publicKeysOfSet(text).map(({ kid }) => kid)).toEqual(['2026-06', '2026-12']);
});

describe('publicKeysOfSet', () => {
	const published = (...keys: unknown[]) => publicKeysOfSet(JSON.stringify({ keys }));

	it.each([
		['RSA', { n: 'n', e: 'e' }, { d: 'd', p: 'p', q: 'q', dp: 'p', dq: 'q', qi: 'i', oth: [] }],
		['EC', { crv: 'P-256', x: 'x', y: 'y' }, { d: 'd' }],
		['OKP', { crv: 'Ed25519', x: 'x' }, { d: 'd' }],
		['AKP', { alg: 'ML-DSA-44', pub: 'p' }, { priv: 'd' }],
	])('tells of a key of kty %s its public members alone', (kty, members, secrets) => {
		const told = { kty, ...members, kid: 'k', alg: 'ES256', ...members };
		const others = { use: 'sig', key_ops: ['sign'], x5c: ['c'], passphrase: 'x', ...secrets };
		expect(published({ ...told, ...others })).toEqual([told]);
	});

	it('leaves out secrets, other uses and what is no key', () => {
		const [x, y] = ['x', 'y'];
		expect(
			published(
				...[null, 7, 'x', [], {}, { kty: 'oct', k: 'x' }, { kty: 'DSA', y }],
				...[
					{ kty: 'EC', x, use: 'enc' },
					{ kty: 'EC', x, key_ops: ['verify'] },
				],
			),
		).toEqual([]);
	});

	it('is none for a single JWK, and refuses JSON without a key', () => {
		expect(publicKeysOfSet(JSON.stringify(OLD))).toEqual([]);
		expectCode('KEY_JSON_UNKNOWN', () => publicKeysOfSet('{"a":1}'));
	});
});

describe('selectJwk', () => {
	const ES256 = findAlgorithm('ES256');
	const oct = { kty: 'oct', k: Buffer.alloc(32, 1).toString('base64url') };

	it('finds the one key that can sign', () => {
		expect(selectJwk([7, jwk(rsa), oct, jwk(ec)], ES256)).toEqual(jwk(ec));
	});

	it('goes by the kid that is asked for among several that fit, and is not misled by an empty one', () => {
		expect(selectJwk([OLD, NEXT], ES256, '2026-12')).toBe(NEXT);
		const blank = { ...NEXT, kid: '' };
		expectCode('KEY_AMBIGUOUS', () => selectJwk([OLD, blank], ES256));
		expectCode('KEY_AMBIGUOUS', () => selectJwk([OLD, blank], ES256, ''));
	});

	it('takes the one that fits of several keys with the same kid', () => {
		const other = { ...jwk(rsa), kid: '2026-06' };
		expect(selectJwk([other, OLD, NEXT], ES256, '2026-06')).toBe(OLD);
	});

	it.each([
		['KEY_AMBIGUOUS', [jwk(ec), jwk(ec)], 'has 2 keys that can sign with ES256', 'in Key ID'],
		['KEY_NOT_IN_SET', [], 'The JWK Set has no keys.', 'Paste the private JWK'],
		['KEY_NOT_IN_SET', ['text', null], 'The JWK Set has no keys.', 'Paste the private JWK'],
		[
			'KEY_NOT_IN_SET',
			[jwk(rsa), oct],
			'None of the 2 keys of the JWK Set can sign with ES256',
			'Paste the private JWK',
		],
		['KEY_WRONG_TYPE', [jwk(rsa)], 'kty "RSA"', 'Choose the algorithm'],
	] as const)('%s (%#)', (code, keys, words, advice) => {
		const error = expectCode(code, () => selectJwk(keys, ES256));
		expect(error.message).toContain(words);
		expect(error.hint).toContain(advice);
	});
});
