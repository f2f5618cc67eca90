// @ts-check
'use strict';

const { setTimeout: sleep } = require('node:timers/promises');
const { parseFlatted } = require('./flatted');

/**
 * @typedef {{ email: string, password: string, firstName?: string, lastName?: string }} Owner
 * @typedef {{ id: string, name: string, type: string }} CredentialRef
 * @typedef {Record<string, any>} Json
 * @typedef {{ name: string, nodes: Json[], connections: Json, settings?: Json, pinData?: Json, [key: string]: any }} Workflow
 *
 * @typedef {object} WorkflowRun
 * @property {string} status `success`, `error`, `crashed`, `canceled`
 * @property {Record<string, Json[]>} runData runs by node name
 * @property {Json | undefined} error what stopped the workflow
 * @property {string} executionId
 * @property {string} workflowId
 * @property {Json} raw the whole execution, its data decoded
 * @property {string} rawText the execution as n8n delivered it, to search for what must not be there
 */

/** An answer of n8n that is not 2xx. */
class N8nResponseError extends Error {
	/**
	 * @param {string} method
	 * @param {string} path
	 * @param {number} status
	 * @param {any} body
	 */
	constructor(method, path, status, body) {
		const detail =
			typeof body === 'string' ? body.slice(0, 500) : (body?.message ?? JSON.stringify(body));
		super(`n8n answered ${status} to ${method} ${path}: ${detail}`);
		this.name = 'N8nResponseError';
		this.status = status;
		this.body = body;
	}
}

/** Drives a running n8n as the editor (cookie) and as a script (public API key) do. */
class N8nClient {
	/**
	 * @param {{ url: string, cookie?: string, apiKey?: string }} options
	 */
	constructor({ url, cookie, apiKey }) {
		this.url = url.replace(/\/$/, '');
		this.cookie = cookie;
		this.apiKey = apiKey;
	}

