import { generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import type { JwtAuthErrorCode } from '../../../core/errors';
import type { SigningKeySettings } from '../../../core/keys/types';
import {
	certificate,
	coinbaseEd25519,
	ec,
	ed25519,
	FAMILIES,
	jwk,
	openssl,
	PASSPHRASE,
	pem,
	publicPem,
	rsa,
} from './keyFixtures';

/** An input that is refused. */
export type WrongKey = [
	name: string,
	settings: SigningKeySettings,
	code: JwtAuthErrorCode,
	/** What the message has to name. */
	names: RegExp,
];

const json = (value: unknown): string => JSON.stringify(value);
const armour = (label: string, body: Buffer): string =>
	`-----BEGIN ${label}-----\n${body.toString('base64')}\n-----END ${label}-----\n`;
const derOf = (text: string): Buffer => Buffer.from(text.replace(/-----.*-----/g, ''), 'base64');
const patched = (text: string, from: string, to: string): string => {
	const hex = derOf(text).toString('hex');
	if (!hex.includes(from)) throw new Error(`${from} is not in the key`);
	return armour('ENCRYPTED PRIVATE KEY', Buffer.from(hex.replace(from, to), 'hex'));
};
const pkcs8 = pem(rsa, 'pkcs8');
const encryptedPem = pem(rsa, 'pkcs8', 'aes-256-cbc');
const ecJwk = jwk(ec);
const rsaJwk = jwk(rsa);
const publicOf = ({ kty, crv, x, y }: Record<string, unknown>) => ({ kty, crv, x, y });
const rsaPublicPkcs1 = generateKeyPairSync('rsa', {
	modulusLength: 2048,
	publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
	privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
}).publicKey;
const csr = openssl(rsa, 'req', '-new', '-key', 'key.pem', '-subj', '/CN=test');
const rsaCertificate = certificate(rsa);
const openssh = armour(
	'OPENSSH PRIVATE KEY',
	Buffer.concat([
		Buffer.from('openssh-key-v1\0'),
		Buffer.from('\0\0\0\x0aaes256-ctr\0\0\0\x06bcrypt', 'latin1'),
		randomBytes(200),
	]),
);
const sshBlob = Buffer.concat([Buffer.from('000000077373682d727361', 'hex'), randomBytes(260)]);
const encrypt = (...args: string[]): string =>
	openssl(ec, 'pkcs8', '-topk8', '-in', 'key.pem', '-passout', 'pass:x', ...args);
const legacyDes = openssl(
	rsa,
	...['rsa', '-provider', 'default', '-provider', 'legacy', '-traditional', '-in', 'key.pem'],
	...['-des', '-passout', `pass:${PASSPHRASE}`],
);
const manyIterations = () => patched(encrypt('-iter', '70000'), '0203011170', '02037fffff');
const muchScrypt = () => patched(encrypt('-scrypt'), '020108020101', '02010802017f');
const keyPem = (type: 'x25519' | 'x448' | 'ed448'): string =>
	pem(generateKeyPairSync(type as 'ed448').privateKey, 'pkcs8');
const pss = (hashAlgorithm?: string): string =>
	pem(
		generateKeyPairSync('rsa-pss', {
			modulusLength: 2048,
			...(hashAlgorithm ? { hashAlgorithm, mgf1HashAlgorithm: hashAlgorithm } : {}),
		}).privateKey,
		'pkcs8',
	);
const ecFamily = (name: string): string => {
	const family = FAMILIES[name];
	if (!family) throw new Error(name);
	return pem(family.privateKey, 'pkcs8');
};
const wrongHalf = coinbaseEd25519(ed25519);
wrongHalf[40] = (wrongHalf[40] ?? 0) ^ 1;
const damagedRsa = derOf(pem(rsa, 'pkcs1'));
damagedRsa[100] = (damagedRsa[100] ?? 0) ^ 1;
// PFX, RFC 7292 §4: version 3 and the content, here without anything in it.
const pkcs12 = Buffer.from(
	`3049020103${'3044'}06092a864886f70d010701a0370435${'00'.repeat(53)}`,
	'hex',
);
const token = `eyJhbGciOiJIUzI1NiJ9.${Buffer.from('{"sub":"1"}').toString('base64url')}.${randomBytes(32).toString('base64url')}`;

// @types/node leaves Diffie-Hellman out.
const generate = generateKeyPairSync as unknown as (
	type: string,
	options: object,
) => { privateKey: KeyObject };
const diffieHellman = generate('dh', { group: 'modp14' }).privateKey;

const rs = (key: string, passphrase?: string): SigningKeySettings => ({
	algorithm: 'RS256',
	key,
	passphrase,
});
const es = (key: string): SigningKeySettings => ({ algorithm: 'ES256', key });
const ed = (key: string): SigningKeySettings => ({ algorithm: 'EdDSA', key });
const hs = (key: string, more: Partial<SigningKeySettings> = {}): SigningKeySettings => ({
	algorithm: 'HS256',
	key,
	...more,
});

// prettier-ignore
export const WRONG_KEYS: WrongKey[] = [
	['nothing', rs(''), 'KEY_MISSING', /No key/],
	['blanks and a byte order mark', rs(' \n\uFEFF\t'), 'KEY_MISSING', /No key/],
	['only quotes', hs('""', { secretEncoding: 'hex' }), 'KEY_MISSING', /empty/],
	['70,000 characters', rs(`${pkcs8}${'A'.repeat(70_000)}`), 'KEY_TOO_LONG', /65,536/],
	['a binary file', rs('0\u0082\u0004\0\0'), 'KEY_MALFORMED', /NUL/],
	['an unknown algorithm', { algorithm: 'RS1', key: pkcs8 }, 'ALGORITHM_UNSUPPORTED', /RS1/],
	['a public key', rs(publicPem(rsa)), 'KEY_IS_PUBLIC', /public key/],
	['a PKCS#1 public key', rs(rsaPublicPkcs1), 'KEY_IS_PUBLIC', /public key/],
	['a public key as Base64 DER', rs(derOf(publicPem(rsa)).toString('base64')), 'KEY_IS_PUBLIC', /public key/],
	['a public key called private', rs(publicPem(rsa).replace(/PUBLIC/g, 'PRIVATE')), 'KEY_IS_PUBLIC', /public key/],
	['an ssh-rsa line', rs(`ssh-rsa ${sshBlob.toString('base64')} me@host`), 'KEY_IS_PUBLIC', /SSH public key/],
	['an ssh-rsa blob', rs(sshBlob.toString('base64')), 'KEY_IS_PUBLIC', /SSH public key/],
	['an SSH2 public key', rs('---- BEGIN SSH2 PUBLIC KEY ----\nAAAA\n---- END SSH2 PUBLIC KEY ----'), 'KEY_IS_PUBLIC', /public key/],
	['a public JWK', es(json(publicOf(ecJwk))), 'KEY_IS_PUBLIC', /public JWK/],
	['a certificate', rs(rsaCertificate), 'KEY_IS_CERTIFICATE', /certificate/],
	['a certificate as Base64 DER', rs(derOf(rsaCertificate).toString('base64')), 'KEY_IS_CERTIFICATE', /certificate/],
	['a certificate request', rs(csr), 'KEY_IS_CSR', /signing request/],
	['a certificate request as Base64 DER', rs(derOf(csr).toString('base64')), 'KEY_IS_CSR', /signing request/],
	['an OpenSSH key', rs(openssh), 'KEY_OPENSSH', /OpenSSH/],
	['an OpenSSH key without armour', rs(derOf(openssh).toString('base64')), 'KEY_OPENSSH', /OpenSSH/],
	['a PGP key', rs('-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nlQOY\n-----END PGP PRIVATE KEY BLOCK-----'), 'KEY_PGP', /PGP/],
	['a PuTTY key', rs('PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none\n'), 'KEY_PUTTY', /PuTTY/],
	['a Java key store', rs(`/u3+7QAA${randomBytes(60).toString('base64')}`), 'KEY_KEYSTORE', /Java key store/],
	['a PKCS#12 file', rs(pkcs12.toString('base64')), 'KEY_KEYSTORE', /PKCS#12/],
	['a JWT', rs(token), 'KEY_IS_TOKEN', /finished JWT/],
	['a JWT with Bearer as secret', hs(`Bearer ${token}`), 'KEY_IS_TOKEN', /finished JWT/],
	['a path', rs('/home/me/keys/private.pem'), 'KEY_IS_PATH', /name of a file/],
	['a Windows path', rs('C:\\new\\rsa.key'), 'KEY_IS_PATH', /name of a file/],
	['a path from where n8n runs', rs('keys/private.pem'), 'KEY_IS_PATH', /name of a file/],
	['a file name', rs('my key (2).p8'), 'KEY_IS_PATH', /name of a file/],
	['a path as secret', hs('/run/keys/jwt.key', { allowShortSecret: true }), 'KEY_IS_PATH', /name of a file/],
	['a JWKS address', rs('https://example.com/.well-known/jwks.json'), 'KEY_IS_PATH', /web address/],
	['an RSA key for ES256', es(pkcs8), 'KEY_WRONG_TYPE', /An RSA key .* ES256 wants an EC private key on P-256/],
	['an EC key for RS256', rs(pem(ec, 'sec1')), 'KEY_WRONG_TYPE', /An EC key on P-256 .* RS256 wants an RSA/],
	['an RSA key for EdDSA', ed(pkcs8), 'KEY_WRONG_TYPE', /An RSA key .* Ed25519/],
	['an Ed25519 key for ES256', es(pem(ed25519, 'pkcs8')), 'KEY_WRONG_TYPE', /An Ed25519 key/],
	['a Coinbase Ed25519 key for ES256', es(coinbaseEd25519(ed25519).toString('base64')), 'KEY_WRONG_TYPE', /64 bytes, as secrets and Ed25519/],
	['an RSA JWK for ES256', es(json(rsaJwk)), 'KEY_WRONG_TYPE', /JWK of kty "RSA"/],
	['an oct JWK for RS256', rs(json({ kty: 'oct', k: 'AAAA' })), 'KEY_WRONG_TYPE', /shared secret/],
	['P-384 for ES256', es(ecFamily('EC P-384')), 'KEY_WRONG_CURVE', /P-384 .* P-256/],
	['secp256k1 for ES256', es(ecFamily('EC secp256k1')), 'KEY_WRONG_CURVE', /secp256k1 .* P-256/],
	['an EC key on a curve of no algorithm', es(pem(generateKeyPairSync('ec', { namedCurve: 'secp224r1' }).privateKey, 'sec1')), 'KEY_WRONG_CURVE', /another curve/],
	['a P-521 JWK for ES256', es(json(jwk(FAMILIES['EC P-521']?.privateKey ?? ec))), 'KEY_WRONG_CURVE', /P-521/],
	['X25519', ed(keyPem('x25519')), 'KEY_UNSUPPORTED', /X25519/],
	['X448', rs(keyPem('x448')), 'KEY_UNSUPPORTED', /X448/],
	['Ed448', ed(keyPem('ed448')), 'KEY_UNSUPPORTED', /Ed448/],
	['DSA', rs(pem(generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 }).privateKey, 'pkcs8')), 'KEY_UNSUPPORTED', /DSA/],
	['DSA in its own PEM', rs('-----BEGIN DSA PRIVATE KEY-----\nMII=\n-----END DSA PRIVATE KEY-----'), 'KEY_UNSUPPORTED', /DSA/],
	['Diffie-Hellman', rs(pem(diffieHellman, 'pkcs8')), 'KEY_UNSUPPORTED', /Diffie-Hellman/],
	['an RSA-PSS key for RS256', rs(pss()), 'KEY_WRONG_TYPE', /RSA-PSS/],
	['an RSA-PSS key of another hash', { algorithm: 'PS512', key: pss('sha256') }, 'KEY_WRONG_TYPE', /another hash/],
	['RSA 1024', rs(pem(generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey, 'pkcs1')), 'KEY_TOO_SHORT', /1024 bits .* 2048/],
	['an encrypted key without passphrase', rs(encryptedPem), 'KEY_PASSPHRASE', /no passphrase/],
	['an encrypted key, wrong passphrase', rs(encryptedPem, 'wrong'), 'KEY_PASSPHRASE', /does not open/],
	['legacy encryption, wrong passphrase', rs(pem(rsa, 'pkcs1', 'aes-128-cbc'), 'wrong'), 'KEY_PASSPHRASE', /does not open/],
	['legacy encryption without passphrase', rs(pem(rsa, 'pkcs1', 'aes-128-cbc')), 'KEY_PASSPHRASE', /no passphrase/],
	['legacy encryption with DES', rs(legacyDes, PASSPHRASE), 'KEY_ENCRYPTED_UNSUPPORTED', /DES or RC2/],
	['eight million iterations', { ...es(manyIterations()), passphrase: 'x' }, 'KEY_ENCRYPTED_UNSUPPORTED', /5,000,000/],
	['scrypt that takes minutes', { ...es(muchScrypt()), passphrase: 'x' }, 'KEY_ENCRYPTED_UNSUPPORTED', /scrypt/],
	['the first line alone', rs('-----BEGIN PRIVATE KEY-----'), 'KEY_TRUNCATED', /Only an armour line/],
	['the first lines', rs(pkcs8.split('\n').slice(0, 9).join('\n')), 'KEY_TRUNCATED', /cut off: \d+ of its \d+ bytes/],
	['a PEM with a line missing', rs(pkcs8.split('\n').filter((_, index) => index !== 8).join('\n')), 'KEY_TRUNCATED', /cut off/],
	['Base64 DER cut off', rs(derOf(pkcs8).subarray(0, 600).toString('base64')), 'KEY_TRUNCATED', /600 of/],
	['EC PARAMETERS alone', es('-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----'), 'KEY_TRUNCATED', /EC PARAMETERS/],
	['BEGIN and END that differ', rs(pkcs8.replace('END PRIVATE', 'END RSA PRIVATE')), 'KEY_ARMOR_MISMATCH', /BEGIN line and the END line/],
	['two private keys', rs(pkcs8 + pem(rsa, 'pkcs1')), 'KEY_AMBIGUOUS', /2 private keys/],
	['a masked key', rs('-----BEGIN PRIVATE KEY-----\n********\n-----END PRIVATE KEY-----'), 'KEY_MALFORMED', /masked/],
	['other characters in the body', rs(pkcs8.replace(/\n(.{10})/, '\n$1ä')), 'KEY_MALFORMED', /not Base64/],
	['plain words', rs('my secret key'), 'KEY_MALFORMED', /neither PEM nor a JWK/],
	['a damaged modulus', rs(armour('RSA PRIVATE KEY', damagedRsa)), 'KEY_MALFORMED', /belong together/],
	['two halves of an Ed25519 key', ed(wrongHalf.toString('base64')), 'KEY_MALFORMED', /second half/],
	['a JWK of two keys', es(json({ ...ecJwk, d: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }).d, })), 'KEY_MALFORMED', /belong together/],
	['an Ed25519 JWK of two keys', ed(json({ ...jwk(ed25519), x: jwk(generateKeyPairSync('ed25519').privateKey).x })), 'KEY_MALFORMED', /do not make a key/],
	['an EC JWK without its public half', es(json({ ...ecJwk, x: undefined, y: undefined })), 'KEY_MALFORMED', /has no "x" and "y"/],
	['an Ed25519 JWK without its public half', ed(json({ ...jwk(ed25519), x: undefined })), 'KEY_MALFORMED', /has no "x", without/],
	['a JWK without kty value', rs(json({ kty: 'DSA' })), 'KEY_MALFORMED', /"kty"/],
	['JSON cut off', rs(json(rsaJwk).slice(0, -30)), 'KEY_MALFORMED', /not valid JSON/],
	['JSON without a key', rs(json({ client_id: 'x', client_secret: 'y' })), 'KEY_JSON_UNKNOWN', /JSON without a key/],
	['a JSON array', rs('[1,2]'), 'KEY_JSON_UNKNOWN', /JSON array/],
	['a JWK for another algorithm', { algorithm: 'RS512', key: json({ ...rsaJwk, alg: 'RS256' }) }, 'KEY_ALGORITHM_MISMATCH', /"RS256" \("alg"\), not for RS512/],
	['a JWK for encryption', rs(json({ ...rsaJwk, use: 'enc' })), 'KEY_ALGORITHM_MISMATCH', /"enc" \("use"\)/],
	['a JWK to verify with', rs(json({ ...rsaJwk, key_ops: ['verify'] })), 'KEY_ALGORITHM_MISMATCH', /"key_ops"/],
	['an empty JWK Set', rs('{"keys":[]}'), 'KEY_NOT_IN_SET', /no keys/],
	['a JWK Set without a usable key', rs(json({ keys: [publicOf(ecJwk), ecJwk] })), 'KEY_NOT_IN_SET', /None of the 2 keys/],
	['a JWK Set of one public key', es(json({ keys: [publicOf(ecJwk)] })), 'KEY_IS_PUBLIC', /public JWK/],
	['a JWK Set with two usable keys', rs(json({ keys: [rsaJwk, { ...rsaJwk, kid: 'b' }] })), 'KEY_AMBIGUOUS', /2 keys/],
	['a private key as secret', hs(pkcs8), 'SECRET_IS_KEY', /A private key .* HS256 wants a shared secret/],
	['a private key in one line as secret', hs(pkcs8.replace(/\n/g, '\\n')), 'SECRET_IS_KEY', /A private key/],
	['a private key in Base64 as secret', hs(Buffer.from(pkcs8).toString('base64'), { secretEncoding: 'base64' }), 'SECRET_IS_KEY', /A private key/],
	['DER in Base64 as secret', hs(derOf(pkcs8).toString('base64')), 'SECRET_IS_KEY', /A private key/],
	['a public key as secret', hs(publicPem(rsa)), 'SECRET_IS_KEY', /A public key/],
	['a certificate as secret', hs(rsaCertificate), 'SECRET_IS_KEY', /A certificate/],
	['an ssh-rsa line as secret', hs(`ssh-rsa ${sshBlob.toString('base64')}`), 'SECRET_IS_KEY', /An SSH public key/],
	['a Google file as secret', hs(json({ private_key: pkcs8 })), 'SECRET_IS_KEY', /private key file/],
	['an RSA JWK as secret', hs(json(rsaJwk)), 'SECRET_IS_KEY', /kty "RSA"/],
	['JSON as secret', hs('{"clientSecret":"x"}'), 'KEY_JSON_UNKNOWN', /JSON without a key/],
	['a short secret', hs('much too short'), 'KEY_TOO_SHORT', /14 bytes; HS256 wants 32/],
	['a short secret for HS512', { algorithm: 'HS512', key: 'x'.repeat(63) }, 'KEY_TOO_SHORT', /63 bytes; HS512 wants 64/],
	['a short oct JWK', hs(json({ kty: 'oct', k: 'AAAA' })), 'KEY_TOO_SHORT', /3 bytes/],
	['hex with other digits', hs('xyz0'.repeat(16), { secretEncoding: 'hex' }), 'SECRET_ENCODING', /hexadecimal/],
	['hex with an odd digit', hs('abc'.repeat(21), { secretEncoding: 'hex' }), 'SECRET_ENCODING', /missing or too many/],
	['Base64URL as Base64', hs(`${'ab-_'.repeat(11)}`, { secretEncoding: 'base64' }), 'SECRET_ENCODING', /only Base64URL/],
	['Base64 as Base64URL', hs(`${'ab+/'.repeat(11)}`, { secretEncoding: 'base64url' }), 'SECRET_ENCODING', /only Base64 has/],
	['Base64 with a character too many', hs(`${'abcd'.repeat(11)}e`, { secretEncoding: 'base64' }), 'SECRET_ENCODING', /missing or too many/],
];
