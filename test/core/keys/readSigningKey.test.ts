import { findAlgorithm } from '../../../core/keys/algorithms';
import { readHmacKey, readPrivateKey } from '../../../core/keys/readSigningKey';
import { expectCode } from '../support/expectCode';
import { coinbaseEd25519, ec, ed25519, jwk, PASSPHRASE, pem, rsa } from '../support/keyFixtures';

const [RS256, EdDSA, HS256] = ['RS256', 'EdDSA', 'HS256'].map(findAlgorithm) as [
	ReturnType<typeof findAlgorithm>,
	ReturnType<typeof findAlgorithm>,
	ReturnType<typeof findAlgorithm>,
];

describe('readPrivateKey', () => {
	it.each([
		['PEM', pem(rsa, 'pkcs8'), undefined],
		['Base64 DER', rsa.export({ format: 'der', type: 'pkcs8' }).toString('base64'), undefined],
		['JWK', JSON.stringify({ ...jwk(rsa), kid: 'k' }), 'k'],
		['JWK Set', JSON.stringify({ keys: [jwk(ec), { ...jwk(rsa), kid: 'k' }] }), 'k'],
		['list of JWKs', JSON.stringify([{ ...jwk(rsa), kid: 'k' }]), 'k'],
		[
			'key file of Google',
			JSON.stringify({ private_key: pem(rsa, 'pkcs8'), private_key_id: 'k' }),
			'k',
		],
	])('reads a %s, with the key ID that comes with it', (_name, text, keyId) => {
		const read = readPrivateKey(text, '', RS256);
		expect(read.key.equals(rsa)).toBe(true);
		expect(read.keyId).toBe(keyId);
	});

	it('takes the passphrase that came with the key before the one that was entered', () => {
		const encrypted = pem(rsa, 'pkcs8', 'aes-256-cbc');
		expect(readPrivateKey(encrypted, PASSPHRASE, RS256).key.equals(rsa)).toBe(true);
		const appAuth = { publicKeyID: 'k', privateKey: encrypted, passphrase: PASSPHRASE };
		const file = JSON.stringify({ boxAppSettings: { appAuth } });
		expect(readPrivateKey(file, 'another', RS256).key.equals(rsa)).toBe(true);
	});

	it('reads a raw Ed25519 key for EdDSA alone', () => {
		const text = coinbaseEd25519(ed25519).toString('base64');
		expect(readPrivateKey(text, '', EdDSA).key.equals(ed25519)).toBe(true);
		expect(expectCode('KEY_WRONG_TYPE', () => readPrivateKey(text, '', RS256)).message).toContain(
			'64 bytes',
		);
	});

	it.each([
		['KEY_MALFORMED', Buffer.alloc(40, 1).toString('base64')],
		['KEY_IS_TOKEN', 'eyJhbGciOiJub25lIn0.e30.x'],
		['KEY_IS_PATH', '/etc/ssl/private/key.pem'],
	] as const)('%s (%#)', (code, text) => {
		expectCode(code, () => readPrivateKey(text, '', RS256));
	});
});

describe('a shared secret where a private key belongs', () => {
	it.each([
		['a text', 'my secret that nobody else knows!'],
		['a text in quotes', '"s3cr3t.with-dots_and~more"'],
		['Base64 of 32 bytes', Buffer.alloc(32, 7).toString('base64')],
		['Base64 of 64 bytes', Buffer.alloc(64, 7).toString('base64')],
		['Base64URL of 40 bytes', Buffer.alloc(40, 0xfb).toString('base64url')],
		['hexadecimal digits', Buffer.alloc(32, 0xab).toString('hex')],
		['an oct JWK', JSON.stringify({ kty: 'oct', k: Buffer.alloc(32, 7).toString('base64url') })],
		['an oct JWK in a set', JSON.stringify({ keys: [{ kty: 'oct', k: 'AAAA' }] })],
	])('points at HS256: %s', (_, text) => {
		for (const [algorithm, named] of [
			[RS256, 'HS256'],
			[findAlgorithm('ES384'), 'HS384'],
			[findAlgorithm('PS512'), 'HS512'],
		] as const) {
			let hint = '';
			try {
				readPrivateKey(text, '', algorithm);
			} catch (error) {
				hint = (error as { hint: string }).hint;
			}
			expect(hint).toContain(`choose ${named} as Algorithm and paste it into Secret`);
			expect(hint).not.toContain(text);
		}
	});

	it.each([
		pem(rsa, 'pkcs8').slice(0, 300),
		'two lines:\nno key, no secret',
		JSON.stringify(jwk(ec)),
	])('is not suspected in what is none (%#)', (text) => {
		expect(() => readPrivateKey(text, '', RS256)).toThrow(
			expect.objectContaining({ hint: expect.not.stringContaining('Secret') }),
		);
	});
});

describe('readHmacKey', () => {
	const secret = 'a secret that is long enough for it';
	const read = (key: string, settings = {}) =>
		readHmacKey({ algorithm: 'HS256', key, ...settings }, HS256);

	it('reads a text in its encoding', () => {
		for (const secretEncoding of ['utf8', 'base64', 'base64url', 'hex'] as const) {
			const text = Buffer.from(secret).toString(secretEncoding);
			expect(read(text, { secretEncoding }).key.export().toString()).toBe(secret);
		}
	});

	it('reads a JWK with its key ID, whatever the encoding', () => {
		const text = JSON.stringify({
			kty: 'oct',
			k: Buffer.from(secret).toString('base64url'),
			kid: 'k',
		});
		const { key, keyId } = read(text, { secretEncoding: 'hex' });
		expect([key.export().toString(), keyId]).toEqual([secret, 'k']);
	});

	it('splits a Ghost key for HS256 alone', () => {
		const ghost = `${'ab'.repeat(12)}:${'cd'.repeat(32)}`;
		expect(read(ghost).keyId).toBe('ab'.repeat(12));
		expect(read(ghost).key.export()).toEqual(Buffer.alloc(32, 0xcd));
		const HS512 = findAlgorithm('HS512');
		const whole = readHmacKey({ algorithm: 'HS512', key: ghost }, HS512);
		expect([whole.keyId, whole.key.export().toString()]).toEqual([undefined, ghost]);
	});

	const hexDer = rsa.export({ format: 'der', type: 'pkcs8' }).toString('hex');

	it.each([
		['SECRET_IS_KEY', pem(rsa, 'pkcs8'), {}],
		['SECRET_IS_KEY', hexDer, { secretEncoding: 'hex' }],
		['SECRET_IS_KEY', JSON.stringify({ private_key: pem(rsa, 'pkcs8') }), {}],
		['SECRET_IS_KEY', JSON.stringify(jwk(rsa)), {}],
		['KEY_TOO_SHORT', 'short', {}],
		['KEY_MISSING', '""', { secretEncoding: 'hex' }],
		['SECRET_ENCODING', 'xyz', { secretEncoding: 'hex' }],
	] as const)('%s (%#)', (code, key, settings) => {
		expectCode(code, () => read(key, settings));
	});
});
