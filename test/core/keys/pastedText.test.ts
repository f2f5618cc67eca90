import { readKeyText, unquote } from '../../../core/keys/pastedText';
import { expectCode } from '../support/expectCode';
import { ec, JSON_MANGLINGS, jwk, pem } from '../support/keyFixtures';

const WANTED = 'a key is expected';
const read = (text: string) => readKeyText(text, WANTED);
const pkcs8 = pem(ec, 'pkcs8');

it('unquote takes off quotes, blanks and commas, layer by layer', () => {
	expect(unquote(' "key" ')).toBe('key');
	expect(unquote(`'"\`key\`"',`)).toBe('key');
	expect(unquote('\\"key\\"')).toBe('key');
	expect(unquote('"key')).toBe('"key');
	expect(unquote('')).toBe('');
});

describe('readKeyText', () => {
	it.each(Object.entries(JSON_MANGLINGS))('finds a JWK: %s', (_name, mangle) => {
		expect(read(mangle(JSON.stringify(jwk(ec))))).toMatchObject({ kind: 'jwk', jwk: jwk(ec) });
	});

	it('finds PEM, Base64 and what is inside Base64', () => {
		expect(read(pkcs8)).toMatchObject({ kind: 'pem', blocks: [{ label: 'PRIVATEKEY' }] });
		const der = ec.export({ format: 'der', type: 'pkcs8' });
		expect(read(der.toString('base64'))).toEqual({ kind: 'bytes', bytes: der });
		expect(read(Buffer.from(pkcs8).toString('base64')).kind).toBe('pem');
	});

	it('keeps the key ID and the passphrase that come with a key file', () => {
		const box = {
			boxAppSettings: { appAuth: { publicKeyID: 'id', privateKey: pkcs8, passphrase: 'open' } },
		};
		expect(read(JSON.stringify(box))).toMatchObject({
			kind: 'pem',
			keyId: 'id',
			passphrase: 'open',
		});
	});

	it('prefers what stands nearer to the person: the outer key ID', () => {
		const inner = JSON.stringify({ private_key: pkcs8, private_key_id: 'inner' });
		const outer = JSON.stringify({ private_key: inner, private_key_id: 'outer' });
		expect(read(outer)).toMatchObject({ keyId: 'outer' });
		expect(read(JSON.stringify({ private_key: inner }))).toMatchObject({ keyId: 'inner' });
	});

	it('names what is no key', () => {
		expect(read('https://example.com/key')).toEqual({ kind: 'foreign', found: 'url' });
	});

	it.each([
		['KEY_MALFORMED', '{ "kty": "EC", ', 'not valid JSON'],
		['KEY_MALFORMED', 'not a key at all!', 'neither PEM nor a JWK'],
		['KEY_MALFORMED', '', 'neither PEM nor a JWK'],
		['KEY_JSON_UNKNOWN', '{ "a": 1 }', 'JSON without a key'],
	] as const)('%s: %j', (code, text, words) => {
		expect(expectCode(code, () => read(text)).message).toContain(words);
	});

	it('gives up after six layers', () => {
		const wrapped = (layers: number): string =>
			layers === 0 ? pkcs8 : JSON.stringify({ private_key: wrapped(layers - 1) });
		expect(read(wrapped(6)).kind).toBe('pem');
		expectCode('KEY_MALFORMED', () => read(wrapped(7)));
	});
});
