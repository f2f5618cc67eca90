import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { freePort } from '../../playground/ports';
import { selfSigned } from '../e2e/support/selfSigned';
import { newKey, publishedKeys, type KeyAlgorithm } from './support/keys';
import { sendSigned, type Fields } from './support/sending';
import { serverFolder, startServer, type Server } from './support/server';
import { describeWith, file, placeOf, program } from './support/software';

const ALGORITHMS: KeyAlgorithm[] = ['RS256', 'PS256', 'ES256'];
const CLAIMS = { iss: 'https://n8n.example.com', sub: 'alice', aud: 'orders' };
const MODULES = '/usr/lib/apache2/modules';

const apache = program('apache2', 'apache2-bin');
const openIdc = file(`${MODULES}/mod_auth_openidc.so`, 'libapache2-mod-auth-openidc');

/** As mod_auth_openidc describes a resource server: `AuthType oauth20` and keys to verify JWTs with. */
function configuration(options: {
	folder: string;
	port: number;
	keysUrl: string;
	secret: string;
}): string {
	const { folder, port, keysUrl, secret } = options;
	const modules = ['mpm_event', 'authn_core', 'authz_core', 'authz_user', 'auth_openidc'];
	return [
		'ServerName 127.0.0.1',
		`ServerRoot ${folder}`,
		`Listen 127.0.0.1:${port}`,
		`PidFile ${folder}/apache.pid`,
		`ErrorLog ${folder}/error.log`,
		`Mutex file:${folder}`,
		`DocumentRoot ${folder}/www`,
		...modules.map((name) => `LoadModule ${name}_module ${MODULES}/mod_${name}.so`),
		`OIDCOAuthVerifyJwksUri ${keysUrl}`,
		`OIDCOAuthVerifySharedKeys plain#shared#${secret}`,
		'OIDCOAuthRemoteUserClaim sub',
		'OIDCOAuthSSLValidateServer Off',
		`OIDCCryptoPassphrase ${secret}`,
		'<Directory />',
		'  Require all denied',
		'</Directory>',
		'<Location /orders>',
		'  AuthType oauth20',
		`  Require claim aud:${CLAIMS.aud}`,
		'</Location>',
		'',
	].join('\n');
}

describeWith('Apache with mod_auth_openidc', [apache, openIdc], () => {
	const secret = randomBytes(32).toString('hex');
	const keys = ALGORITHMS.map((algorithm) => newKey(algorithm, `key-${algorithm}`));
	const { folder, remove } = serverFolder('apache');
	let keyServer: https.Server;
	let server: Server;
	let url: string;

	beforeAll(async () => {
		const published = JSON.stringify(await publishedKeys(keys));
		keyServer = https.createServer(selfSigned(), (_request, response) => {
			response.setHeader('content-type', 'application/json').end(published);
		});
		await new Promise<void>((resolve) => keyServer.listen(0, '127.0.0.1', resolve));
		const keysUrl = `https://127.0.0.1:${(keyServer.address() as AddressInfo).port}/keys`;

		mkdirSync(path.join(folder, 'www', 'orders'));
		writeFileSync(path.join(folder, 'www', 'orders', 'list'), 'three orders');
		const port = await freePort();
		url = `http://127.0.0.1:${port}/orders/list`;
		const configurationFile = path.join(folder, 'apache.conf');
		writeFileSync(configurationFile, configuration({ folder, port, keysUrl, secret }));
		const args = ['-DFOREGROUND', '-f', configurationFile];
		server = await startServer(placeOf(apache), args, { url, folder });
	});

	afterAll(async () => {
		await server.stop();
		await new Promise((resolve) => keyServer.close(resolve));
		remove();
	});

	const send = async (fields: Fields, claims = CLAIMS) =>
		await sendSigned({ ...fields, payload: JSON.stringify(claims) }, { url });

	it.each(keys)('takes $fields.algorithm by the key of its ID', async ({ fields }) => {
		expect(await send(fields)).toMatchObject({ status: 200, body: 'three orders' });
	});

	it('takes HS256 by the secret of its ID', async () => {
		const answer = await send({ algorithm: 'HS256', secret, keyId: 'shared' });
		expect(answer).toMatchObject({ status: 200, body: 'three orders' });
	});

	it('refuses another key of the same ID, and another audience', async () => {
		const other = await send(newKey('RS256', 'key-RS256').fields);
		expect(other).toMatchObject({ status: 401, challenge: expect.stringContaining('Bearer') });
		const elsewhere = await send(keys[0]?.fields ?? {}, { ...CLAIMS, aud: 'invoices' });
		expect(elsewhere.status).toBe(401);
	});
});
