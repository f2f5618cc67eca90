import type { KeyObject } from 'node:crypto';
import fc from 'fast-check';
import { findFiledKey } from '../../../core/keys/keyFile';
import { importSigningKey } from '../../../core/keys/importSigningKey';
import { expectCode, onlyJwtAuthErrors } from '../support/expectCode';
import { ec, jwk, pem, rsa, spki } from '../support/keyFixtures';

const key = pem(rsa, 'pkcs8');
const privateJwk = jwk(rsa);
const derOf = (one: KeyObject): string =>
	one.export({ format: 'der', type: 'pkcs8' }).toString('base64');

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
		[
			'Coinbase, the short file',
			{ id: '3f1c0b7e-0d4c-4b6a-9e55-0123456789ab', privateKey: key },
			'3f1c0b7e-0d4c-4b6a-9e55-0123456789ab',
		],
		[
			'Coinbase, the ID as its name',
			{ name: '3F1C0B7E-0D4C-4B6A-9E55-0123456789AB', privateKey: key, id: 'other' },
			'3F1C0B7E-0D4C-4B6A-9E55-0123456789AB',
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
		['a JWK under a name of its own', { signer: { ...privateJwk, kid: 'own' }, kid: 'j' }, 'own'],
		['DER in Base64', { key: derOf(rsa), kid: 'd' }, 'd'],
		['a JWK as text, indented', { jwk: `\n  ${JSON.stringify(privateJwk)}`, kid: 'i' }, 'i'],
		['PEM without its line breaks', { key: key.replace(/\s/g, ''), kid: 'p' }, 'p'],
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
		['a name for people beside privateKey', { name: 'Production', privateKey: key }],
		['a name as Coinbase has it', { name: 'organizations/o/apiKeys/k', private_key: key }],
		['a number', { key_id: 7, private_key: key }],
		['blanks', { key_id: ' ', private_key: key }],
		['the ID beside a key whose name says little', { id: 'x', key }],
		['the ID of something around it', { id: 'x', kid: 'y', inner: { private_key: key } }],
	])('has no key ID where it could be another: %s', (_name, file) => {
		expect(findFiledKey(file)).toMatchObject({ key });
		expect(findFiledKey(file)?.keyId).toBeUndefined();
	});

	it.each([
		['a word under a common name', { key: 'AIzaSy' }],
		['a word with a brace', { key: 'AIza{Sy' }],
		['Base64 that is too short for a key', { key: 'MIIEabcd' }],
		['Base64 of something else', { key: Buffer.alloc(60, 0x41).toString('base64') }],
		['a public key', { key: '-----BEGIN PUBLIC KEY-----', public_key: 'y' }],
		['a public JWK', { jwk: { kty: 'RSA', n: 'x', e: 'AQAB' } }],
		['a JWK whose kty is no text', { jwk: { kty: 7, d: 'x' } }],
		['a JWK whose private part is no text', { jwk: { kty: 'EC', d: 7 } }],
		['an object that is no JWK', { jwk: {}, privateKey: { format: 'pem' } }],
		['what is empty', { key: null, pem: '', private_key: ' ', privateKey: null }],
		['a list', { keys: [{ private_key: key }], private_key: [key] }],
		['the ID of a key', { private_key_id: 'x' }],
		['nothing', {}],
	])('has no key: %s', (_what, file) => {
		expect(findFiledKey(file)).toBeUndefined();
	});

	it.each([
		['RSA, EC, OKP', { kty: 'EC', d: 'x' }],
		['AKP', { kty: 'AKP', priv: 'x' }],
		['oct', { kty: 'oct', k: 'x' }],
	])('has a private JWK of kty %s under any name', (_kty, signer) => {
		expect(findFiledKey({ jwk: signer })?.key).toBe(signer);
		expect(findFiledKey({ anything: signer })?.key).toBe(signer);
	});

	it('has a JWK whose own members tell neither its Key ID nor a passphrase of the file', () => {
		const signer = { ...privateJwk, kid: 'own', passphrase: 'x' };
		expect(findFiledKey({ signer })).toEqual({ key: signer });
	});

	it('has its key where the name is plain, before any under a name that means many things', () => {
		const other = pem(ec, 'pkcs8');
		expect(findFiledKey({ key: other, private_key: key })?.key).toBe(key);
		expect(findFiledKey({ key, private_key: ' ', privateKey: 7 })?.key).toBe(key);
		expect(findFiledKey({ private_key: { pem: key } })?.key).toBe(key);
	});

	it.each(['Private Key', 'PRIVATE_KEY', 'private-key', 'privateKey.pem'])(
		'may call its key %j',
		(name) => {
			expect(findFiledKey({ [name]: key })?.key).toBe(key);
		},
	);

	it('is looked through for three levels', () => {
		const nested = (levels: number): Record<string, unknown> =>
			levels === 0 ? { private_key: key, kid: 'k' } : { inner: nested(levels - 1), other: null };
		expect(findFiledKey(nested(3))).toMatchObject({ key, keyId: 'k' });
		expect(findFiledKey(nested(4))).toBeUndefined();
	});

	it('has the passphrase that stands beside the key, if there is one only', () => {
		const file = { private_key: key, passphrase: 'open' };
		expect(findFiledKey(file)?.passphrase).toBe('open');
		expect(findFiledKey({ ...file, key_passphrase: 'open' })?.passphrase).toBe('open');
		expect(findFiledKey({ ...file, passphrase: '' })?.passphrase).toBeUndefined();
		expect(findFiledKey({ ...file, key_passphrase: 'other' })?.passphrase).toBeUndefined();
		expect(findFiledKey({ passphrase: 'x', inner: file })?.passphrase).toBe('open');
	});

	it('is ambiguous with several keys on one level; a nearer one wins', () => {
		const other = pem(ec, 'pkcs8');
		const error = expectCode('KEY_AMBIGUOUS', () =>
			findFiledKey({ live: { private_key: key }, test: { private_key: other } }),
		);
		expect(error.message).toBe('The JSON has 2 private keys where one is expected.');
		expect(error.hint).toContain('Paste the one key to sign with, and its ID in Key ID');
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
