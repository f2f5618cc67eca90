import { parseKeyJson, pickKeyJson } from '../../../core/keys/keyJson';
import { expectCode } from '../support/expectCode';

describe('parseKeyJson', () => {
	it.each([
		['JSON', '{"a":"b"}'],
		['escaped quotes', '{\\"a\\":\\"b\\"}'],
		['quotes escaped twice, as code points', '{\\\\u0022a\\\\u0022:\\\\u0022b\\\\u0022}'],
		['literal line breaks between members', '{\\n"a":\\r\\n"b"}'],
	])('reads %s', (_name, text) => {
		expect(parseKeyJson(text)).toEqual({ a: 'b' });
	});

	it.each(['', 'a', '"a"', '7', '{', '{"a":}'])('is undefined for %j', (text) => {
		expect(parseKeyJson(text)).toBeUndefined();
	});
});

describe('pickKeyJson', () => {
	const text = 'PEM';

	it.each([
		['Google', { private_key: text, private_key_id: 'id' }, 'id'],
		['Coinbase with a name', { privateKey: text, name: 'organizations/1' }, 'organizations/1'],
		['Coinbase with an ID', { privateKey: text, id: 'id' }, 'id'],
		['a key alone', { private_key: text }, undefined],
		['an ID that is no text', { private_key: text, private_key_id: 7 }, undefined],
	])('knows the key file: %s', (_name, file, keyId) => {
		expect(pickKeyJson(file)).toEqual({ kind: 'text', text, keyId, passphrase: undefined });
	});

	it('knows the key file of Box, passphrase included', () => {
		const appAuth = { publicKeyID: 'id', privateKey: text, passphrase: 'open' };
		expect(pickKeyJson({ boxAppSettings: { appAuth } })).toEqual({
			kind: 'text',
			text,
			keyId: 'id',
			passphrase: 'open',
		});
	});

	it('knows JWK, JWK Set, a list of JWKs and a JWK inside a file', () => {
		const jwk = { kty: 'EC' };
		expect(pickKeyJson(jwk)).toEqual({ kind: 'jwk', jwk });
		expect(pickKeyJson({ keys: [jwk] })).toEqual({ kind: 'set', keys: [jwk] });
		expect(pickKeyJson(['text', jwk])).toEqual({ kind: 'set', keys: ['text', jwk] });
		expect(pickKeyJson({ privateKey: jwk })).toEqual({ kind: 'jwk', jwk });
	});

	it.each([[{}], [{ private_key: '' }], [{ boxAppSettings: 'x' }], [[]], [['text']]])(
		'finds none in %j',
		(value) => {
			expectCode('KEY_JSON_UNKNOWN', () => pickKeyJson(value));
		},
	);
});
