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

describe('selectJwk', () => {
	const ES256 = findAlgorithm('ES256');
	const oct = { kty: 'oct', k: Buffer.alloc(32, 1).toString('base64url') };

	it('finds the one key that can sign', () => {
		expect(selectJwk([7, jwk(rsa), oct, jwk(ec)], ES256)).toEqual(jwk(ec));
	});

	it.each([
		['KEY_AMBIGUOUS', [jwk(ec), jwk(ec)]],
		['KEY_NOT_IN_SET', []],
		['KEY_NOT_IN_SET', ['text', null]],
		['KEY_NOT_IN_SET', [jwk(rsa), oct]],
		['KEY_WRONG_TYPE', [jwk(rsa)]],
	] as const)('%s (%#)', (code, keys) => {
		expectCode(code, () => selectJwk(keys, ES256));
	});
});
