import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { findAlgorithm } from '../../../core/keys/algorithms';
import { readHmacKey, readPrivateKey } from '../../../core/keys/readSigningKey';
import { expectCode } from '../support/expectCode';
import { coinbaseEd25519, ec, ed25519, jwk, PASSPHRASE, pem, rsa } from '../support/keyFixtures';

const [RS256, EdDSA, HS256] = ['RS256', 'EdDSA', 'HS256'].map(findAlgorithm) as [
	ReturnType<typeof findAlgorithm>,
	ReturnType<typeof findAlgorithm>,
	ReturnType<typeof findAlgorithm>,
];

const derOf = (key: KeyObject): Buffer => key.export({ format: 'der', type: 'pkcs8' });

/** The beginning of an OpenSSH key that is encrypted. */
const opensshBytes = Buffer.from(
	`openssh-key-v1\0\0\0\0\x0aaes256-ctr\0\0\0\x06bcrypt${'x'.repeat(60)}`,
	'latin1',
);

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

	it('takes the Key ID of a key file before that of the JWK in it', () => {
		const own = JSON.stringify({ ...jwk(rsa), kid: 'own' });
		const file = { private_key: own, key_id: 'of the file' };
		expect(readPrivateKey(JSON.stringify(file), '', RS256).keyId).toBe('of the file');
		expect(readPrivateKey(JSON.stringify({ private_key: own }), '', RS256).keyId).toBe('own');
	});

	it.each([7, '', null])('has no Key ID where the kid of a JWK is %j', (kid) => {
		const text = JSON.stringify({ ...jwk(rsa), kid });
		expect(readPrivateKey(text, '', RS256).keyId).toBeUndefined();
	});

	it('takes the key that is asked for out of a set', () => {
		const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
		const keys = [
			{ ...jwk(other), kid: 'other' },
			{ ...jwk(rsa), kid: 'k' },
		];
		const text = JSON.stringify({ keys });
		expect(readPrivateKey(text, '', RS256, 'k').key.equals(rsa)).toBe(true);
		expectCode('KEY_AMBIGUOUS', () => readPrivateKey(text, '', RS256));
	});

	it.each([32, 64])(
		'tells %d bytes in Base64 from a key, even if they begin like one',
		(length) => {
			for (const first of [0x30, 0x07]) {
				const bytes = Buffer.alloc(length, first);
				if (length === 64) bytes[0] = 7;
				const error = expectCode('KEY_WRONG_TYPE', () =>
					readPrivateKey(bytes.toString('base64'), '', RS256),
				);
				expect(error.message).toContain(
					`Base64 of ${length} bytes, as secrets and Ed25519 keys have`,
				);
				expect(error.hint).toMatch(
					/choose HS256 as Algorithm.* For an Ed25519 key choose EdDSA\.$/,
				);
			}
		},
	);

	it.each([
		['KEY_TRUNCATED', 'cut off: 600 of its', derOf(rsa).subarray(0, 600)],
		['KEY_TRUNCATED', 'cut off: 33 of its', derOf(rsa).subarray(0, 33)],
		['KEY_MALFORMED', 'followed by 3 bytes', Buffer.concat([derOf(rsa), Buffer.alloc(3)])],
		['KEY_MALFORMED', 'neither PEM nor a JWK', Buffer.alloc(33, 7)],
		['KEY_OPENSSH', 'OpenSSH', opensshBytes],
	] as const)('%s: %s', (code, words, bytes) => {
		const { message } = expectCode(code, () => readPrivateKey(bytes.toString('base64'), '', RS256));
		expect(message).toContain(words);
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

	it('reads a JWK however it is quoted', () => {
		const text = JSON.stringify({ kty: 'oct', k: Buffer.from(secret).toString('base64url') });
		for (const quoted of [`'${text}'`, JSON.stringify(text)]) {
			expect(read(quoted).key.export().toString()).toBe(secret);
		}
	});

	it('takes the key that is asked for out of a set', () => {
		const oct = (kid: string) => ({ kty: 'oct', kid, k: Buffer.alloc(32, kid).toString('base64') });
		const text = JSON.stringify({ keys: [oct('a'), oct('b')] });
		const { key, keyId } = read(text, { wantedId: 'b' });
		expect([key.export().toString(), keyId]).toEqual(['b'.repeat(32), 'b']);
		expectCode('KEY_AMBIGUOUS', () => read(text));
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
		['SECRET_IS_KEY', pem(rsa, 'pkcs8'), { secretEncoding: 'hex', allowShortSecret: true }],
		['KEY_TOO_SHORT', JSON.stringify({ kty: 'oct', k: 'c2hvcnQ' }), {}],
	] as const)('%s (%#)', (code, key, settings) => {
		expectCode(code, () => read(key, settings));
	});

	it('names the key file of a service, not what stands in it', () => {
		const file = JSON.stringify({ private_key: pem(rsa, 'pkcs8') });
		expect(expectCode('SECRET_IS_KEY', () => read(file)).message).toBe(
			'A private key file was found where HS256 wants a shared secret.',
		);
	});

	it('takes a short secret where that is allowed, in a JWK as well', () => {
		const settings = { allowShortSecret: true };
		expect(read('short', settings).key.export().toString()).toBe('short');
		const jwkText = JSON.stringify({ kty: 'oct', k: 'c2hvcnQ' });
		expect(read(jwkText, settings).key.export().toString()).toBe('short');
	});
});
