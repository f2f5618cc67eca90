import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { createServer, request as connect } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import {
	clientCertificateDigest,
	clientCertificateEnd,
	tlsIdentity,
	type ClientCertificateSettings,
} from '../../../core/keys/clientCertificate';
import { importSigningKey } from '../../../core/keys/importSigningKey';
import { selfSignedCertificate } from '../../../core/keys/selfSigned';
import type { JwtAuthErrorCode } from '../../../core/errors';
import { CA, issue, type Issued } from '../support/certificateChains';
import { expectCode } from '../support/expectCode';
import { ed25519, jwk, p384, PASSPHRASE, pem, rsa } from '../support/keyFixtures';

const root = issue({ subject: '/CN=Root', extensions: CA });
const intermediate = issue({ subject: '/CN=Between', issuer: root, extensions: CA });
const client = issue({ subject: '/CN=client', issuer: intermediate });
const now = new Date();

const settingsOf = (
	{ certificate, key }: Issued,
	more: Partial<ClientCertificateSettings> = {},
): ClientCertificateSettings => ({
	certificate,
	key: pem(key, 'pkcs8'),
	passphrase: '',
	...more,
});

describe('a client certificate', () => {
	it('is sent with those of its issuers, its own first, whatever their order was', () => {
		const joined = (...chain: Issued[]) => chain.map(({ certificate }) => certificate).join('');
		const certificate = joined(root, client, intermediate);
		expect(tlsIdentity(settingsOf(client, { certificate }), now)).toEqual({
			cert: joined(client, intermediate, root),
			key: pem(client.key, 'pkcs8'),
		});
	});

	it.each([
		['encrypted', pem(client.key, 'pkcs8', 'aes-256-cbc'), PASSPHRASE],
		['SEC1', pem(client.key, 'sec1'), ''],
		['without its line breaks', pem(client.key, 'pkcs8').replace(/\n/g, ' '), ''],
		['JWK', JSON.stringify(jwk(client.key)), ''],
		['beside the certificate', client.certificate + pem(client.key, 'pkcs8'), ''],
	])('takes its key %s', (_form, key, passphrase) => {
		const identity = tlsIdentity(settingsOf(client, { key, passphrase }), now);
		expect(identity?.key).toBe(pem(client.key, 'pkcs8'));
	});

	it.each([
		['RSA', rsa],
		['Ed25519', ed25519],
		['P-384', p384],
	])('may have a key of %s, also as a JWK', (_kind, key) => {
		for (const text of [pem(key, 'pkcs8'), JSON.stringify(jwk(key))]) {
			const settings = settingsOf(issue({ key }), { key: text });
			expect(tlsIdentity(settings, now)?.key).toBe(pem(key, 'pkcs8'));
		}
	});

	it.each([
		['Ed448', generateKeyPairSync('ed448').privateKey],
		['P-224', generateKeyPairSync('ec', { namedCurve: 'P-224' }).privateKey],
	])('may have a key that no token is signed with: %s', (_kind, key) => {
		expect(tlsIdentity(settingsOf(issue({ key })), now)?.key).toBe(pem(key, 'pkcs8'));
	});

	const pss = generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).privateKey;
	const pssClient = issue({ subject: '/CN=PSS', key: pss, issuer: intermediate });
	const { certificate: plainCertificate } = selfSignedCertificate(
		importSigningKey({ algorithm: 'PS256', key: pem(pss, 'pkcs8') }).key,
		{ commonName: 'plain', organization: '', organizationalUnit: '', country: '' },
		1,
		now,
	);

	it.each<[string, Issued, string[]]>([
		['on P-256', client, []],
		['of RSA-PSS', pssClient, []],
		[
			'of RSA-PSS that was certified as plain RSA',
			{ key: pss, certificate: plainCertificate },
			[plainCertificate],
		],
	])('with a key %s opens a server that asks for it', async (_kind, issued, trusted) => {
		const server = createServer(
			{
				key: pem(root.key, 'pkcs8'),
				cert: root.certificate,
				ca: [root.certificate, ...trusted],
				requestCert: true,
				rejectUnauthorized: true,
			},
			(request, response) => {
				response.end((request.socket as TLSSocket).getPeerX509Certificate()?.subject);
			},
		);
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const { port } = server.address() as AddressInfo;
		const certificate = issued.certificate + intermediate.certificate;
		const identity = tlsIdentity(settingsOf(issued, { certificate }), now);
		const seen = await new Promise<string>((resolve, reject) => {
			const options = { host: '127.0.0.1', port, rejectUnauthorized: false, agent: false };
			connect({ ...options, ...identity }, (answer) => {
				answer.on('data', (chunk) => resolve(String(chunk)));
			})
				.on('error', reject)
				.end();
		});
		server.closeAllConnections();
		server.close();
		expect(seen).toBe(new X509Certificate(issued.certificate).subject);
	});

	it('is none where nothing is given', () => {
		expect(tlsIdentity(undefined, now)).toBeUndefined();
	});

	const IN_FIELD = /^Paste it whole into Client Certificate \(Advanced Options/;
	const IN_KEY_FIELD = /^Paste it whole into Client Certificate Key \(Advanced Options/;
	const short = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;

	it.each<[string, Partial<ClientCertificateSettings>, JwtAuthErrorCode, RegExp, RegExp]>([
		[
			'of another key',
			{ key: pem(root.key, 'pkcs8') },
			'CERTIFICATE_MISMATCH',
			/^Client Certificate belongs to another private key than Client Certificate Key\.$/,
			/issued for this key, and nothing but its chain/,
		],
		[
			'with a key of another kind',
			{ key: pem(rsa, 'pkcs8') },
			'CERTIFICATE_MISMATCH',
			/^Client Certificate belongs/,
			/issued for this key/,
		],
		[
			'without key',
			{ key: '  ' },
			'KEY_MISSING',
			/^Client Certificate has no key\.$/,
			/Paste its private key into Client Certificate Key/,
		],
		[
			'that is cut off',
			{ certificate: client.certificate.slice(0, 200) + '\n-----END CERTIFICATE-----' },
			'CERTIFICATE_MALFORMED',
			/^Client Certificate: The certificate is cut off/,
			IN_FIELD,
		],
		[
			'that is a thumbprint',
			{ certificate: 'a9993e364706816aba3e25717850c26c9cd0d89d' },
			'CERTIFICATE_MALFORMED',
			/^Client Certificate: The thumbprint/,
			IN_FIELD,
		],
		[
			'whose key has another passphrase',
			{ key: pem(client.key, 'pkcs8', 'aes-256-cbc'), passphrase: 'wrong' },
			'KEY_PASSPHRASE',
			/^Client Certificate Key: The passphrase does not open/,
			/^Check Client Key Passphrase \(Advanced Options/,
		],
		[
			'with two keys',
			{ key: pem(client.key, 'pkcs8') + pem(root.key, 'pkcs8') },
			'KEY_AMBIGUOUS',
			/^Client Certificate Key: /,
			/^Paste the key of the certificate alone\.$/,
		],
		[
			'whose key is no key, on the same curve as the certificate',
			{ key: 'no key' },
			'KEY_MALFORMED',
			/^Client Certificate Key: .* where ES256 wants an EC private key on P-256/,
			IN_KEY_FIELD,
		],
		[
			'whose key is too weak',
			{ key: pem(short, 'pkcs8') },
			'KEY_TOO_SHORT',
			/^Client Certificate Key: An RSA key of 1024 bits/,
			IN_KEY_FIELD,
		],
		[
			'whose key is far too long',
			{ key: 'x'.repeat(70_000) },
			'KEY_TOO_LONG',
			/far too long/,
			IN_KEY_FIELD,
		],
		[
			'whose passphrase is far too long',
			{ passphrase: 'x'.repeat(65_537) },
			'KEY_TOO_LONG',
			/far too long/,
			IN_KEY_FIELD,
		],
	])('%s is refused in the words of its fields', (_what, more, code, message, hint) => {
		const error = expectCode(code, () => tlsIdentity(settingsOf(client, more), now));
		expect(error.message).toMatch(message);
		expect(error.hint).toMatch(hint);
		expect(error.hint).not.toMatch(/Key and Certificate|Algorithm/);
	});

	it('may have a key of up to 65,536 characters', () => {
		const key = pem(client.key, 'pkcs8').padEnd(65_536);
		expect(tlsIdentity(settingsOf(client, { key }), now)).toBeDefined();
		expectCode('KEY_TOO_LONG', () => tlsIdentity(settingsOf(client, { key: `${key} ` }), now));
	});

	it('ends with the certificate of its key, not with those of its issuers', () => {
		const brief = issue({ subject: '/CN=brief', issuer: intermediate, days: 2 });
		const certificate = intermediate.certificate + brief.certificate;
		const settings = settingsOf(brief, { certificate });
		const end = clientCertificateEnd(settings);
		expect(end).toEqual(new Date(new X509Certificate(brief.certificate).validTo));
		expect(tlsIdentity(settings, new Date(end.getTime() - 1))).toBeDefined();
		expectCode('CERTIFICATE_EXPIRED', () => tlsIdentity(settings, end));
	});

	it('that has expired is refused with the day, also once it was read', () => {
		const settings = settingsOf(issue({ days: 1 }));
		expect(tlsIdentity(settings, now)).toBeDefined();
		const later = new Date(now.getTime() + 2 * 86_400_000);
		const error = expectCode('CERTIFICATE_EXPIRED', () => tlsIdentity(settings, later));
		expect(error.message).toMatch(/^The client certificate expired on 20\d\d-.*Z\.$/);
	});

	it('has a digest that every part of it changes', () => {
		const one = settingsOf(client);
		const digests = [
			one,
			{ ...one, certificate: 'x' },
			{ ...one, key: 'x' },
			{ ...one, passphrase: 'x' },
		];
		expect(new Set(digests.map(clientCertificateDigest)).size).toBe(4);
	});
});
