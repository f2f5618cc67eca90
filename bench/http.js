// @ts-check
'use strict';

// JWT HTTP Request beside n8n's own HTTP Request, in the same n8n, with the same credential.

const crypto = require('node:crypto');
const http = require('node:http');
const { inTurn } = require('./support/measure');

const REQUESTS = 5_000;
const MANY = 10_000;
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

/** Payloads of the credential: the same for every item, and the item's own. */
const PAYLOADS = {
	'same claims for every item': '{ "sub": "bench" }',
	'claims of the item': '={ "sub": "{{ $json.user }}" }',
};

/**
 * @param {import('./support/instance').Instance} instance
 * @returns {Promise<Array<{ payload: string, times: Record<string, number> }>>} milliseconds
 */
async function benchHttp(instance) {
	const server = await startServer();
	const { privateKey } = crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const results = [];
	try {
		for (const [payload, text] of Object.entries(PAYLOADS)) {
			const { id, name } = await instance.client.createCredential({
				name: `Bench HTTP, ${payload}`,
				type: 'jwtSignApi',
				data: {
					algorithm: 'ES256',
					privateKey: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
					payload: text,
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
			results.push({ payload, times });
		}
		return results;
	} finally {
		server.stop();
	}
}

/**
 * How far JWT HTTP Request raises the memory of an n8n that was idle.
 *
 * @param {import('./support/instance').Instance} instance just started
 * @returns {Promise<{ idle: number, peak: number, seconds: number }>} MB
 */
async function benchMemory(instance) {
	const server = await startServer();
	try {
		const { id, name } = await instance.client.createCredential({
			name: 'Bench HTTP, memory',
			type: 'jwtSignApi',
			data: {
				algorithm: 'HS256',
				secret: crypto.randomBytes(32).toString('hex'),
				payload: '{ "sub": "bench" }',
			},
		});
		const workflowId = await instance.prepare(
			{
				type: 'n8n-nodes-jwt-auth.jwtHttpRequest',
				parameters: { credentialType: 'jwtSignApi', url: `=${server.url}{{ $json.user }}` },
				credentials: { jwtSignApi: { id, name } },
			},
			MANY,
		);
		const idle = instance.megabytes();
		const { milliseconds, peakMegabytes } = await instance.run(workflowId);
		if (server.authenticated() !== MANY) throw new Error('requests without a token');
		return { idle, peak: peakMegabytes, seconds: milliseconds / 1000 };
	} finally {
		server.stop();
	}
}

module.exports = { benchHttp, benchMemory, MANY, REQUESTS };
