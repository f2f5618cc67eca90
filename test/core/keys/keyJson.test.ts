import { nonEmptyText, parseKeyJson, pickKeyJson } from '../../../core/keys/keyJson';
import { expectCode } from '../support/expectCode';

it('nonEmptyText takes texts alone, and no empty one', () => {
	expect(nonEmptyText('k')).toBe('k');
	for (const value of ['', 7, null, undefined, {}]) expect(nonEmptyText(value)).toBeUndefined();
});

describe('parseKeyJson', () => {
	it.each([
		['JSON', '{"a":"b"}'],
		['escaped quotes', '{\\"a\\":\\"b\\"}'],
		['quotes escaped twice, as code points', '{\\\\u0022a\\\\u0022:\\\\u0022b\\\\u0022}'],
		['literal line breaks between members', '{\\n"a":\\r\\n"b"}'],
		['literal tabs, escaped twice', '{\\\\t"a":"b"}'],
		['line breaks between members', '{\r\n\t"a":\n"b"}'],
	])('reads %s', (_name, text) => {
		expect(parseKeyJson(text)).toEqual({ a: 'b' });
	});

	it('has a blank where a line break stood inside a text, literal or not', () => {
		expect(parseKeyJson('{"a":"b\nc\td\re"}')).toEqual({ a: 'b c d e' });
		expect(parseKeyJson('{\\"a\\":\\"b\\\\nc\\"}')).toEqual({ a: 'b c' });
	});

	it('changes nothing in what is JSON as it stands', () => {
		const value = { a: 'line\nbreak', b: 'a \\n that is meant', c: 'a "quote"' };
		expect(parseKeyJson(JSON.stringify(value))).toEqual(value);
		expect(parseKeyJson('[{"a":"b"}]')).toEqual([{ a: 'b' }]);
	});

	it.each(['', 'a', '"a"', '"{"', '"[]"', '7', 'null', '{', '{"a":}'])(
		'is undefined for %j',
		(text) => {
			expect(parseKeyJson(text)).toBeUndefined();
		},
	);
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
		expect(pickKeyJson({ keys: [] })).toEqual({ kind: 'set', keys: [] });
		expect(pickKeyJson(['text', null, jwk])).toEqual({ kind: 'set', keys: ['text', null, jwk] });
		expect(pickKeyJson({ privateKey: jwk })).toStrictEqual({ kind: 'jwk', jwk });
	});

	it('gives a JWK the Key ID that stands beside it, unless it has one', () => {
		const jwk = { kty: 'EC' };
		expect(pickKeyJson({ privateKey: jwk, keyId: 'k' })).toEqual({
			kind: 'jwk',
			jwk: { ...jwk, kid: 'k' },
		});
		const named = { ...jwk, kid: 'own' };
		expect(pickKeyJson({ privateKey: named, keyId: 'k' })).toEqual({ kind: 'jwk', jwk: named });
	});

	it('reads a file whose "keys" are no list like any other', () => {
		const file = { keys: { private_key: text } };
		expect(pickKeyJson(file)).toMatchObject({ kind: 'text', text });
	});

	it.each([
		['JSON without a key in it', {}],
		['JSON without a key in it', { private_key: '' }],
		['JSON without a key in it', { boxAppSettings: 'x' }],
		['A JSON array without any JWK', []],
		['A JSON array without any JWK', ['text', null]],
		['A JSON array without any JWK', [{ private_key: text }]],
	])('says %s for %j', (found, value) => {
		const { message } = expectCode('KEY_JSON_UNKNOWN', () => pickKeyJson(value));
		expect(message).toBe(`${found} was found where a key is expected.`);
	});
});
