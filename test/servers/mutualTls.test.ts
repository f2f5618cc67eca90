import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { X509Certificate } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { JwtExchangeApi } from '../../credentials/JwtExchangeApi.credentials';
import { freePort } from '../../playground/ports';
import { CA, issue, LEAF, type Issued } from '../core/support/certificateChains';
import { pem } from '../core/support/keyFixtures';
import { newKey } from './support/keys';
import { serverFolder, startServer, type Server } from './support/server';
import { describeWith, placeOf, program } from './support/software';
import { sendOverTls, textOf } from './support/tlsSending';

const haproxy = program('haproxy');
const root = issue({ subject: '/CN=Root', extensions: CA });
const client = issue({ subject: '/CN=client', issuer: root });

/**
 * A token endpoint that binds its tokens to the certificate of the connection, as RFC 8705 wants it,
 * and an API that takes them over a connection with that certificate only.
 */
function configuration(port: number, health: number): string {
	const hash = '%[ssl_c_der,sha2(256),base64]';
	const token = `{\\"access_token\\":\\"bound-to-${hash}\\",\\"token_type\\":\\"Bearer\\",\\"expires_in\\":3600}`;
	return [
		'global',
		'  log stderr format raw local0',
		'defaults',
		'  mode http',
		'  timeout client 60s',
		'  timeout server 60s',
		'  timeout connect 60s',
		'frontend health',
		`  bind 127.0.0.1:${health}`,
		'  http-request return status 200',
		'frontend api',
		`  bind 127.0.0.1:${port} ssl crt server.pem ca-file root.pem verify required`,
		'  http-request set-var-fmt(txn.bound) "Bearer bound-to-%[ssl_c_der,sha2(256),base64]"',
		'  http-request set-var(txn.sent) req.hdr(authorization)',
		`  http-request return status 200 content-type application/json lf-string "${token}" if { path /token }`,
		'  http-request return status 401 content-type text/plain string "not bound to this certificate" unless { var(txn.sent),strcmp(txn.bound) eq 0 }',
		'  http-request return status 200 content-type text/plain lf-string "hello %[ssl_c_s_dn(cn)]"',
		'',
	].join('\n');
}

const hashOf = ({ certificate }: Issued): string =>
	Buffer.from(new X509Certificate(certificate).fingerprint256.replaceAll(':', ''), 'hex').toString(
		'base64',
	);

describeWith('HAProxy that asks for a client certificate', [haproxy], () => {
	const { folder, remove } = serverFolder('mutual-tls');
	const api = new JwtExchangeApi();
	let server: Server;
	let url: string;

	beforeAll(async () => {
		const extensions = [...LEAF, 'subjectAltName=IP:127.0.0.1'];
		const own = issue({ subject: '/CN=server', issuer: root, extensions });
		writeFileSync(path.join(folder, 'root.pem'), root.certificate);
		writeFileSync(path.join(folder, 'server.pem'), own.certificate + pem(own.key, 'pkcs8'));
		const [port, health] = [await freePort(), await freePort()];
		url = `https://127.0.0.1:${port}`;
		const file = path.join(folder, 'haproxy.cfg');
		writeFileSync(file, configuration(port, health));
		const options = { url: `http://127.0.0.1:${health}/`, folder };
		server = await startServer(placeOf(haproxy), ['-db', '-f', file], options);
	});

	afterAll(async () => {
		await server.stop();
		remove();
	});

	/** A credential in use, in the order of n8n. */
	const exchanging = (certificate: Issued | undefined) => {
		const data: ICredentialDataDecryptedObject = {
			...newKey('ES256').fields,
			grant: 'clientCredentials',
			clientId: 'me',
			tokenUrl: `${url}/token`,
			accessToken: '',
			tokenState: '',
			...(certificate && {
				useAdvanced: ['proof'],
				tlsCertificate: certificate.certificate,
				tlsPrivateKey: pem(certificate.key, 'pkcs8'),
			}),
		};
		const helpers = {
			httpRequest: async (options: IHttpRequestOptions) =>
				await sendOverTls(options, root.certificate),
		};
		const authenticated = async () => await api.authenticate(data, { url: `${url}/orders` });
		return {
			data,
			authenticated: async () => {
				await expect(authenticated()).rejects.toMatchObject({ response: { status: 401 } });
				Object.assign(data, await api.preAuthentication.call({ helpers }, data));
				return await authenticated();
			},
		};
	};

	const send = async (request: IHttpRequestOptions) => {
		const { statusCode, body } = await sendOverTls(request, root.certificate);
		return { statusCode, body: await textOf(body) };
	};

	it('hands out a token that is bound to it, and the API takes both', async () => {
		const { data, authenticated } = exchanging(client);
		const request = await authenticated();
		expect(data.accessToken).toBe(`bound-to-${hashOf(client)}`);
		expect(await send(request)).toEqual({ statusCode: 200, body: 'hello client' });
	});

	it('refuses the token over the connection of another certificate', async () => {
		const request = await exchanging(client).authenticated();
		const other = issue({ subject: '/CN=other', issuer: root });
		const agentOptions = { cert: other.certificate, key: pem(other.key, 'pkcs8') };
		expect(await send({ ...request, agentOptions })).toEqual({
			statusCode: 401,
			body: 'not bound to this certificate',
		});
	});

	it.each<[string, () => Issued | undefined, string]>([
		['no certificate', () => undefined, 'asks for a client certificate'],
		[
			'one of another authority',
			() => issue({ subject: '/CN=client' }),
			'does not accept the client certificate',
		],
	])(
		'gets no connection with %s, at the token endpoint already',
		async (_what, certificate, what) => {
			await expect(exchanging(certificate()).authenticated()).rejects.toMatchObject({
				message: expect.stringMatching(new RegExp(`127\\.0\\.0\\.1 ${what}.*EXCHANGE_UNREACHABLE`)),
			});
		},
	);
});
