// @ts-check
'use strict';

const { randomUUID } = require('node:crypto');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { N8nClient } = require('../../playground/client');
const { startN8n } = require('../../playground/n8n');
const { localOwner } = require('../../playground/owner');
const { packPackage } = require('../../playground/packPackage');

/**
 * @typedef {object} Instance
 * @property {N8nClient} client
 * @property {(step: Step, items: number | string) => Promise<string>} prepare saves a workflow and
 *   returns its ID; items: how many, or the code that makes them
 * @property {(workflowId: string) => Promise<Measured>} run
 * @property {() => number} megabytes resident memory of n8n now
 * @property {() => number} processorTime milliseconds that n8n has used so far
 * @property {() => Promise<void>} stop
 *
 * @typedef {{ type: string, typeVersion?: number, parameters: object, credentials: object }} Step
 * @typedef {{ milliseconds: number, peakMegabytes: number }} Measured
 */

/** @param {number} pid @param {'VmRSS' | 'VmHWM'} what @returns {number} MB; NaN but on Linux */
function megabytesOf(pid, what) {
	try {
		const status = fs.readFileSync(`/proc/${pid}/status`, 'utf8');
		return Number(new RegExp(`${what}:\\s+(\\d+)`).exec(status)?.[1] ?? NaN) / 1000;
	} catch {
		return NaN;
	}
}

/** Milliseconds of processor time of a process; NaN but on Linux. @param {number} pid */
function processorTimeOf(pid) {
	try {
		// Behind the name of the program, which may have blanks in it; in hundredths of a second.
		const fields = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
		return (Number(fields[11]) + Number(fields[12])) * 10;
	} catch {
		return NaN;
	}
}

/** Peak memory of a process since it was last asked for, in MB; Linux only. @param {number} pid */
function peakMegabytes(pid) {
	const peak = megabytesOf(pid, 'VmHWM');
	if (!Number.isNaN(peak)) fs.writeFileSync(`/proc/${pid}/clear_refs`, '5');
	return peak;
}

/**
 * Runs a workflow by hand. n8n lets go of idle connections while a node keeps it busy, so that a
 * question may have to be asked again.
 *
 * @param {N8nClient} client
 * @param {string} workflowId
 */
async function runPatiently(client, workflowId) {
	const { executionId } = await client.rest('POST', `/workflows/${workflowId}/run`, {
		triggerToStartFrom: { name: 'Start' },
	});
	for (let failures = 0; ; failures += 1) {
		try {
			return await client.waitForExecution(executionId, { timeoutMs: 600_000 });
		} catch (error) {
			if (!(error instanceof TypeError) || failures > 20) throw error;
		}
	}
}

/**
 * A fresh n8n with the package.
 *
 * @param {Record<string, string>} [env] further environment of n8n
 * @returns {Promise<Instance>}
 */
async function startInstance(env) {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'jwt-auth-bench-'));
	const tarball = await packPackage({ outputFolder: folder });
	const n8n = await startN8n({ userFolder: path.join(folder, 'n8n'), tarball, env });
	const client = new N8nClient({ url: n8n.url });
	await client.setupOrLogin(localOwner(n8n.userFolder));
	await client.createApiKey({ label: 'bench' });

	return {
		client,
		async prepare({ type, typeVersion = 1, parameters, credentials }, items) {
			const node = (
				/** @type {string} */ name,
				/** @type {string} */ kind,
				/** @type {object} */ extra,
			) => ({
				id: name,
				name,
				type: kind,
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
				...extra,
			});
			const next = (/** @type {string} */ name) => ({
				main: [[{ node: name, type: 'main', index: 0 }]],
			});
			const { id } = await client.createWorkflow({
				name: `Bench ${randomUUID()}`,
				nodes: [
					node('Start', 'n8n-nodes-base.manualTrigger', {}),
					node('Items', 'n8n-nodes-base.code', {
						typeVersion: 2,
						parameters: {
							jsCode:
								typeof items === 'string'
									? items
									: `return Array.from({ length: ${items} }, (_, index) => ({ json: { user: 'user-' + index } }));`,
						},
					}),
					node('Measured', type, { typeVersion, parameters, credentials }),
				],
				connections: { Start: next('Items'), Items: next('Measured') },
			});
			return id;
		},
		async run(workflowId) {
			peakMegabytes(n8n.pid);
			const run = await runPatiently(client, workflowId);
			const [measured] = run.runData.Measured ?? [];
			if (run.status !== 'success' || !measured) {
				throw new Error(`The run ended as ${run.status}: ${JSON.stringify(run.error)}`);
			}
			await client.deleteExecution(run.executionId);
			return { milliseconds: measured.executionTime, peakMegabytes: peakMegabytes(n8n.pid) };
		},
		megabytes: () => megabytesOf(n8n.pid, 'VmRSS'),
		processorTime: () => processorTimeOf(n8n.pid),
		stop: async () => {
			await n8n.stop();
			fs.rmSync(folder, { recursive: true, force: true });
		},
	};
}

module.exports = { startInstance };
