// @ts-check
'use strict';

// JWT HTTP Request beside n8n's own HTTP Request, in the same n8n, with the same credential.

const crypto = require('node:crypto');
const http = require('node:http');
const { inTurn } = require('./support/measure');

const REQUESTS = 5_000;
const ROUNDS = 3;

/** A server that answers at once. */
async function startServer() {
	let count = 0;
	const server = http.createServer((request, response) => {
		request.resume();
		count += request.headers.authorization ? 1 : 0;
		response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}');
	});
	await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
	const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
	return {
		url: `http://127.0.0.1:${port}/`,
		authenticated: () => count,
		stop: () => {
			server.closeAllConnections();
			server.close();
		},
	};
}

/** @param {import('./support/instance').Instance} instance */
async function benchHttp(instance) {
	const server = await startServer();
	try {
		const { privateKey } = crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' });
		const { id, name } = await instance.client.createCredential({
			name: 'Bench HTTP',
			type: 'jwtSignApi',
			data: {
				algorithm: 'ES256',
				privateKey: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
				payload: '{ "sub": "bench" }',
			},
		});
		const credentials = { jwtSignApi: { id, name } };
		const url = `=${server.url}{{ $json.user }}`;
		const prepared = {
			own: await instance.prepare(
				{
					type: 'n8n-nodes-jwt-auth.jwtHttpRequest',
					parameters: { credentialType: 'jwtSignApi', url },
					credentials,
				},
				REQUESTS,
			),
			stock: await instance.prepare(
				{
					type: 'n8n-nodes-base.httpRequest',
					typeVersion: 4.2,
					parameters: {
						authentication: 'predefinedCredentialType',
						nodeCredentialType: 'jwtSignApi',
						url,
					},
					credentials,
				},
				REQUESTS,
			),
		};
		const before = server.authenticated();
		const times = await inTurn(prepared, ROUNDS, async (workflowId) => {
			return (await instance.run(workflowId)).milliseconds;
		});
		const sent = server.authenticated() - before;
		if (sent !== 2 * ROUNDS * REQUESTS) throw new Error(`${sent} requests carried a token`);
		return times;
	} finally {
		server.stop();
	}
}

module.exports = { benchHttp, REQUESTS };
