import { writeFileSync } from 'node:fs';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { ensureRuntime } from '../../playground/runtime';
import { installLocked } from './support/installLocked';
import { newKey, publishedKeys, type KeyAlgorithm } from './support/keys';
import { sendSigned, type Fields } from './support/sending';
import { serverFolder, startAnnouncedServer, type Server } from './support/server';

const ALGORITHMS: KeyAlgorithm[] = ['RS256', 'PS256', 'ES256'];
/** What each can do with a key set. */
const MIDDLEWARES: Array<[string, KeyAlgorithm[]]> = [
	['express-jwt with jwks-rsa', ALGORITHMS],
	['express-oauth2-jwt-bearer', ALGORITHMS],
	['@fastify/jwt with get-jwks', ALGORITHMS],
	// Reads the RSA keys of a set and no others.
	['@hapi/jwt', ['RS256', 'PS256']],
	['hono/jwk', ALGORITHMS],
];
const AUDIENCE = 'orders';

const script = path.join(__dirname, 'support', 'middlewares.mjs');
const keys = new Map(ALGORITHMS.map((algorithm) => [algorithm, newKey(algorithm, algorithm)]));
const { folder, remove } = serverFolder('middlewares');
let issuer: string;
let issuerServer: HttpServer;
let server: Server;
let ports: Record<string, number>;

/** Serves what an OpenID provider publishes: its metadata, and the keys of Get Public JWKS. */
async function startIssuer(): Promise<HttpServer> {
	const published = await publishedKeys([...keys.values(), newKey('RS256', 'unused')]);
	const started = createServer((request, response) => {
		const metadata = {
			issuer,
			jwks_uri: `${issuer}/keys`,
			id_token_signing_alg_values_supported: ALGORITHMS,
		};
		response.setHeader('content-type', 'application/json');
		response.end(JSON.stringify(request.url === '/keys' ? published : metadata));
	});
	await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
	issuer = `http://127.0.0.1:${(started.address() as AddressInfo).port}`;
	return started;
}

beforeAll(async () => {
	const { node } = await ensureRuntime();
	const installed = await installLocked('middlewares', node);
	issuerServer = await startIssuer();
	const settings = path.join(folder, 'settings.json');
	writeFileSync(
		settings,
		JSON.stringify({ issuer, audience: AUDIENCE, keysUrl: `${issuer}/keys` }),
	);
	const announced = await startAnnouncedServer(node, [script, installed, settings], { folder });
	server = announced.server;
	ports = JSON.parse(announced.line) as Record<string, number>;
});

afterAll(async () => {
	await server.stop();
	issuerServer.closeAllConnections();
	await new Promise((resolve) => issuerServer.close(resolve));
	remove();
});

describe.each(MIDDLEWARES)('%s', (name, algorithms) => {
	const send = async (fields: Fields, aud = AUDIENCE, iss = issuer) =>
		await sendSigned(
			{ ...fields, payload: JSON.stringify({ iss, sub: 'alice', aud }) },
			{ url: `http://127.0.0.1:${ports[name]}/` },
		);

	it.each(algorithms)('takes %s by the key of its ID', async (algorithm) => {
		const answer = await send(keys.get(algorithm)?.fields ?? {});
		expect(answer.status).toBe(200);
		expect(JSON.parse(answer.body)).toEqual({ subject: 'alice' });
	});

	it('refuses another key of the same ID, another audience and another issuer', async () => {
		const own = keys.get('RS256')?.fields ?? {};
		const answers = [
			await send(newKey('RS256', 'RS256').fields),
			await send(own, 'invoices'),
			await send(own, AUDIENCE, 'https://other.example.com'),
		];
		expect(answers.map(({ status }) => status)).toEqual([401, 401, 401]);
	});
});
