import { createPublicKey } from 'node:crypto';
import { importPublicJwkSet, readVerificationKeys } from '../../../core/keys/readVerificationKeys';
import type { JwtAuthErrorCode } from '../../../core/errors';
import { expectCode } from '../support/expectCode';
import { certificate, ec, jwk, openssl, pem, publicPem, rsa } from '../support/keyFixtures';

const publicJwk = (key = rsa) => createPublicKey(key).export({ format: 'jwk' });
const spki = createPublicKey(rsa).export({ format: 'der', type: 'spki' });

describe('readVerificationKeys', () => {
	const request = openssl(rsa, 'req', '-new', '-key', 'key.pem', '-subj', '/CN=t');

	it.each([
		['PEM', publicPem(rsa)],
		['PEM in one line', publicPem(rsa).replace(/\n/g, ' ')],
		['PKCS#1', openssl(rsa, 'rsa', '-in', 'key.pem', '-RSAPublicKey_out')],
		['certificate', certificate(rsa)],
		['certificate and its issuer', certificate(rsa) + certificate(ec)],
		['Base64 DER', spki.toString('base64')],
		['Base64 of a certificate', certificate(rsa).replace(/-----.*-----/g, '')],
		['JWK', JSON.stringify(publicJwk())],
		['JWK Set', JSON.stringify({ keys: [publicJwk()] })],
	])('reads a %s', (_name, text) => {
		const keys = readVerificationKeys(text);
		expect(keys).toHaveLength(1);
		expect(keys[0]?.key.export({ format: 'der', type: 'spki' })).toEqual(spki);
	});

	it('reads several public keys, and none of the certificates beside them', () => {
		expect(readVerificationKeys(publicPem(rsa) + publicPem(ec) + certificate(rsa))).toHaveLength(2);
	});

	it('reads a certificate that stands behind its request', () => {
		expect(readVerificationKeys(request + certificate(rsa))).toHaveLength(1);
	});

	it('takes 262,144 characters, and no more', () => {
		const text = publicPem(rsa).padEnd(262_144);
		expect(readVerificationKeys(text)).toHaveLength(1);
		const { message } = expectCode('KEY_TOO_LONG', () => readVerificationKeys(`${text} `));
		expect(message).toContain('256 kB');
	});

	const base64 = (text: string): string => text.replace(/-----.*-----/g, '');
	const ofUnknownKind = Buffer.from(spki);
	// The last octet of the algorithm's name.
	ofUnknownKind[16] = 0x7f;
	const PRIVATE = /^A private key was found where a public key is expected/;
	const NO_SECRET = /a private key does not belong in a workflow/;
	const PUBLIC = /^Paste a public key or a certificate as PEM, or a JWK/;
	const REQUEST = /^A certificate signing request was found where a public key is expected/;

	it.each<[JwtAuthErrorCode, string, string, RegExp, RegExp]>([
		['KEY_MISSING', 'nothing', ' "" ', /^No public key/, /public key, the certificate or the JWK/],
		['KEY_IS_PRIVATE', 'a private key', pem(rsa, 'pkcs8'), PRIVATE, NO_SECRET],
		['KEY_IS_PRIVATE', 'Base64 of one', base64(pem(rsa, 'pkcs8')), PRIVATE, NO_SECRET],
		[
			'KEY_IS_PRIVATE',
			'one behind a public',
			publicPem(rsa) + pem(ec, 'pkcs8'),
			PRIVATE,
			NO_SECRET,
		],
		['KEY_IS_PRIVATE', 'a private JWK', JSON.stringify(jwk(ec)), /^A private JWK/, NO_SECRET],
		[
			'KEY_IS_PRIVATE',
			'an OpenSSH key',
			'-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEA\n-----END OPENSSH PRIVATE KEY-----',
			/^An OpenSSH private key was found where a public key/,
			NO_SECRET,
		],
		[
			'KEY_IS_PRIVATE',
			'Base64 of an OpenSSH key',
			Buffer.from(`openssh-key-v1\0${'\0'.repeat(60)}`).toString('base64'),
			/^An OpenSSH private key was found where a public key/,
			NO_SECRET,
		],
		[
			'KEY_IS_PRIVATE',
			'an SSH2 key',
			'---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\nP2/56wAA\n---- END SSH2 ENCRYPTED PRIVATE KEY ----',
			/^An SSH2 private key/,
			NO_SECRET,
		],
		[
			'KEY_WRONG_TYPE',
			'a secret as a JWK',
			JSON.stringify({ kty: 'oct', k: 'AAAA' }),
			/^A JWK with a shared secret/,
			/Choose Shared Secret as the key source/,
		],
		[
			'KEY_IS_PATH',
			'an address',
			'https://example.com/jwks.json',
			/^A web address was found/,
			/Choose JWKS URL/,
		],
		['KEY_IS_PATH', 'a path', './public.pem', /^The name of a file/, /Open the file/],
		[
			'KEY_IS_TOKEN',
			'a token',
			'eyJhbGciOiJub25lIn0.e30.x',
			/^A finished JWT was found/,
			/the token has its own field/,
		],
		[
			'KEY_UNSUPPORTED',
			'an SSH public key',
			'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQC7 me@here',
			/^An SSH public key was found/,
			/ssh-keygen -e -m PKCS8/,
		],
		['KEY_MALFORMED', 'a request', request, REQUEST, PUBLIC],
		['KEY_MALFORMED', 'Base64 of a request', base64(request), REQUEST, PUBLIC],
		[
			'KEY_MALFORMED',
			'a public key of an unknown kind',
			ofUnknownKind.toString('base64'),
			/not a public key/,
			/Paste the whole key/,
		],
		[
			'KEY_MALFORMED',
			'Base64 of text',
			Buffer.from('no key').toString('base64'),
			/neither PEM nor a JWK nor Base64 of a key was found where a public key is expected/,
			/choose Shared Secret/,
		],
	])('%s for %s', (code, _what, text, message, hint) => {
		const error = expectCode(code, () => readVerificationKeys(text));
		expect(error.message).toMatch(message);
		expect(error.hint).toMatch(hint);
	});
});

