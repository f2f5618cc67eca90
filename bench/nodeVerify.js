// @ts-check
'use strict';

const crypto = require('node:crypto');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const jsonwebtoken = require('jsonwebtoken');
const { N8nClient, outputItems } = require('../playground/client');
const { ensureN8n } = require('../playground/install');
const { startN8n } = require('../playground/n8n');
const { localOwner } = require('../playground/owner');
const { packPackage } = require('../playground/packPackage');
const { median } = require('./median');

const ITEMS = 5000;
const ROUNDS = 3;

const OURS = 'JWT Verify';
const THEIRS = 'JWT';

/**
 * @param {string[]} tokens
 * @param {string} publicKey PEM
 * @param {import('../playground/client').CredentialRef} credential
 * @param {string} node the one that verifies
 */
function benchWorkflow(tokens, publicKey, credential, node) {
	const code = `const tokens = ${JSON.stringify(tokens)};
return Array.from({ length: ${ITEMS} }, (_, index) => ({ json: { token: tokens[index % tokens.length] } }));`;
	/** @type {Record<string, object>} */
	const verifiers = {
		[OURS]: {
			type: 'n8n-nodes-jwt-auth.jwtVerify',
			typeVersion: 1,
			parameters: {
				operation: 'verify',
				jwt: '={{ $json.token }}',
				keySource: 'publicKey',
				publicKey,
				options: { includeInputFields: false },
			},
		},
		[THEIRS]: {
			type: 'n8n-nodes-base.jwt',
			typeVersion: 1,
			parameters: { operation: 'verify', token: '={{ $json.token }}', options: {} },
			credentials: { [credential.type]: { id: credential.id, name: credential.name } },
		},
	};
	const nodes = [
		{
			name: 'Manual Trigger',
			type: 'n8n-nodes-base.manualTrigger',
			typeVersion: 1,
			parameters: {},
		},
		{ name: 'Items', type: 'n8n-nodes-base.code', typeVersion: 2, parameters: { jsCode: code } },
		{ name: node, ...verifiers[node] },
	].map((entry, index) => ({ ...entry, id: String(index), position: [index * 200, 0] }));
	/** @param {string} to */
	const link = (to) => ({ main: [[{ node: to, type: 'main', index: 0 }]] });
	return {
		name: `Bench ${node} ${crypto.randomUUID()}`,
		nodes,
		connections: { 'Manual Trigger': link('Items'), Items: link(node) },
	};
}

/**
 * Runs a workflow that keeps n8n so busy that it drops connections meanwhile.
 *
 * @param {N8nClient} client
 * @param {import('../playground/client').Workflow} workflow
 */
async function runToEnd(client, workflow) {
	const { id } = await client.createWorkflow(workflow);
	const { executionId } = await client.rest('POST', `/workflows/${id}/run`, {
		triggerToStartFrom: { name: 'Manual Trigger' },
	});
	for (;;) {
		try {
			return await client.waitForExecution(executionId, { timeoutMs: 300_000 });
		} catch (error) {
			if (!(error instanceof TypeError)) throw error;
		}
	}
}

/** @param {N8nClient} client */
async function measure(client) {
	const { publicKey, privateKey } = crypto.generateKeyPairSync('rsa', { modulusLength: 2048 });
	const pem = String(publicKey.export({ type: 'spki', format: 'pem' }));
	const tokens = Array.from({ length: 50 }, (_, index) =>
		jsonwebtoken.sign({ sub: `user-${index}` }, privateKey, {
			algorithm: 'RS256',
			expiresIn: '1h',
		}),
	);
	const credential = await client.createCredential({
		name: `Bench ${crypto.randomUUID()}`,
		type: 'jwtAuth',
		data: {
			keyType: 'pemKey',
			privateKey: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
			publicKey: pem,
			algorithm: 'RS256',
		},
	});
	/** @type {Record<string, number[]>} */
	const times = { [OURS]: [], [THEIRS]: [] };
	for (let round = 0; round <= ROUNDS; round += 1) {
		for (const node of [OURS, THEIRS]) {
			const run = await runToEnd(client, benchWorkflow(tokens, pem, credential, node));
			const count = outputItems(run.runData, node).length;
			if (count !== ITEMS)
				throw new Error(`${node} verified ${count} of ${ITEMS}: ${run.error?.message}`);
			if (round > 0) times[node]?.push(run.runData[node]?.[0]?.executionTime);
			await client.deleteExecution(run.executionId);
		}
	}
	return { ours: median(times[OURS] ?? []), theirs: median(times[THEIRS] ?? []) };
}

/**
 * JWT Verify against n8n's own JWT node in a real n8n: 5,000 items, RS256, a PEM.
 *
 * @returns {Promise<{ ours: number, theirs: number, items: number }>} milliseconds
 */
async function benchNode() {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'jwt-auth-bench-'));
	const tarball = await packPackage({ outputFolder: folder });
	await ensureN8n({ onProgress: (line) => console.log(line) });
	const userFolder = path.join(folder, 'n8n');
	const n8n = await startN8n({ userFolder, tarball });
	try {
		const client = new N8nClient({ url: n8n.url });
		await client.setupOrLogin(localOwner(userFolder));
		await client.createApiKey({ label: 'bench' });
		return { ...(await measure(client)), items: ITEMS };
	} finally {
		await n8n.stop();
		fs.rmSync(folder, { recursive: true, force: true });
	}
}

module.exports = { benchNode };
