import { ERROR_HINTS } from '../../../core/errors';
import { readKeyText, unquote, unreadableKeyError } from '../../../core/keys/pastedText';
import { expectCode } from '../support/expectCode';
import { ec, JSON_MANGLINGS, jwk, pem } from '../support/keyFixtures';

const WANTED = 'a key is expected';
const read = (text: string) => readKeyText(text, WANTED);
const pkcs8 = pem(ec, 'pkcs8');

it('unquote takes off quotes, blanks and commas, layer by layer', () => {
	expect(unquote(' "key" ')).toBe('key');
	expect(unquote(`'"\`key\`"',`)).toBe('key');
	expect(unquote('\\"key\\"')).toBe('key');
	expect(unquote('" key\n"')).toBe('key');
	expect(unquote('"two\nlines"')).toBe('two\nlines');
	expect(unquote('""')).toBe('');
	expect(unquote('')).toBe('');
});

it.each(['"key', 'key"', `"key'`, 'a "key"', '"key" b', '"key"!'])(
	'unquote leaves %j as it is, whose quotes are not around it',
	(text) => {
		expect(unquote(text)).toBe(text);
	},
);

it('unquote takes off six layers, and no more', () => {
	expect(unquote(`${'"'.repeat(6)}key${'"'.repeat(6)}`)).toBe('key');
	expect(unquote(`${'"'.repeat(7)}key${'"'.repeat(7)}`)).toBe('"key"');
});

it('unreadableKeyError has the advice behind its own hint', () => {
	expect(unreadableKeyError(WANTED).message).toContain(WANTED);
	expect(unreadableKeyError(WANTED).hint).toBe(ERROR_HINTS.KEY_MALFORMED);
	expect(unreadableKeyError(WANTED, 'Do this.').hint).toBe(`${ERROR_HINTS.KEY_MALFORMED} Do this.`);
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

	const base64 = (bytes: Buffer | string): string => Buffer.from(bytes).toString('base64');

	it.each([
		['a JWK with blank lines around it', `\n\n${JSON.stringify(jwk(ec))}\n`, 'jwk'],
		['a list of JWKs', JSON.stringify([jwk(ec)]), 'set'],
		['a quoted PEM text', `'${pkcs8}'`, 'pem'],
		['half a PEM text', pkcs8.slice(-100), 'pem'],
		['an SSH2 text', '---- BEGIN SSH2 PUBLIC KEY ----\nAAAA', 'pem'],
		['PEM beside what is no UTF-8', Buffer.from(`M\xFCller\n${pkcs8}\x1A`, 'latin1'), 'pem'],
	])('finds in Base64: %s', (_what, content, kind) => {
		expect(read(base64(content)).kind).toBe(kind);
	});

	it.each([1, 2, 3])('finds DER that is in Base64 twice, whatever its padding (%d)', (more) => {
		const der = Buffer.concat([ec.export({ format: 'der', type: 'pkcs8' }), Buffer.alloc(more)]);
		expect(read(base64(base64(der)))).toEqual({ kind: 'bytes', bytes: der });
	});

	it.each([
		['64 letters', Buffer.from('A'.repeat(64))],
		['letters with something before them', Buffer.from(`!${'A'.repeat(65)}`)],
		['letters with something behind them', Buffer.from(`${'A'.repeat(65)}!`)],
		['a text with quotes in it', Buffer.from('my secret, and "more" of it')],
		['an odd byte behind a brace', Buffer.from(`{${'a'.repeat(30)}\x01`)],
		['what is no UTF-8 behind a brace', Buffer.concat([Buffer.from('{"'), Buffer.alloc(30, 0x80)])],
	])('takes for the bytes of a key, which may look like a text by chance: %s', (_what, bytes) => {
		expect(read(base64(bytes))).toEqual({ kind: 'bytes', bytes });
	});

	it('takes 65 letters in Base64 for Base64 once more', () => {
		expect(read(base64('A'.repeat(65)))).toEqual({ kind: 'bytes', bytes: Buffer.alloc(48) });
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

	it('prefers the passphrase that stands beside the key', () => {
		const file = (key: string, passphrase?: string) =>
			JSON.stringify({ private_key: key, passphrase });
		expect(read(file(file(pkcs8, 'inner'), 'outer'))).toMatchObject({ passphrase: 'inner' });
		expect(read(file(file(pkcs8), 'outer'))).toMatchObject({ passphrase: 'outer' });
		expect(read(file(pkcs8)).passphrase).toBeUndefined();
	});

	it.each([
		['url', 'https://example.com/key'],
		['sshPublicKey', base64(Buffer.from('000000077373682d72736100000003', 'hex'))],
		['javaKeyStore', base64(Buffer.from('feedfeed00000002', 'hex'))],
	])('names what is no key: %s', (found, text) => {
		expect(read(text)).toEqual({ kind: 'foreign', found });
	});

	it('leaves an OpenSSH key in Base64 to whoever can read it', () => {
		const bytes = Buffer.from('openssh-key-v1\0 and so on');
		expect(read(base64(bytes))).toEqual({ kind: 'bytes', bytes });
	});

	it.each([
		['KEY_MALFORMED', '{ "kty": "EC", ', 'not valid JSON'],
		['KEY_MALFORMED', 'not a key at all!', 'neither PEM nor a JWK'],
		['KEY_MALFORMED', 'what {is no key}', 'neither PEM nor a JWK'],
		['KEY_MALFORMED', '', 'neither PEM nor a JWK'],
		['KEY_JSON_UNKNOWN', '{ "a": 1 }', 'JSON without a key'],
	] as const)('%s: %j', (code, text, words) => {
		expect(expectCode(code, () => read(text)).message).toContain(words);
	});

	it('says to paste the whole file where JSON is cut off', () => {
		const { hint } = expectCode('KEY_MALFORMED', () => read('[{ "kty": "EC", '));
		expect(hint).toBe('Paste the whole file, from the first brace to the last.');
	});

	it('advises on a secret where the text is one line, also inside of a file', () => {
		const hintOf = (text: string) =>
			expectCode('KEY_MALFORMED', () => readKeyText(text, WANTED, 'Perhaps a secret.')).hint;
		const file = JSON.stringify({ private_key: 'one line!' });
		for (const text of ['one line!', file]) expect(hintOf(text)).toMatch(/Perhaps a secret\.$/);
		expect(hintOf('two\nlines!')).toBe(ERROR_HINTS.KEY_MALFORMED);
		const unadvised = expectCode('KEY_MALFORMED', () => read('one line!'));
		expect(unadvised.hint).toBe(ERROR_HINTS.KEY_MALFORMED);
	});

	it('gives up after six layers', () => {
		const wrapped = (layers: number): string =>
			layers === 0 ? pkcs8 : JSON.stringify({ private_key: wrapped(layers - 1) });
		expect(read(wrapped(6)).kind).toBe('pem');
		expectCode('KEY_MALFORMED', () => read(wrapped(7)));
		const encoded = (layers: number): string =>
			layers === 0 ? pkcs8 : base64(encoded(layers - 1));
		expect(read(encoded(6)).kind).toBe('pem');
		expectCode('KEY_MALFORMED', () => read(encoded(7)));
	});
});
