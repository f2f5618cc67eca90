// @ts-check
'use strict';

// What a refused call costs: JWT Webhook beside n8n's own Webhook with JWT Auth, in the same n8n.

const crypto = require('node:crypto');
const http = require('node:http');
const { inTurn, median, rate } = require('./support/measure');

const LANES = 8;
const ROUNDS = 10;
const SECONDS = 4;

/** @param {unknown} value */
const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token of the right form with a signature of somebody else's key. */
function forgedToken() {
	const { privateKey } = crypto.generateKeyPairSync('rsa', { modulusLength: 2048 });
	const exp = Math.floor(Date.now() / 1000) + 3600;
	const input = `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ sub: 'x', aud: 'bench', exp })}`;
	return `${input}.${crypto.sign('sha256', Buffer.from(input), privateKey).toString('base64url')}`;
}

/**
 * @param {http.Agent} agent
 * @param {string} url
 * @param {string} token
 * @returns {Promise<number | undefined>} the status
 */
async function call(agent, url, token) {
	return await new Promise((resolve, reject) => {
		const headers = { authorization: `Bearer ${token}` };
		http
			.get(url, { agent, headers }, (response) => {
				response.resume();
				response.on('end', () => resolve(response.statusCode));
			})
			.on('error', reject);
	});
}

/** @typedef {{ perSecond: number, processorTime: number }} Refusing */

/**
 * @param {import('./support/instance').Instance} instance
 * @returns {Promise<Record<'own' | 'stock', Refusing>>} refused calls per second, and milliseconds of
 *   n8n's processor time for each
 */
async function benchWebhook({ client, processorTime }) {
	const { publicKey } = crypto.generateKeyPairSync('rsa', { modulusLength: 2048 });
	const pem = String(publicKey.export({ type: 'spki', format: 'pem' }));
	const { id, name } = await client.createCredential({
		name: 'Bench Webhook',
		type: 'jwtAuth',
		data: { keyType: 'pemKey', publicKey: pem, privateKey: '', algorithm: 'RS256' },
	});
	/**
	 * @param {{ type: string, typeVersion: number, parameters: object, credentials?: object }} node
	 * @returns {Promise<string>} its URL
	 */
	const publish = async (node) => {
		const path = crypto.randomUUID();
		const parameters = { ...node.parameters, path };
		const place = { id: path, name: 'Webhook', position: [0, 0], webhookId: path };
		const next = { id: 'next', name: 'Next', position: [200, 0], parameters: {} };
		const workflow = await client.createWorkflow({
			name: path,
			nodes: [
				{ ...node, ...place, parameters },
				{ ...next, type: 'n8n-nodes-base.noOp', typeVersion: 1 },
			],
			connections: { Webhook: { main: [[{ node: 'Next', type: 'main', index: 0 }]] } },
		});
		await client.activateWorkflow(workflow.id);
		return `${client.url}/webhook/${path}`;
	};
	const contestants = {
		own: {
			status: 401,
			url: await publish({
				type: 'n8n-nodes-jwt-auth.jwtWebhook',
				typeVersion: 1,
				parameters: { keySource: 'publicKey', publicKey: pem, audience: ['bench'] },
			}),
		},
		stock: {
			status: 403,
			url: await publish({
				type: 'n8n-nodes-base.webhook',
				typeVersion: 2.1,
				parameters: { authentication: 'jwtAuth' },
				credentials: { jwtAuth: { id, name } },
			}),
		},
	};
	const agent = new http.Agent({ keepAlive: true, maxSockets: LANES });
	const token = forgedToken();
	try {
		/** @type {Record<string, number[]>} */
		const costs = { own: [], stock: [] };
		const rates = await inTurn(contestants, ROUNDS, async ({ url, status }, name, round) => {
			let calls = 0;
			const refused = async () => {
				const answered = await call(agent, url, token);
				if (answered !== status) throw new Error(`answered ${answered}, not ${status}`);
				calls += 1;
			};
			const before = processorTime();
			const perSecond = await rate(refused, LANES, SECONDS * 1000);
			const cost = (processorTime() - before) / calls;
			costs[name]?.push(cost);
			const figures = `${calls} calls, ${cost.toFixed(2)} ms of processor time each`;
			console.error(`webhook: round ${round + 1} of ${ROUNDS}, ${name}: ${figures}`);
			return perSecond;
		});
		const of = (/** @type {'own' | 'stock'} */ name) => ({
			perSecond: rates[name] ?? NaN,
			processorTime: median(costs[name] ?? []),
		});
		return { own: of('own'), stock: of('stock') };
	} finally {
		agent.destroy();
	}
}

module.exports = { benchWebhook, LANES, SECONDS };
