import { createPublicKey } from 'node:crypto';
import { importPublicJwkSet, readVerificationKeys } from '../../../core/keys/readVerificationKeys';
import { expectCode } from '../support/expectCode';
import { certificate, ec, jwk, openssl, pem, publicPem, rsa } from '../support/keyFixtures';

const publicJwk = (key = rsa) => createPublicKey(key).export({ format: 'jwk' });
const spki = createPublicKey(rsa).export({ format: 'der', type: 'spki' });

describe('readVerificationKeys', () => {
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

	it.each([
		['KEY_MISSING', ' "" '],
		['KEY_TOO_LONG', 'a'.repeat(262_145)],
		['KEY_IS_PRIVATE', pem(rsa, 'pkcs8')],
		['KEY_IS_PRIVATE', rsa.export({ format: 'der', type: 'pkcs8' }).toString('base64')],
		['KEY_IS_PRIVATE', publicPem(rsa) + pem(ec, 'pkcs8')],
		['KEY_IS_PRIVATE', JSON.stringify(jwk(ec))],
		['KEY_WRONG_TYPE', JSON.stringify({ kty: 'oct', k: 'AAAA' })],
		['KEY_IS_PATH', 'https://example.com/jwks.json'],
		['KEY_IS_TOKEN', 'eyJhbGciOiJub25lIn0.e30.x'],
		['KEY_UNSUPPORTED', 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQC7 me@here'],
		['KEY_MALFORMED', openssl(rsa, 'req', '-new', '-key', 'key.pem', '-subj', '/CN=t')],
		['KEY_MALFORMED', Buffer.from('no key').toString('base64')],
	] as const)('%s (%#)', (code, text) => {
		expectCode(code, () => readVerificationKeys(text));
	});
});

it.each(['a shared secret', Buffer.alloc(32, 7).toString('base64')])(
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
		expectCode('KEY_NOT_IN_SET', () => importPublicJwkSet([]));
	});
});
