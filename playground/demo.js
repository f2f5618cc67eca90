// @ts-check
'use strict';

const crypto = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const { outputItems } = require('./client');
const { PlaygroundError } = require('./errors');
const { root } = require('./paths');

/**
 * @typedef {import('./client').N8nClient} N8nClient
 * @typedef {import('./client').Workflow} Workflow
 * @typedef {import('./client').WorkflowRun} WorkflowRun
 * @typedef {import('./demo-api/server').DemoApi} DemoApi
 * @typedef {import('./demo-api/server').LoggedRequest} LoggedRequest
 */

const AUDIENCE = 'demo-api';
/** What the example workflows call when they are imported by hand. */
const DEFAULT_API_PORT = 8089;
const DEFAULT_API_URL = `http://127.0.0.1:${DEFAULT_API_PORT}`;
const CALLING_TYPES = /\.(httpRequest|jwtHttpRequest)$/;

/** A key pair made on the spot, what the demo API needs of it, and what n8n needs. */
function makeDemoKeys() {
	const { publicKey, privateKey } = crypto.generateKeyPairSync('rsa', { modulusLength: 2048 });
	const kid = `demo-${crypto.randomBytes(4).toString('hex')}`;
	return {
		apiKeys: [{ publicKey, kid }],
		credentials: [
			{
				name: 'JWT demo (RS256)',
				type: 'jwtSignApi',
				data: {
					algorithm: 'RS256',
					privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }),
					payload: JSON.stringify(
						{ iss: 'n8n-nodes-jwt-auth demo', sub: '={{ $json.user }}', aud: AUDIENCE },
						null,
						2,
					),
					autoTimeClaims: true,
					expiresIn: '1h',
					keyId: kid,
				},
			},
		],
	};
}

/** @returns {Workflow[]} the example workflows that the demo runs */
function readDemoWorkflows(folder = path.join(root, 'examples')) {
	const files = fs.existsSync(folder)
		? fs.readdirSync(folder).filter((file) => /^demo-.*\.json$/.test(file))
		: [];
	if (files.length === 0)
		throw new PlaygroundError(`There is no demo-*.json workflow in ${folder}.`);
	return files.sort().map((file) => JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8')));
}

/**
 * @param {Workflow} workflow
 * @param {import('./client').CredentialRef[]} credentials
 * @param {string} apiUrl
 * @returns {Workflow} with this n8n's credentials and this run's API address
 */
function adaptWorkflow(workflow, credentials, apiUrl) {
	/** @type {Workflow} */
	const adapted = JSON.parse(JSON.stringify(workflow).replaceAll(DEFAULT_API_URL, apiUrl));
	for (const node of adapted.nodes) {
		for (const { id, name, type } of credentials) {
			if (node.credentials?.[type]) node.credentials[type] = { id, name };
		}
	}
	return adapted;
}

/**
 * Fills credentials and demo workflows into n8n, fresh or used before.
 *
 * @param {{ client: N8nClient, api: DemoApi, credentials: ReturnType<typeof makeDemoKeys>['credentials'], workflows?: Workflow[] }} options
 * @returns {Promise<Array<{ id: string, workflow: Workflow }>>}
 */
async function importDemo({ client, api, credentials, workflows = readDemoWorkflows() }) {
	const refs = [];
	for (const credential of credentials) refs.push(await client.upsertCredential(credential));
	const imported = [];
	for (const workflow of workflows) {
		const adapted = adaptWorkflow(workflow, refs, api.url);
		const { id } = await client.upsertWorkflow(adapted);
		imported.push({ id, workflow: adapted });
	}
	return imported;
}

/**
 * @typedef {object} DemoCall one item of one node that called the API
 * @property {string} node
 * @property {boolean} authenticated
 * @property {Record<string, any>} answer
 * @property {LoggedRequest} [request] what arrived at the API
 */

/**
 * @param {Workflow} workflow
 * @param {WorkflowRun} run
 * @param {DemoApi} api
 * @returns {DemoCall[]}
 */
function callsOf(workflow, run, api) {
	const callers = workflow.nodes.filter((node) => CALLING_TYPES.test(node.type));
	return callers.flatMap(({ name }) => {
		const items = outputItems(run.runData, name);
		if (items.length === 0) {
			const error = run.runData[name]?.[0]?.error?.message ?? 'the node did not run';
			return [{ node: name, authenticated: false, answer: { error }, request: undefined }];
		}
		return items.map(({ json }) => {
			// JWT HTTP Request puts the answer in `body` when it returns headers and status too.
			const answer = json.authenticated === undefined && json.body ? json.body : json;
			return {
				node: name,
				authenticated: answer.authenticated === true,
				answer,
				request: api.requests.find(({ number }) => number === answer.request),
			};
		});
	});
}

/** @param {DemoCall} call */
function printCall({ authenticated, answer, request }, print = console.log) {
	print(`  ${authenticated ? 'OK ' : 'NO '} ${request ? `${request.method} ${request.url}` : ''}`);
	if (request?.header) {
		print(`       token   ${JSON.stringify(request.header)}`);
		print(`               ${JSON.stringify(request.payload)}`);
		print('               (signature not shown)');
	}
	print(`       answer  ${JSON.stringify(answer)}`);
}

/**
 * Runs the demo workflows and prints what was sent and answered.
 *
 * @param {{ client: N8nClient, api: DemoApi, imported: Array<{ id: string, workflow: Workflow }>, print?: (line: string) => void }} options
 * @returns {Promise<boolean>} whether every call was authenticated
 */
async function runDemo({ client, api, imported, print = console.log }) {
	let passed = true;
	for (const { id, workflow } of imported) {
		const run = await client.runSavedWorkflow(id);
		const calls = callsOf(workflow, run, api);
		print(`\n"${workflow.name}" ended with status ${run.status}`);
		for (const node of new Set(calls.map((call) => call.node))) {
			const own = calls.filter((call) => call.node === node);
			const good = own.filter((call) => call.authenticated).length;
			print(`\n${node}: ${good} of ${own.length} calls authenticated`);
			own.forEach((call) => printCall(call, print));
		}
		if (run.error) print(`\nThe workflow stopped: ${run.error.message}`);
		passed &&=
			run.status === 'success' && calls.length > 0 && calls.every((call) => call.authenticated);
	}
	const rejected = api.requests.filter((request) => !request.authenticated);
	rejected.forEach(({ method, url, reason }) =>
		print(`The demo API rejected ${method} ${url}: ${reason}`),
	);
	return passed && rejected.length === 0;
}

module.exports = {
	AUDIENCE,
	DEFAULT_API_PORT,
	importDemo,
	makeDemoKeys,
	readDemoWorkflows,
	runDemo,
};
