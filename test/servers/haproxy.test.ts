import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { freePort } from '../../playground/ports';
import { newKey, type KeyAlgorithm, type SigningKey } from './support/keys';
import { sendSigned, type Fields } from './support/sending';
import { serverFolder, startServer, type Server } from './support/server';
import { describeWith, placeOf, program } from './support/software';

// PS256 is missing: HAProxy 2.6 does not know it.
const ALGORITHMS: KeyAlgorithm[] = ['RS256', 'ES256', 'ES384'];

const haproxy = program('haproxy');

/** As in HAProxy's configuration manual: `http_auth_bearer`, `jwt_verify` and `jwt_payload_query`. */
function configuration(port: number, secret: string, keyFiles: Array<[string, string]>): string {
	const verifyByKey = keyFiles.map(
		([algorithm, file]) =>
			`  http-request set-var(txn.valid) var(txn.token),jwt_verify(txn.alg,"${file}") if { var(txn.alg) -m str ${algorithm} }`,
	);
	return [
		'global',
		'  log stderr format raw local0',
		'defaults',
		'  mode http',
		'  timeout client 60s',
		'  timeout server 60s',
		'  timeout connect 60s',
		'frontend api',
		`  bind 127.0.0.1:${port}`,
		'  http-request set-var(txn.token) http_auth_bearer',
		"  http-request set-var(txn.alg) var(txn.token),jwt_header_query('$.alg')",
		"  http-request set-var(txn.iss) var(txn.token),jwt_payload_query('$.iss')",
		"  http-request set-var(txn.exp) var(txn.token),jwt_payload_query('$.exp','int')",
		'  http-request set-var(txn.now) date()',
		`  http-request set-var(txn.valid) var(txn.token),jwt_verify(txn.alg,"${secret}") if { var(txn.alg) -m str HS256 }`,
		...verifyByKey,
		'  http-request return status 401 unless { var(txn.valid) -m int 1 }',
		'  http-request return status 403 content-type text/plain string "issuer" unless { var(txn.iss) -m str n8n }',
		'  http-request return status 403 content-type text/plain string "expired" if { var(txn.exp),sub(txn.now) -m int lt 0 }',
		'  http-request return status 200 content-type text/plain lf-string "hello %[var(txn.iss)] by %[var(txn.alg)]"',
		'',
	].join('\n');
}

describeWith('HAProxy with jwt_verify', [haproxy], () => {
	const secret = randomBytes(32).toString('hex');
	const keys = new Map<string, SigningKey>(ALGORITHMS.map((name) => [name, newKey(name)]));
	const { folder, remove } = serverFolder('haproxy');
	let server: Server;
	let url: string;

	beforeAll(async () => {
		const keyFiles = [...keys].map(([algorithm, { publicPem }]): [string, string] => {
			const file = path.join(folder, `${algorithm}.pem`);
			writeFileSync(file, publicPem);
			return [algorithm, file];
		});
		const port = await freePort();
		url = `http://127.0.0.1:${port}/orders`;
		const file = path.join(folder, 'haproxy.cfg');
		writeFileSync(file, configuration(port, secret, keyFiles));
		server = await startServer(placeOf(haproxy), ['-db', '-f', file], { url, folder });
	});

	afterAll(async () => {
		await server.stop();
		remove();
	});

	const send = async (fields: Fields, iss = 'n8n') =>
		await sendSigned({ ...fields, payload: JSON.stringify({ iss }) }, { url });

	it.each(ALGORITHMS)('takes %s', async (algorithm) => {
		const answer = await send(keys.get(algorithm)?.fields ?? {});
		expect(answer).toMatchObject({ status: 200, body: `hello n8n by ${algorithm}` });
	});

	it('takes HS256', async () => {
		const answer = await send({ algorithm: 'HS256', secret });
		expect(answer).toMatchObject({ status: 200, body: 'hello n8n by HS256' });
	});

	it('refuses another key, another secret and another issuer', async () => {
		expect(await send(newKey('RS256').fields)).toMatchObject({ status: 401 });
		const other = { algorithm: 'HS256', secret: randomBytes(32).toString('hex') };
		expect(await send(other)).toMatchObject({ status: 401 });
		const known = keys.get('ES256')?.fields ?? {};
		expect(await send(known, 'other')).toMatchObject({ status: 403, body: 'issuer' });
	});
});