it.each(['a shared secret', 'a shared secret!', Buffer.alloc(32, 7).toString('base64')])(
	'a secret in place of a public key points at the Key Source for it (%#)',
	(text) => {
		const { hint } = expectCode('KEY_MALFORMED', () => readVerificationKeys(text));
		expect(hint).toContain('choose Shared Secret as the Key Source');
	},
);

describe('importPublicJwkSet', () => {
	it('passes over what cannot verify, and says why where nothing is left', () => {
		const unusable = [{ kty: 'oct', k: 'AAAA' }, 7, { ...publicJwk(), use: 'enc' }];
		expect(importPublicJwkSet([...unusable, publicJwk()])).toHaveLength(1);
		expectCode('KEY_WRONG_TYPE', () => importPublicJwkSet(unusable));
		for (const empty of [[], [7, 'text', null]]) {
			const { message, hint } = expectCode('KEY_NOT_IN_SET', () => importPublicJwkSet(empty));
			expect(message).toContain('has no keys');
			expect(hint).toContain('Paste a public key');
		}
	});

	it('looks at 100 keys, and no more', () => {
		const others = Array.from({ length: 99 }, () => ({ kty: 'oct', k: 'AAAA' }));
		expect(importPublicJwkSet([...others, publicJwk()])).toHaveLength(1);
		expectCode('KEY_WRONG_TYPE', () => importPublicJwkSet([...others, others[0], publicJwk()]));
	});

	it('keeps the order of the keys', () => {
		const keys = importPublicJwkSet([publicJwk(ec), publicJwk(rsa)]);
		expect(keys.map(({ key }) => key.asymmetricKeyType)).toEqual(['ec', 'rsa']);
	});
});
