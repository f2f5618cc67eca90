import { X509Certificate } from 'node:crypto';
import { createServer, request as connect } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import {
	clientCertificateDigest,
	tlsIdentity,
	type ClientCertificateSettings,
} from '../../../core/keys/clientCertificate';
import type { JwtAuthErrorCode } from '../../../core/errors';
import { CA, issue, type Issued } from '../support/certificateChains';
import { expectCode } from '../support/expectCode';
import { ed25519, jwk, PASSPHRASE, pem, rsa } from '../support/keyFixtures';

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

const subjects = (chain = ''): string[] =>
	chain
		.split(/(?<=-----END CERTIFICATE-----\n)/)
		.map((one) => new X509Certificate(one).subject.replace('CN=', ''));

describe('a client certificate', () => {
	it('is sent with those of its issuers, its own first, whatever their order was', () => {
		const certificate = [root, client, intermediate].map((one) => one.certificate).join('');
		const identity = tlsIdentity(settingsOf(client, { certificate }), now);
		expect(subjects(identity?.cert)).toEqual(['client', 'Between', 'Root']);
		expect(identity?.key).toBe(pem(client.key, 'pkcs8'));
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
	])('may have a key of %s', (_kind, key) => {
		expect(tlsIdentity(settingsOf(issue({ key })), now)?.key).toBe(pem(key, 'pkcs8'));
	});

	it('opens a server that asks for it', async () => {
		const server = createServer(
			{
				key: pem(root.key, 'pkcs8'),
				cert: root.certificate,
				ca: root.certificate,
				requestCert: true,
				rejectUnauthorized: true,
			},
			(request, response) => {
				response.end((request.socket as TLSSocket).getPeerX509Certificate()?.subject);
			},
		);
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const { port } = server.address() as AddressInfo;
		const certificate = client.certificate + intermediate.certificate;
		const identity = tlsIdentity(settingsOf(client, { certificate }), now);
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
		expect(seen).toBe('CN=client');
	});

	it('is none where nothing is given', () => {
		expect(tlsIdentity(undefined, now)).toBeUndefined();
	});

	it.each<[string, Partial<ClientCertificateSettings>, JwtAuthErrorCode, RegExp]>([
		[
			'of another key',
			{ key: pem(root.key, 'pkcs8') },
			'CERTIFICATE_MISMATCH',
			/^Client Certificate belongs to another private key than Client Certificate Key\.$/,
		],
		[
			'with a key of another kind',
			{ key: pem(rsa, 'pkcs8') },
			'CERTIFICATE_MISMATCH',
			/^Client Certificate belongs/,
		],
		['without key', { key: '  ' }, 'KEY_MISSING', /^Client Certificate has no key\.$/],
		[
			'that is cut off',
			{ certificate: client.certificate.slice(0, 200) + '\n-----END CERTIFICATE-----' },
			'CERTIFICATE_MALFORMED',
			/^Client Certificate: The certificate is cut off/,
		],
		[
			'that is a thumbprint',
			{ certificate: 'a9993e364706816aba3e25717850c26c9cd0d89d' },
			'CERTIFICATE_MALFORMED',
			/^Client Certificate: The thumbprint/,
		],
		[
			'whose key has another passphrase',
			{ key: pem(client.key, 'pkcs8', 'aes-256-cbc'), passphrase: 'wrong' },
			'KEY_PASSPHRASE',
			/^Client Certificate Key: The passphrase does not open/,
		],
		['whose key is far too long', { key: 'x'.repeat(70_000) }, 'KEY_TOO_LONG', /far too long/],
	])('%s is refused in the words of its fields', (_what, more, code, message) => {
		const error = expectCode(code, () => tlsIdentity(settingsOf(client, more), now));
		expect(error.message).toMatch(message);
		expect(error.hint).not.toMatch(/Key and Certificate|Algorithm/);
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
