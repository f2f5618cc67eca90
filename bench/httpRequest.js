// @ts-check
'use strict';

// Sends the same items with n8n's own HTTP Request node and with JWT HTTP Request, in one run of the
// real n8n, to a server on this machine. Prints one line of JSON per workflow.

const { generateKeyPairSync } = require('node:crypto');
const fs = require('node:fs');
const http = require('node:http');
const os = require('node:os');
const path = require('node:path');
const { N8nClient } = require('../playground/client');
const { startN8n } = require('../playground/n8n');
const { localOwner } = require('../playground/owner');
const { packPackage } = require('../playground/packPackage');

const COMPARED_ITEMS = Number(process.argv[2] ?? 2000);
const LARGE_ITEMS = Number(process.argv[3] ?? 10_000);

/** Highest and current resident memory of a process, in MB. @param {number} pid */
function memory(pid) {
	const status = fs.readFileSync(`/proc/${pid}/status`, 'utf8');
	const megabytes = (/** @type {string} */ name) =>
		Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024);
	return { now: megabytes('VmRSS'), peak: megabytes('VmHWM') };
}

/** Seconds of processor time a process has used, which other work on the machine changes little. @param {number} pid */
function processorTime(pid) {
	const fields = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
	return (Number(fields[11]) + Number(fields[12])) / 100;
}

/**
 * @param {object} step
 * @param {number} count
 */
function workflow(step, count) {
	const jsCode = `return Array.from({ length: ${count} }, (_, id) => ({ json: { id } }));`;
	const nodes = [
		{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} },
		{ name: 'Items', type: 'n8n-nodes-base.code', typeVersion: 2, parameters: { jsCode } },
		{ name: 'Request', ...step },
	].map((node, index) => ({ ...node, id: String(index), position: [index * 200, 0] }));
	const link = (/** @type {string} */ node) => ({ main: [[{ node, type: 'main', index: 0 }]] });
	return {
		name: `Bench ${Date.now()}`,
		nodes,
		connections: { Start: link('Items'), Items: link('Request') },
	};
}

async function main() {
	const server = http.createServer((request, response) => {
		const id = Number(new URL(request.url ?? '/', 'http://x').searchParams.get('id'));
		response.setHeader('content-type', 'application/json');
		response.end(JSON.stringify({ id, signed: Boolean(request.headers.authorization) }));
	});
	await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
	const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'jwt-auth-bench-'));
	const tarball = await packPackage({ outputFolder: folder });
	const n8n = await startN8n({ userFolder: path.join(folder, 'n8n'), tarball });
	try {
		const client = new N8nClient({ url: n8n.url });
		await client.setupOrLogin(localOwner(path.join(folder, 'n8n')));
		await client.createApiKey({ label: 'bench' });
		const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
		for (const payload of ['{ "sub": "x" }', '{ "sub": "={{ $json.id }}" }']) {
			const credential = await client.createCredential({
				name: payload,
				type: 'jwtSignApi',
				data: {
					algorithm: 'ES256',
					privateKey: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
					payload,
				},
			});
			// Evaluating an expression costs both nodes the same; it is left out where they are compared.
			const address = `http://127.0.0.1:${port}/`;
			const perItem = `=${address}?id={{ $json.id }}`;
			const credentials = { jwtSignApi: { id: credential.id, name: credential.name } };
			const steps = {
				stock: {
					type: 'n8n-nodes-base.httpRequest',
					typeVersion: 4.4,
					credentials,
					parameters: {
						url: address,
						authentication: 'predefinedCredentialType',
						nodeCredentialType: 'jwtSignApi',
					},
				},
				ours: {
					type: 'n8n-nodes-jwt-auth.jwtHttpRequest',
					typeVersion: 1,
					credentials,
					parameters: { url: address, authentication: 'jwtSignApi' },
				},
				oursPerItem: {
					type: 'n8n-nodes-jwt-auth.jwtHttpRequest',
					typeVersion: 1,
					credentials,
					parameters: { url: perItem, authentication: 'jwtSignApi' },
				},
			};
			/** @type {Array<['stock' | 'ours' | 'oursPerItem', number]>} */
			const rounds = [
				['ours', 100],
				['stock', 100],
				['ours', COMPARED_ITEMS],
				['stock', COMPARED_ITEMS],
				['ours', COMPARED_ITEMS],
				['stock', COMPARED_ITEMS],
				['oursPerItem', LARGE_ITEMS],
			];
			for (const [node, count] of rounds) {
				const before = memory(n8n.pid);
				const usedBefore = processorTime(n8n.pid);
				const run = await client.runWorkflow(workflow(steps[node], count), {
					timeoutMs: 300_000,
				});
				const [result] = run.runData.Request ?? [];
				const items = result?.data?.main?.[0] ?? [];
				console.log(
					JSON.stringify({
						node,
						count,
						payload,
						status: run.status,
						seconds: (result?.executionTime ?? 0) / 1000,
						processorSeconds: Math.round((processorTime(n8n.pid) - usedBefore) * 100) / 100,
						...(node === 'oursPerItem' && {
							inOrder: items.every(
								(/** @type {any} */ { json }, /** @type {number} */ index) => json.id === index,
							),
						}),
						items: items.length,
						memoryBefore: before.now,
						memoryPeak: memory(n8n.pid).peak,
					}),
				);
			}
		}
	} finally {
		await n8n.stop();
		server.close();
		fs.rmSync(folder, { recursive: true, force: true });
	}
}

main().catch((error) => {
	console.error(error);
	process.exitCode = 1;
});
