import fc from 'fast-check';
import { findFiledKey } from '../../../core/keys/keyFile';
import { importSigningKey } from '../../../core/keys/importSigningKey';
import { expectCode, onlyJwtAuthErrors } from '../support/expectCode';
import { ec, jwk, pem, rsa, spki } from '../support/keyFixtures';

const key = pem(rsa, 'pkcs8');
const privateJwk = jwk(rsa);

const YANDEX = {
	id: 'aje1',
	service_account_id: 'sa1',
	created_at: '2026-01-01T00:00:00Z',
	key_algorithm: 'RSA_2048',
	public_key: '-----BEGIN PUBLIC KEY-----',
	private_key: `PLEASE DO NOT REMOVE THIS LINE! Yandex.Cloud SA Key ID <aje1>\n${key}`,
};

describe('a key file pasted whole', () => {
	it.each([
		['Yandex', YANDEX, 'aje1'],
		['Zitadel', { type: 'serviceaccount', keyId: '1005', key, userId: '1004' }, '1005'],
		[
			'Zitadel, an application',
			{ type: 'application', keyId: 'k', key, appId: 'a', clientId: 'c' },
			'k',
		],
		['Huawei', { key_id: 'h', private_key: key, project_id: 'p', user_id: 'u' }, 'h'],
		[
			'Google',
			{
				type: 'service_account',
				project_id: 'p',
				private_key_id: 'g',
				private_key: key,
				client_id: '1',
			},
			'g',
		],
		[
			'Coinbase, the long file',
			{ name: 'organizations/o/apiKeys/k', principal: 'p', privateKey: key, projectId: 'x' },
			'organizations/o/apiKeys/k',
		],
		['eBay', { signingKeyId: 's', privateKey: key, publicKey: 'x', jwe: 'y' }, 's'],
		['fastlane', { key_id: 'f', issuer_id: 'i', key, in_house: false }, 'f'],
		['Adobe', { CLIENT_ID: 'c', PRIVATE_KEY: key, ORG_ID: 'o' }, undefined],
		['GitHub, a new app', { id: 'app', slug: 's', client_id: 'c', pem: key }, undefined],
		['Vonage', { id: 'app', name: 'n', keys: { public_key: 'x', private_key: key } }, undefined],
		['nested once', { credentials: { kid: 'n', private_key: key }, id: 'other' }, 'n'],
		['Base64', { key: Buffer.from(key).toString('base64'), kid: 'b' }, 'b'],
		['a JWK under a name', { privateKey: privateJwk, publicKey: { kty: 'RSA' }, kid: 'j' }, 'j'],
		['a JWK with its own kid', { jwk: { ...privateJwk, kid: 'own' }, kid: 'j' }, 'own'],
		['a JWK as text', { privateKey: JSON.stringify(privateJwk), keyId: 't' }, 't'],
	])('%s', (_name, file, keyId) => {
		const read = importSigningKey({ algorithm: 'RS256', key: JSON.stringify(file) });
		expect({ keyId: read.keyId, spki: spki(read.key) }).toEqual({ keyId, spki: spki(rsa) });
	});

	it.each([
		['two key IDs', { private_key: key, kid: 'a', keyId: 'b' }],
		['the ID of a user', { id: 'u', email: 'me@example.com', private_key: key }],
		['the ID of a project', { id: 'p', project: {}, private_key: key }],
		[
			'only other IDs',
			{ client_id: 'c', userId: 'u', projectId: 'p', app_id: 'a', private_key: key },
		],
		['a name for people', { name: 'Production', private_key: key }],
		['a number', { key_id: 7, private_key: key }],
		['the ID of something around it', { id: 'x', kid: 'y', inner: { private_key: key } }],
	])('has no key ID where it could be another: %s', (_name, file) => {
		expect(findFiledKey(file)).toMatchObject({ key });
		expect(findFiledKey(file)?.keyId).toBeUndefined();
	});

	it('has no key where a name alone looks like one', () => {
		expect(findFiledKey({ key: 'AIzaSy', pem: '', jwk: { kty: 'RSA' } })).toBeUndefined();
		expect(findFiledKey({ private_key_id: 'x', public_key: 'y' })).toBeUndefined();
	});

	it('is ambiguous with several keys on one level; a nearer one wins', () => {
		const other = pem(ec, 'pkcs8');
		expectCode('KEY_AMBIGUOUS', () =>
			findFiledKey({ live: { private_key: key }, test: { private_key: other } }),
		);
		expectCode('KEY_AMBIGUOUS', () => findFiledKey({ private_key: key, privateKey: other }));
		expect(findFiledKey({ private_key: key, old: { private_key: other } })?.key).toBe(key);
		expect(findFiledKey({ private_key: key, privateKey: key })?.key).toBe(key);
	});
});

it('any JSON has a key or none', () => {
	const names = fc.constantFrom('private_key', 'key', 'kid', 'id', 'kty', 'd', '__proto__', 'x');
	const { tree } = fc.letrec((tie) => ({
		tree: fc.dictionary(names, fc.oneof(tie('leaf'), tie('tree')), { maxKeys: 5 }),
		leaf: fc.oneof(fc.constant(key), fc.string(), fc.integer(), fc.constant(null)),
	}));
	fc.assert(
		fc.property(tree, (file) => {
			onlyJwtAuthErrors(() => findFiledKey(file as Record<string, unknown>));
		}),
	);
});
