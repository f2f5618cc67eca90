import { createPublicKey } from 'node:crypto';
import { importSigningKey } from '../../../core/keys/importSigningKey';
import type { SigningKeySettings } from '../../../core/keys/types';
import { expectCode } from '../support/expectCode';
import {
	certificate,
	DER_MANGLINGS,
	ec,
	pem,
	PEM_MANGLINGS,
	publicPem,
	rsa,
} from '../support/keyFixtures';

const bytes = Buffer.from(
	'fbefbe00112233445566778899aabbccddeeff00112233445566778899aabbcc',
	'hex',
);

function imported(settings: Omit<SigningKeySettings, 'algorithm'>, algorithm = 'HS256') {
	const { key, keyId } = importSigningKey({ algorithm, ...settings });
	return { secret: key.export().toString('hex'), keyId };
}

const encoded = (text: string): string => Buffer.from(text).toString('base64');

describe('an HMAC secret', () => {
	it.each([
		['base64', bytes.toString('base64')],
		['base64', bytes.toString('base64').replace(/=/g, '')],
		['base64', ` ${bytes.toString('base64').replace(/.{20}/g, '$&\n')} `],
		['base64', `"${bytes.toString('base64')}"`],
		['base64', `'\uFEFF${bytes.toString('base64')}'`],
		['base64', `${bytes.toString('base64')}=`],
		['base64url', bytes.toString('base64url')],
		['base64url', `${bytes.toString('base64url')}=`],
		['hex', bytes.toString('hex')],
		['hex', bytes.toString('hex').toUpperCase()],
	] as const)('in %s is decoded: %j', (secretEncoding, key) => {
		expect(imported({ key, secretEncoding }).secret).toBe(bytes.toString('hex'));
	});

	it('in UTF-8 is taken as it stands, even if it looks like hex, Base64 or JSON cut off', () => {
		for (const key of [
			bytes.toString('hex'),
			bytes.toString('base64'),
			'{"not json, but a secret of 32 bytes',
			'  ümläute and blanks at both ends count  ',
			'"quotes around a secret count as well"',
		]) {
			expect(imported({ key }).secret).toBe(Buffer.from(key).toString('hex'));
		}
	});

	it('in UTF-8 loses a byte order mark and one line break at its end', () => {
		const key = 'x'.repeat(32);
		for (const text of [`\uFEFF${key}`, `${key}\n`, `\uFEFF${key}\r\n`]) {
			expect(imported({ key: text }).secret).toBe(Buffer.from(key).toString('hex'));
		}
	});

	it('in UTF-8 keeps every other line break and byte order mark', () => {
		const half = 'x'.repeat(16);
		for (const text of [`${half}\n${half}`, `${half}\uFEFF${half}`, `${half}${half}\n`]) {
			expect(imported({ key: `${text}\n` }).secret).toBe(Buffer.from(text).toString('hex'));
		}
	});

	it('may be short if that is allowed, but not empty', () => {
		expect(imported({ key: 'brief', allowShortSecret: true }).secret).toBe('6272696566');
		const empty = { key: '""', secretEncoding: 'hex', allowShortSecret: true } as const;
		expect(expectCode('KEY_MISSING', () => imported(empty)).message).toBe('The secret is empty.');
	});

	it.each([
		['HS256', 32],
		['HS384', 48],
		['HS512', 64],
	])('of %s has %d bytes or more', (algorithm, minimum) => {
		expect(imported({ key: 'x'.repeat(minimum) }, algorithm).secret).toHaveLength(2 * minimum);
		const error = expectCode('KEY_TOO_SHORT', () =>
			imported({ key: 'x'.repeat(minimum - 1) }, algorithm),
		);
		expect(error.message).toBe(
			`The secret has ${minimum - 1} bytes; ${algorithm} wants ${minimum} or more.`,
		);
		expect(error.hint).toMatch(/check Secret Encoding.*turn on Allow Short Secret/);
	});

	const only64 = 'it has "+" or "/", which only Base64 has';
	const onlyUrl = 'it has "-" or "_", which only Base64URL has';
	const others = 'it has other characters';
	const length = 'one character is missing or too many';

	it.each([
		['base64', 'Base64', 'ab-1', onlyUrl],
		['base64', 'Base64', 'ab_1', onlyUrl],
		['base64', 'Base64', 'ab+!', others],
		['base64', 'Base64', 'abcde', length],
		['base64', 'Base64', 'abcde==', length],
		['base64url', 'Base64URL', 'ab+1', only64],
		['base64url', 'Base64URL', 'ab/1', only64],
		['base64url', 'Base64URL', 'ab-!', others],
		['base64url', 'Base64URL', 'abcde', length],
		['hex', 'hexadecimal digits', 'ab-+', others],
		['hex', 'hexadecimal digits', 'abc', length],
	] as const)('read as %s (%s) is not %j: %s', (secretEncoding, name, key, what) => {
		const error = expectCode('SECRET_ENCODING', () =>
			imported({ key, secretEncoding, allowShortSecret: true }),
		);
		expect(error.message).toBe(`The secret is to be read as ${name}, but ${what}.`);
	});

	it.each([
		['a file name without a folder, which could be a secret', 'correct horse battery staple.key'],
		['a web address', 'https://example.com/what-a-secret-it-is'],
		['dashes that begin nothing', '--begin and a secret that is long'],
		['a word of a PEM text without its dashes', 'BEGIN PRIVATE KEY and all the rest of it'],
		[
			'Base64 of Base64 of nothing special',
			Buffer.from(bytes.toString('base64')).toString('base64'),
		],
	])('may be %s', (_what, key) => {
		expect(imported({ key }).secret).toBe(Buffer.from(key).toString('hex'));
	});

	it('may be a JWK or the one oct key of a JWK Set', () => {
		const jwk = { kty: 'oct', k: bytes.toString('base64url'), kid: 'h1', alg: 'HS256' };
		const expected = { secret: bytes.toString('hex'), keyId: 'h1' };
		expect(imported({ key: JSON.stringify(jwk) })).toEqual(expected);
		const set = { keys: [{ kty: 'RSA', n: 'x', e: 'AQAB' }, jwk] };
		expect(imported({ key: JSON.stringify(set), secretEncoding: 'hex' })).toEqual(expected);
	});

	it.each([
		['Base64', (json: string) => Buffer.from(json).toString('base64')],
		['Base64URL', (json: string) => Buffer.from(json).toString('base64url')],
		['lines of Base64', (json: string) => (encoded(json).match(/.{1,64}/g) ?? []).join('\n')],
		['Base64 in quotes', (json: string) => `"${encoded(json)}"`],
	])('may be either in %s, whatever the encoding says', (_form, wrapped) => {
		const jwk = { kty: 'oct', k: bytes.toString('base64url'), kid: 'h1' };
		const expected = { secret: bytes.toString('hex'), keyId: 'h1' };
		for (const secretEncoding of ['utf8', 'base64', 'hex'] as const) {
			for (const json of [jwk, { keys: [jwk] }]) {
				expect(imported({ key: wrapped(JSON.stringify(json)), secretEncoding })).toEqual(expected);
			}
		}
	});

	it('is what was pasted where Base64 holds JSON that is no key', () => {
		for (const json of ['{"user":"alice","id":12345678}', '["no","key","at","all","in","here"]']) {
			expect(imported({ key: encoded(json) }).secret).toBe(
				Buffer.from(encoded(json)).toString('hex'),
			);
		}
	});

	it.each([
		['SECRET_IS_KEY', { kty: 'RSA', n: 'AQAB', e: 'AQAB' }],
		['KEY_NOT_IN_SET', { keys: [{ kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' }, {}] }],
		['SECRET_IS_KEY', { type: 'service_account', private_key: 'MIIBVgIBADANBgkq' }],
		[
			'KEY_AMBIGUOUS',
			{ one: { private_key: pem(rsa, 'pkcs8') }, other: { private_key: pem(ec, 'pkcs8') } },
		],
	] as const)('is none where %s is said without Base64 too, case %#', (code, json) => {
		for (const key of [JSON.stringify(json), encoded(JSON.stringify(json))]) {
			expectCode(code, () => imported({ key }));
		}
	});

	describe("in Ghost's form", () => {
		const id = '6489a1b2c3d4e5f601234567';
		const key = `${id}:${bytes.toString('hex')}`;

		it.each(['utf8', 'hex', 'base64'] as const)('is split, encoding %s', (secretEncoding) => {
			expect(imported({ key: ` ${key}\n`, secretEncoding })).toEqual({
				secret: bytes.toString('hex'),
				keyId: id,
			});
		});

		it('is a text like any other if it is not exactly of that form, or not for HS256', () => {
			for (const [text, algorithm] of [
				[`${key}0`, 'HS256'],
				[`x${key}`, 'HS256'],
				[key, 'HS512'],
			] as const) {
				expect(imported({ key: text }, algorithm)).toEqual({
					secret: Buffer.from(text).toString('hex'),
					keyId: undefined,
				});
			}
		});
	});
});

describe('a key in place of a secret', () => {
	const derOf = (type: 'spki' | 'pkcs8') =>
		type === 'spki'
			? createPublicKey(ec).export({ format: 'der', type })
			: ec.export({ format: 'der', type });

	it.each([
		['spki', 'hex', 'A public key'],
		['spki', 'base64', 'A public key'],
		['spki', 'base64url', 'A public key'],
		['pkcs8', 'hex', 'A private key'],
		['pkcs8', 'base64', 'A private key'],
	] as const)('is found in DER (%s) written as %s', (type, secretEncoding, name) => {
		const key = derOf(type).toString(secretEncoding);
		const { message } = expectCode('SECRET_IS_KEY', () => imported({ key, secretEncoding }));
		expect(message).toContain(name);
	});

	const privatePem = pem(rsa, 'pkcs8');
	const wholes = {
		'A public key': publicPem(rsa),
		'A private key': privatePem,
		'A certificate': certificate(ec),
	};
	const manglings = Object.entries({ ...PEM_MANGLINGS, ...DER_MANGLINGS });

	it.each(
		Object.entries(wholes).flatMap(([name, text]) =>
			manglings.map(([mangling, mangle]) => [name, mangling, mangle(text)] as const),
		),
	)('%s is found whatever happened to it, in every encoding: %s', (name, _mangling, key) => {
		for (const secretEncoding of ['utf8', 'base64', 'base64url', 'hex'] as const) {
			const { message } = expectCode('SECRET_IS_KEY', () => imported({ key, secretEncoding }));
			expect(message).toBe(`${name} was found where HS256 wants a shared secret.`);
		}
	});

	it.each([
		['An SSH public key', Buffer.concat([Buffer.from('\0\0\0\x07ssh-rsa'), bytes])],
		['An OpenSSH private key', Buffer.concat([Buffer.from('openssh-key-v1\0'), bytes])],
		['A Java key store', Buffer.concat([Buffer.from('feedfeed', 'hex'), bytes])],
	])('%s is found in its bytes, and in them in Base64', (name, file) => {
		for (const [key, secretEncoding] of [
			[file.toString('base64'), 'utf8'],
			[file.toString('base64url'), 'base64url'],
			[file.toString('hex'), 'hex'],
		] as const) {
			const { message } = expectCode('SECRET_IS_KEY', () => imported({ key, secretEncoding }));
			expect(message).toContain(name);
		}
	});

	it.each([
		['SECRET_IS_KEY', 'A private key', wholes['A certificate'] + privatePem],
		['SECRET_IS_KEY', 'A damaged PEM text', privatePem.replace('END PRIVATE', 'END PUBLIC')],
		[
			'SECRET_IS_KEY',
			'A public key',
			'---- BEGIN SSH2 PUBLIC KEY ----\nAAAA\n---- END SSH2 PUBLIC KEY ----',
		],
		['SECRET_IS_KEY', 'An SSH public key', `\nssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA me@host`],
		['SECRET_IS_KEY', 'A PuTTY key (.ppk)', 'PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none'],
		['KEY_IS_TOKEN', 'A finished JWT', ' eyJhbGciOiJub25lIn0.e30.c2lnbmF0dXJl\n'],
		['KEY_IS_PATH', 'The name of a file', '/run/secrets/of/this/house/jwt-signing.key\n'],
		['KEY_IS_PATH', 'The name of a file', 'C:\\keys\\of\\this\\house\\signing.key'],
	] as const)('%s: %s (%#)', (code, name, key) => {
		const { message } = expectCode(code, () => imported({ key }));
		expect(message).toBe(`${name} was found where HS256 wants a shared secret.`);
	});

	it('is found in Base64 even where the secret is to be text, and in hex only where it is hex', () => {
		expectCode('SECRET_IS_KEY', () => imported({ key: derOf('spki').toString('base64') }));
		const hex = derOf('spki').toString('hex');
		expect(imported({ key: hex }).secret).toBe(Buffer.from(hex).toString('hex'));
	});
});