	/**
	 * @param {string} method
	 * @param {string} path
	 * @param {unknown} [body]
	 * @param {Record<string, string>} [headers]
	 * @param {number} [patience] seconds to go on asking an n8n that turns every request away
	 * @returns {Promise<any>} the parsed body as it came
	 */
	async request(method, path, body, headers = {}, patience = 30) {
		const response = await fetch(this.url + path, {
			method,
			// No browser-id header anywhere: n8n then does not bind the cookie to one.
			headers: {
				// A busy n8n may close a kept connection in the moment it is used again.
				connection: 'close',
				...(this.cookie && !headers['x-n8n-api-key'] ? { cookie: this.cookie } : {}),
				...(body === undefined ? {} : { 'content-type': 'application/json' }),
				...headers,
			},
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		const cookie = response.headers
			.getSetCookie()
			.find((value) => value.startsWith('n8n-auth='))
			?.split(';')[0];
		if (cookie) this.cookie = cookie;
		const text = await response.text();
		/** @type {any} */
		let parsed = text;
		try {
			parsed = JSON.parse(text);
		} catch {
			// Some answers are plain text or empty.
		}
		// A busy n8n whose own look at its database took too long says so before it does anything.
		if (response.status === 503 && text.includes('Database is not ready') && patience > 0) {
			await sleep(1000);
			return await this.request(method, path, body, headers, patience - 1);
		}
		if (!response.ok) throw new N8nResponseError(method, path, response.status, parsed);
		return parsed;
	}

	/**
	 * The editor's own API, its `data` envelope removed.
	 *
	 * @param {string} method
	 * @param {string} path
	 * @param {unknown} [body]
	 * @returns {Promise<any>}
	 */
	async rest(method, path, body) {
		const answer = await this.request(method, `/rest${path}`, body);
		return answer && typeof answer === 'object' && 'data' in answer ? answer.data : answer;
	}

	/**
	 * n8n's public API, with the API key.
	 *
	 * @param {string} method
	 * @param {string} path
	 * @param {unknown} [body]
	 * @returns {Promise<any>}
	 */
	async publicApi(method, path, body) {
		if (!this.apiKey) throw new Error('createApiKey() first');
		return await this.request(method, `/api/v1${path}`, body, { 'x-n8n-api-key': this.apiKey });
	}

	/** @param {Owner} owner */
	async login({ email, password }) {
		return await this.rest('POST', '/login', { emailOrLdapLoginId: email, password });
	}

	/** Sets the owner up on a fresh n8n, logs in on a used one. @param {Owner} owner */
	async setupOrLogin(owner) {
		const settings = await this.rest('GET', '/settings');
		if (!settings.userManagement.showSetupOnFirstLoad) return await this.login(owner);
		return await this.rest('POST', '/owner/setup', {
			firstName: 'Demo',
			lastName: 'Owner',
			...owner,
		});
	}

	/**
	 * Makes a public API key (replacing one with the same label) and uses it from then on.
	 *
	 * @param {{ label?: string, scopes?: string[], lifetimeSeconds?: number }} [options]
	 * @returns {Promise<string>}
	 */
	async createApiKey({ label = 'playground', scopes, lifetimeSeconds = 24 * 3600 } = {}) {
		const listed = await this.rest('GET', `/api-keys?label=${encodeURIComponent(label)}`);
		for (const key of Array.isArray(listed) ? listed : (listed.items ?? [])) {
			if (key.label === label) await this.rest('DELETE', `/api-keys/${key.id}`);
		}
		const { rawApiKey } = await this.rest('POST', '/api-keys', {
			label,
			scopes: scopes ?? (await this.rest('GET', '/api-keys/scopes')),
			expiresAt: Math.floor(Date.now() / 1000) + lifetimeSeconds,
		});
		this.apiKey = rawApiKey;
		return rawApiKey;
	}

	/**
	 * @param {{ name: string, type: string, data: Json }} credential
	 * @returns {Promise<CredentialRef>}
	 */
	async createCredential({ name, type, data }) {
		const { id } = await this.publicApi('POST', '/credentials', { name, type, data });
		return { id, name, type };
	}

	/**
	 * Creates the credential, or fills the one of the same name and type anew.
	 *
	 * @param {{ name: string, type: string, data: Json }} credential
	 * @returns {Promise<CredentialRef>}
	 */
	async upsertCredential({ name, type, data }) {
		const existing = (await this.listCredentials()).find(
			(credential) => credential.name === name && credential.type === type,
		);
		if (!existing) return await this.createCredential({ name, type, data });
		await this.publicApi('PATCH', `/credentials/${existing.id}`, { name, type, data });
		return { id: existing.id, name, type };
	}

	/** @returns {Promise<CredentialRef[]>} */
	async listCredentials() {
		return await this.rest('GET', '/credentials');
	}

	/**
	 * As the editor reads it: with `includeData`, secrets are masked.
	 *
	 * @param {string} id
	 * @param {{ includeData?: boolean }} [options]
	 * @returns {Promise<Json>}
	 */
	async getCredential(id, { includeData = true } = {}) {
		return await this.rest('GET', `/credentials/${id}?includeData=${includeData}`);
	}

	/**
	 * The editor's Test Connection on a saved credential.
	 *
	 * @param {CredentialRef} credential
	 * @param {Json} [data] unsaved form values; what is stored when left out
	 * @returns {Promise<{ status: 'OK' | 'Error', message: string }>}
	 */
	async testCredential({ id, name, type }, data) {
		const stored = data ?? (await this.getCredential(id)).data;
		return await this.rest('POST', '/credentials/test', {
			credentials: { id, name, type, data: stored },
		});
	}

	/** @param {string} id */
	async deleteCredential(id) {
		await this.rest('DELETE', `/credentials/${id}`);
	}

	/** Every credential type as the editor gets it. @returns {Promise<Json[]>} */
	async credentialTypes() {
		return await this.request('GET', '/types/credentials.json');
	}

	/** Every node type as the editor gets it. @returns {Promise<Json[]>} */
	async nodeTypes() {
		return await this.request('GET', '/types/nodes.json');
	}

	/**
	 * @param {Workflow} workflow
	 * @returns {Promise<Json>} the saved workflow with its `id`
	 */
	async createWorkflow(workflow) {
		const {
			name,
			nodes,
			connections,
			settings = { executionOrder: 'v1' },
			pinData = {},
		} = workflow;
		return await this.rest('POST', '/workflows', { name, nodes, connections, settings, pinData });
	}

	/**
	 * Creates the workflow, or overwrites the one of the same name.
	 *
	 * @param {Workflow} workflow
	 * @returns {Promise<Json>}
	 */
	async upsertWorkflow(workflow) {
		const listed = await this.rest('GET', '/workflows');
		const existing = listed.find(
			(/** @type {Json} */ { name, isArchived }) => name === workflow.name && !isArchived,
		);
		if (!existing) return await this.createWorkflow(workflow);
		const {
			name,
			nodes,
			connections,
			settings = { executionOrder: 'v1' },
			pinData = {},
		} = workflow;
		return await this.rest('PATCH', `/workflows/${existing.id}`, {
			name,
			nodes,
			connections,
			settings,
			pinData,
		});
	}

	/** n8n deletes archived workflows only. @param {string} id */
	async deleteWorkflow(id) {
		await this.rest('POST', `/workflows/${id}/archive`, {});
		await this.rest('DELETE', `/workflows/${id}`);
	}

	/**
	 * Publishes the workflow, so that its webhooks and triggers are live.
	 *
	 * @param {string} id
	 * @returns {Promise<Json>}
	 */
	async activateWorkflow(id) {
		const { versionId } = await this.rest('GET', `/workflows/${id}`);
		const workflow = await this.rest('POST', `/workflows/${id}/activate`, { versionId });
		// n8n answers first and registers the webhooks a moment later.
		for (const deadline = Date.now() + 600_000; ; await sleep(100)) {
			const { status, triggers } = await this.rest('GET', `/workflows/${id}/publication-status`);
			if (status === 'published') return workflow;
			if (status !== 'in_progress' || Date.now() > deadline) {
				throw new Error(`Workflow ${id} was not published: ${status} ${JSON.stringify(triggers)}`);
			}
		}
	}

	/** @param {string} id */
	async deactivateWorkflow(id) {
		return await this.rest('POST', `/workflows/${id}/deactivate`, {});
	}

	/**
	 * @param {string} executionId
	 * @param {{ timeoutMs?: number }} [options]
	 * @returns {Promise<WorkflowRun>}
	 */
	async waitForExecution(executionId, { timeoutMs = 600_000 } = {}) {
		const deadline = Date.now() + timeoutMs;
		// Each look takes n8n a tenth of the work of a small workflow.
		for (let pause = 100; ; pause = Math.min(pause * 1.5, 500)) {
			await sleep(pause);
			const execution = await this.rest('GET', `/executions/${executionId}`);
			if (!['new', 'running', 'waiting', 'unknown'].includes(execution.status)) {
				const data = parseFlatted(execution.data);
				return {
					status: execution.status,
					runData: data.resultData?.runData ?? {},
					error: data.resultData?.error,
					executionId,
					workflowId: execution.workflowId,
					raw: { ...execution, data },
					rawText: JSON.stringify(execution),
				};
			}
			if (Date.now() > deadline) {
				throw new Error(
					`Execution ${executionId} is still ${execution.status} after ${timeoutMs / 1000} s`,
				);
			}
		}
	}

	/**
	 * Runs a saved workflow by hand, from its trigger.
	 *
	 * @param {string} workflowId
	 * @param {{ triggerName?: string, timeoutMs?: number }} [options]
	 * @returns {Promise<WorkflowRun>}
	 */
	async runSavedWorkflow(workflowId, { triggerName, timeoutMs } = {}) {
		const name = triggerName ?? triggerOf(await this.rest('GET', `/workflows/${workflowId}`));
		if (!name) throw new Error(`Workflow ${workflowId} has no trigger to start from`);
		const { executionId } = await this.rest('POST', `/workflows/${workflowId}/run`, {
			triggerToStartFrom: { name },
		});
		return await this.waitForExecution(executionId, { timeoutMs });
	}

	/**
	 * Saves a workflow, runs it by hand and waits for its end.
	 *
	 * @param {Workflow} workflow
	 * @param {{ triggerName?: string, timeoutMs?: number }} [options]
	 * @returns {Promise<WorkflowRun>}
	 */
	async runWorkflow(workflow, options) {
		const { id } = await this.createWorkflow(workflow);
		return await this.runSavedWorkflow(id, { triggerName: triggerOf(workflow), ...options });
	}

	/** @param {string} executionId */
	async deleteExecution(executionId) {
		await this.rest('POST', '/executions/delete', { ids: [executionId] });
	}
}

/** @param {{ nodes: Json[] }} workflow @returns {string | undefined} name of its first trigger */
function triggerOf({ nodes }) {
	return nodes.find(({ type }) => /trigger$/i.test(type))?.name;
}

/**
 * @param {WorkflowRun['runData']} runData
 * @param {string} nodeName
 * @param {number} [outputIndex]
 * @param {number} [runIndex]
 * @returns {Json[]} the items a node put out
 */
function outputItems(runData, nodeName, outputIndex = 0, runIndex = 0) {
	return runData[nodeName]?.[runIndex]?.data?.main?.[outputIndex] ?? [];
}

module.exports = { N8nClient, N8nResponseError, outputItems };
