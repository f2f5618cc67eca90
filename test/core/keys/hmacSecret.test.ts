import { createPublicKey } from 'node:crypto';
import { importSigningKey } from '../../../core/keys/importSigningKey';
import type { SigningKeySettings } from '../../../core/keys/types';
import { expectCode } from '../support/expectCode';
import { ec } from '../support/keyFixtures';

const bytes = Buffer.from(
	'fbefbe00112233445566778899aabbccddeeff00112233445566778899aabbcc',
	'hex',
);

function imported(settings: Omit<SigningKeySettings, 'algorithm'>, algorithm = 'HS256') {
	const { key, keyId } = importSigningKey({ algorithm, ...settings });
	return { secret: key.export().toString('hex'), keyId };
}

describe('an HMAC secret', () => {
	it.each([
		['base64', bytes.toString('base64')],
		['base64', bytes.toString('base64').replace(/=/g, '')],
		['base64', ` ${bytes.toString('base64').replace(/.{20}/g, '$&\n')} `],
		['base64', `"${bytes.toString('base64')}"`],
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

	it('may be short if that is allowed', () => {
		expect(imported({ key: 'brief', allowShortSecret: true }).secret).toBe('6272696566');
	});

	it('may be a JWK or the one oct key of a JWK Set', () => {
		const jwk = { kty: 'oct', k: bytes.toString('base64url'), kid: 'h1', alg: 'HS256' };
		const expected = { secret: bytes.toString('hex'), keyId: 'h1' };
		expect(imported({ key: JSON.stringify(jwk) })).toEqual(expected);
		const set = { keys: [{ kty: 'RSA', n: 'x', e: 'AQAB' }, jwk] };
		expect(imported({ key: JSON.stringify(set), secretEncoding: 'hex' })).toEqual(expected);
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

	it('is found in Base64 even where the secret is to be text, and in hex only where it is hex', () => {
		expectCode('SECRET_IS_KEY', () => imported({ key: derOf('spki').toString('base64') }));
		const hex = derOf('spki').toString('hex');
		expect(imported({ key: hex }).secret).toBe(Buffer.from(hex).toString('hex'));
	});
});
