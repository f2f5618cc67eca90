// @ts-check
'use strict';

// JWT Verify beside n8n's own JWT node, in the same n8n: RS256, a PEM.

const crypto = require('node:crypto');
const jsonwebtoken = require('jsonwebtoken');
const { inTurn } = require('./support/measure');

const ITEMS = 5_000;
const ROUNDS = 5;

/**
 * @param {import('./support/instance').Instance} instance
 * @returns {Promise<Record<string, number>>} milliseconds
 */
async function benchNodeVerify(instance) {
	const { publicKey, privateKey } = crypto.generateKeyPairSync('rsa', { modulusLength: 2048 });
	const pem = {
		publicKey: String(publicKey.export({ type: 'spki', format: 'pem' })),
		privateKey: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
	};
	const tokens = Array.from({ length: 50 }, (_, index) =>
		jsonwebtoken.sign({ sub: `user-${index}` }, privateKey, {
			algorithm: 'RS256',
			expiresIn: '1h',
		}),
	);
	const items = `const tokens = ${JSON.stringify(tokens)};
return Array.from({ length: ${ITEMS} }, (_, index) => ({ json: { token: tokens[index % tokens.length] } }));`;
	const { id, name } = await instance.client.createCredential({
		name: 'Bench verify',
		type: 'jwtAuth',
		data: { keyType: 'pemKey', algorithm: 'RS256', ...pem },
	});
	const prepared = {
		own: await instance.prepare(
			{
				type: 'n8n-nodes-jwt-auth.jwtVerify',
				parameters: {
					operation: 'verify',
					jwt: '={{ $json.token }}',
					keySource: 'publicKey',
					publicKey: pem.publicKey,
					options: { includeInputFields: false },
				},
				credentials: {},
			},
			items,
		),
		stock: await instance.prepare(
			{
				type: 'n8n-nodes-base.jwt',
				parameters: { operation: 'verify', token: '={{ $json.token }}', options: {} },
				credentials: { jwtAuth: { id, name } },
			},
			items,
		),
	};
	for (const workflowId of Object.values(prepared)) await instance.run(workflowId);
	return await inTurn(prepared, ROUNDS, async (workflowId) => {
		return (await instance.run(workflowId)).milliseconds;
	});
}

module.exports = { benchNodeVerify, ITEMS };
