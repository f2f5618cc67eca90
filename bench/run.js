// @ts-check
'use strict';

// npm run bench [core|memory|verify|nodes|large|http|webhook …]: measures and writes results.md beside this file.

const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const prettier = require('prettier');
const { ensureRuntime } = require('../playground/runtime');
const { dependencies } = require('../playground/package.json');
const { devDependencies } = require('../package.json');
const { benchHttp, benchMemory, MANY, REQUESTS } = require('./http');
const { benchNodes, LARGE, SMALL } = require('./nodes');
const { benchNodeVerify, ITEMS } = require('./nodeVerify');
const { benchWebhook, LANES, SECONDS } = require('./webhook');
const { startInstance } = require('./support/instance');
const { median } = require('./support/measure');
const { toMarkdown } = require('./support/report');

/** @typedef {import('./support/report').Table} Table */

/** @param {string} node @param {string} script */
const runScript = (node, script) =>
	JSON.parse(
		execFileSync(node, [path.join(__dirname, script)], {
			encoding: 'utf8',
			stdio: ['ignore', 'pipe', 'inherit'],
		}),
	);

/** @param {string} node @returns {Table[]} */
function coreTables(node) {
	/** @type {Array<{ algorithm: string, rates: Record<string, number> }>} */
	const results = runScript(node, 'core.js');
	const names = Object.keys(results[1]?.rates ?? {});
	const of = (/** @type {Record<string, number>} */ rates, /** @type {string} */ name) =>
		rates[name] ?? NaN;
	return [
		{
			title: 'Core: tokens per second',
			note: 'In one process; a number behind the name says how many are under way at once.',
			head: ['', ...results.map(({ algorithm }) => algorithm)],
			rows: names.map((name) => [name, ...results.map(({ rates }) => of(rates, name))]),
		},
		{
			title: 'Core: this package, 16 under way, compared',
			head: ['compared with', ...results.map(({ algorithm }) => algorithm)],
			rows: ['node:crypto async, 16', 'jsonwebtoken, text key', 'fast-jwt'].map((name) => [
				`${name} (times)`,
				...results.map(({ rates }) => of(rates, 'this package, 16') / of(rates, name)),
			]),
		},
	];
}

/** @param {string} node @returns {Table[]} */
function processorTables(node) {
	/** @type {Array<Record<'sign' | 'signBare' | 'verify' | 'verifyBare', number> & { algorithm: string }>} */
	const results = runScript(node, 'processorTime.js');
	return [
		{
			title: 'Core: processor time per token',
			note: 'µs on all threads, 16 under way: this package, where jose signs and verifies, and node:crypto alone, asynchronous.',
			head: ['', 'sign', 'node:crypto', 'times', 'verify', 'node:crypto', 'times'],
			rows: results.map(({ algorithm, sign, signBare, verify, verifyBare }) => [
				algorithm,
				...[sign, signBare, sign / signBare, verify, verifyBare, verify / verifyBare],
			]),
		},
	];
}

/** @param {{ items: number, rounds: number }} size @returns {Promise<Table>} */
async function nodeTable(size) {
	console.error('nodes: starting n8n');
	const instance = await startInstance();
	const results = await benchNodes(instance, size).finally(instance.stop);
	const rows = results.map(({ algorithm, own, stock, neither }) => {
		const [ours, theirs] = [median(own.milliseconds), median(stock.milliseconds)];
		const cost = (/** @type {number[]} */ times) =>
			((median(times) - median(neither.processorTime)) / size.items) * 1000;
		const [ourCost, theirCost] = [cost(own.processorTime), cost(stock.processorTime)];
		return [
			algorithm,
			...[(size.items / ours) * 1000, (size.items / theirs) * 1000, theirs / ours],
			...[ourCost, theirCost, ourCost / theirCost],
			...[median(own.megabytes), median(stock.megabytes)],
		];
	});
	return {
		title: `Node: JWT Sign and n8n's own JWT node, ${size.items.toLocaleString('en')} items`,
		note: `In the same n8n, with the same payload expression, ${size.rounds} rounds. Items per second as n8n measures them for the node; processor time on all threads, less that of a workflow that signs nothing: other work on the machine changes it least.`,
		head: [
			'',
			...['JWT Sign, items/s', "n8n's JWT, items/s", 'times as fast'],
			...['JWT Sign, µs of processor time', "n8n's JWT, µs", 'times the cost'],
			...['peak MB', "peak MB, n8n's"],
		],
		rows,
	};
}

/** @returns {Promise<Table[]>} */
async function httpTables() {
	const instance = await startInstance();
	try {
		const { idle, peak, seconds } = await benchMemory(instance);
		const results = await benchHttp(instance);
		return [
			{
				title: `HTTP: ${REQUESTS.toLocaleString('en')} requests with one jwtSignApi credential (ES256)`,
				head: ['', 'JWT HTTP Request, requests/s', 'HTTP Request, requests/s', 'times as fast'],
				rows: results.map(({ payload, times: { own = NaN, stock = NaN } }) => [
					payload,
					...[(REQUESTS / own) * 1000, (REQUESTS / stock) * 1000, stock / own],
				]),
			},
			{
				title: `HTTP: ${MANY.toLocaleString('en')} items through JWT HTTP Request in an n8n that was idle`,
				head: ['', 'idle MB', 'peak MB', 'MB above idle', 'seconds'],
				rows: [['', idle, peak, peak - idle, seconds]],
			},
		];
	} finally {
		await instance.stop();
	}
}

