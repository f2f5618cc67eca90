import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createTcpServer, type AddressInfo, type Server } from 'node:net';
import { get, createServer } from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { networkError } from '../../../core/exchange/exchangeErrors';
import { tlsFailure } from '../../../core/request/tlsFailure';

const folder = mkdtempSync(path.join(tmpdir(), 'tls-'));
afterAll(() => {
	rmSync(folder, { recursive: true });
});

/** A certificate made by OpenSSL, signed by itself. */
function certificate(name: string, ...more: string[]): { key: string; cert: string } {
	const [key, cert] = ['key', 'pem'].map((end) => path.join(folder, `${name}.${end}`));
	const made = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
	const files = ['-keyout', String(key), '-out', String(cert)];
	execFileSync('openssl', [...made, ...files, '-subj', `/CN=${name}`, ...more], { stdio: 'pipe' });
	return { key: readFileSync(String(key), 'utf8'), cert: readFileSync(String(cert), 'utf8') };
}

async function failureOf(server: Server, options: object = {}): Promise<unknown> {
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	try {
		return await new Promise((resolve) => {
			get({ host: '127.0.0.1', port, agent: false, ...options }, (response) => {
				response.destroy();
				resolve('no failure');
			}).on('error', resolve);
		});
	} finally {
		server.close();
	}
}

it('names a certificate of a private authority, and what n8n has to be told', async () => {
	const error = await failureOf(createServer(certificate('own.example')));
	expect(tlsFailure(error)).toEqual({
		what: expect.stringContaining('signed itself or that a private authority signed'),
		hint: expect.stringContaining('NODE_EXTRA_CA_CERTS'),
	});
	expect(networkError(error, 'id.example', 30)).toMatchObject({
		code: 'EXCHANGE_UNREACHABLE',
		message: expect.stringMatching(/^The token endpoint id\.example has a certificate/),
		hint: expect.stringMatching(/NODE_EXTRA_CA_CERTS.*Ignore SSL Issues does not reach/),
	});
});

it('names a certificate for another host, where an authority is no help', async () => {
	const { key, cert } = certificate('other.example');
	const error = await failureOf(createServer({ key, cert }), { ca: cert });
	expect(tlsFailure(error)).toMatchObject({ what: 'has a certificate for another host name' });
});

it.each([
	['CERT_HAS_EXPIRED', /expired/],
	['CERT_NOT_YET_VALID', /not valid yet/],
	['UNABLE_TO_VERIFY_LEAF_SIGNATURE', /does not send the certificates between/],
	['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', /authority that n8n does not know/],
])('names %s', (code, what) => {
	const found = { what: expect.stringMatching(what), hint: expect.stringMatching(/./) };
	expect(tlsFailure(Object.assign(new Error('x'), { code }))).toEqual(found);
	expect(tlsFailure(new Error('x', { cause: { code } }))).toEqual(found);
});

it('names a port without TLS', async () => {
	const plain = createTcpServer((socket) => {
		socket.on('error', () => {});
		socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
	});
	expect(tlsFailure(await failureOf(plain))).toMatchObject({
		what: 'does not speak TLS on this port',
	});
});

it('goes by the words where the code was lost', () => {
	const error = new Error('request failed, reason: unable to verify the first certificate');
	expect(tlsFailure(error)?.hint).toContain('NODE_EXTRA_CA_CERTS');
});

it('is no other failure', () => {
	for (const error of [new Error('connect ECONNREFUSED'), undefined, 'x', { code: 'toString' }]) {
		expect(tlsFailure(error)).toBeUndefined();
	}
});

describe('a server that asks for a client certificate', () => {
	const own = certificate('own.example');
	const asking = () =>
		createServer({ ...own, ca: own.cert, requestCert: true, rejectUnauthorized: true });

	it('says so where it gets none', async () => {
		const error = await failureOf(asking(), { ca: own.cert, checkServerIdentity: () => undefined });
		expect(tlsFailure(error)).toMatchObject({
			what: 'asks for a client certificate',
			hint: expect.stringContaining('Proof of Possession'),
		});
	});

	// As OpenSSL words the alerts of other servers; TLS 1.2 has no code of its own for them.
	it.each([
		['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', ''],
		[
			'EPROTO',
			'write EPROTO 80:error:0A000418:SSL routines:ssl3_read_bytes:tlsv1 alert unknown ca:',
		],
		['EPROTO', 'ssl3_read_bytes:sslv3 alert bad certificate:../deps/openssl'],
		['EPROTO', 'ssl3_read_bytes:sslv3 alert certificate expired:../deps/openssl'],
	])('refuses one with %s %s', (code, message) => {
		const error = Object.assign(new Error(message), { code });
		expect(tlsFailure(error)?.what).toBe('does not accept the client certificate');
	});
});