/** @param {string} node @returns {Promise<Table[]>} */
async function verifyTables(node) {
	/** @type {Array<{ algorithm: string, ours: number, theirs: number }>} */
	const rows = runScript(node, 'coreVerify.js');
	const instance = await startInstance();
	const { own = NaN, stock = NaN } = await benchNodeVerify(instance).finally(instance.stop);
	return [
		{
			title: 'Verifying, core: tokens per second',
			note: 'With a JWK Set fetched once, against jsonwebtoken with the text of a PEM; 16 under way.',
			head: ['', 'this package', 'jsonwebtoken', 'times as fast'],
			rows: rows.map(({ algorithm, ours, theirs }) => [algorithm, ours, theirs, ours / theirs]),
		},
		{
			title: `Verifying, node: ${ITEMS.toLocaleString('en')} items, RS256 with a PEM`,
			head: ['', 'items/s', 'times as fast'],
			rows: [
				['JWT Verify', (ITEMS / own) * 1000, stock / own],
				["n8n's JWT", (ITEMS / stock) * 1000, 1],
			],
		},
	];
}

/** @returns {Promise<Table>} */
async function webhookTable() {
	console.error('webhook: starting n8n');
	const instance = await startInstance();
	const { own, stock } = await benchWebhook(instance).finally(instance.stop);
	return {
		title: 'Webhook: forged calls, RS256 with a PEM',
		note: `In turn, ${SECONDS} seconds at a time, ${LANES} under way; n8n's own Webhook has JWT Auth. Both refuse without an execution.`,
		head: ['', 'calls/s', 'ms of processor time per call', 'times the cost'],
		rows: [
			['JWT Webhook', own.perSecond, own.processorTime, own.processorTime / stock.processorTime],
			["n8n's Webhook", stock.perSecond, stock.processorTime, 1],
		],
	};
}

/** @param {string} node @returns {Table[]} */
function memoryTables(node) {
	const runs = Array.from({ length: 7 }, () => runScript(node, 'memory.js'));
	const of = (/** @type {string} */ what, /** @type {number} */ index) =>
		median(runs.map((run) => run[what][index]));
	return [
		{
			title: 'Loading',
			note: 'n8n loads n8n-workflow anyway. Processor time is what other work on the machine changes least.',
			head: ['', 'ms of processor time', 'ms', 'MB'],
			rows: [
				['n8n-workflow', of('peer', 0), of('peer', 1), of('peer', 2)],
				['this package on top', of('own', 0), of('own', 1), of('own', 2)],
			],
		},
	];
}

/** How many processes wanted a processor in the last minute; the benchmark's own are among them. */
const lastMinute = () => (os.loadavg()[0] ?? NaN).toFixed(1);

const PARTS = ['core', 'memory', 'verify', 'nodes', 'large', 'http', 'webhook'];

async function main() {
	const wanted = process.argv.slice(2);
	const unknown = wanted.filter((part) => !PARTS.includes(part));
	if (unknown.length > 0) throw new Error(`No such part: ${unknown}. There are ${PARTS}.`);
	const loadBefore = lastMinute();
	const wants = (/** @type {string} */ part) => wanted.length === 0 || wanted.includes(part);
	const { node, version } = await ensureRuntime();
	/** @type {Table[]} */
	const tables = [];
	if (wants('core')) tables.push(...coreTables(node), ...processorTables(node));
	if (wants('memory')) tables.push(...memoryTables(node));
	if (wants('verify')) tables.push(...(await verifyTables(node)));
	if (wants('nodes')) tables.push(await nodeTable(SMALL));
	if (wants('large')) tables.push(await nodeTable(LARGE));
	if (wants('http')) tables.push(...(await httpTables()));
	if (wants('webhook')) tables.push(await webhookTable());
	const peers = ['jsonwebtoken', 'fast-jwt', 'jose'].map(
		(name) => `${name} ${/** @type {Record<string, string>} */ (devDependencies)[name]}`,
	);
	const cpus = os.cpus();
	const text = [
		'# Benchmarks',
		'',
		`Measured by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: ${cpus.length} × ${cpus[0]?.model.trim()}, ${process.platform} ${process.arch}, Node.js ${version}, n8n ${dependencies.n8n}, ${peers.join(', ')}. Medians of rounds taken in turn. Load of the machine in the minute before: ${loadBefore}, at the end: ${lastMinute()}.`,
		'',
		tables.map(toMarkdown).join('\n\n'),
		'',
	].join('\n');
	console.log(text);
	if (wanted.length > 0) return;
	const formatted = await prettier.format(text, { parser: 'markdown' });
	fs.writeFileSync(path.join(__dirname, 'results.md'), formatted);
}

void main().catch((error) => {
	console.error(error);
	process.exit(1);
});
