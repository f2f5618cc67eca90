// @ts-check
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const readline = require('node:readline');
const { setTimeout: sleep } = require('node:timers/promises');
const { endChild, startChild } = require('./children');
const { PlaygroundError } = require('./errors');
const { ensureN8n } = require('./install');
const { HOST, freePort, requireFreePort } = require('./ports');
const { unpackPackage } = require('./unpackPackage');

const START_TIMEOUT_MS = 600_000;

/**
 * @typedef {object} StartOptions
 * @property {string} userFolder everything n8n stores goes to `<userFolder>/.n8n`
 * @property {string} [tarball] the packed package; left out when another process of the same user
 *   folder has put it there already
 * @property {number} [port] a free one when left out
 * @property {Record<string, string>} [env] wins over every setting made here
 * @property {string[]} [args] n8n's command; `['worker']` and others for queue mode
 * @property {string} [logFile]
 * @property {(line: string) => void} [onLine] called with every line n8n prints
 * @property {string} [portRemedy] what to do when the port is taken
 *
 * @typedef {object} RunningN8n
 * @property {string} url
 * @property {number} port
 * @property {number} pid
 * @property {string} logFile
 * @property {string} userFolder
 * @property {string} databaseFile SQLite's, unless `env` chose another database
 * @property {Promise<string>} ended how it ended, once it has
 * @property {() => Promise<void>} stop
 */

/**
 * The machine's environment without what would steer n8n or its database by accident
 * (NODE_ENV=test, as jest sets it, changes n8n's behaviour).
 */
function inheritedEnv() {
	return Object.fromEntries(
		Object.entries(process.env).filter(
			([name]) =>
				!/^(N8N_|DB_|QUEUE_|EXECUTIONS_|WEBHOOK_URL|NODE_ENV|NODE_OPTIONS|NODE_PATH|JEST_|E2E_TESTS|npm_)/.test(
					name,
				),
		),
	);
}

/** @param {string} url */
async function isReady(url) {
	const health = await fetch(`${url}/healthz/readiness`);
	if (!health.ok) return false;
	// While n8n boots, every other path answers with a waiting page.
	const settings = await fetch(`${url}/rest/settings`);
	return settings.ok && (settings.headers.get('content-type') ?? '').includes('json');
}

/** @param {string} url */
async function isWorkerReady(url) {
	return (await fetch(`${url}/healthz/readiness`)).ok;
}

/**
 * Starts the pinned n8n and waits until its REST API answers.
 *
 * @param {StartOptions} options
 * @returns {Promise<RunningN8n>}
 */
async function startN8n({
	userFolder,
	tarball,
	port,
	env = {},
	args = ['start'],
	logFile = path.join(userFolder, 'n8n.log'),
	onLine = () => {},
	portRemedy,
}) {
	const { runtime, n8nBin } = await ensureN8n();
	if (port) await requireFreePort(port, 'n8n', portRemedy);
	const chosenPort = port || (await freePort());
	fs.mkdirSync(userFolder, { recursive: true });
	if (tarball) unpackPackage(tarball, userFolder);

	const url = `http://${HOST}:${chosenPort}`;
	const isServer = args[0] === 'start';
	const child = startChild(runtime.node, [n8nBin, ...args], {
		cwd: userFolder, // n8n reads a .env file from where it starts
		env: {
			...inheritedEnv(),
			PATH: `${runtime.binDir}${path.delimiter}${process.env.PATH ?? ''}`,
			N8N_USER_FOLDER: userFolder,
			N8N_LISTEN_ADDRESS: HOST,
			N8N_HOST: HOST,
			N8N_PORT: String(chosenPort),
			N8N_RUNNERS_BROKER_PORT: String(await freePort()),
			N8N_SECURE_COOKIE: 'false',
			N8N_DIAGNOSTICS_ENABLED: 'false',
			N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
			N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
			N8N_DYNAMIC_BANNERS_ENABLED: 'false',
			N8N_TEMPLATES_ENABLED: 'false',
			N8N_PERSONALIZATION_ENABLED: 'false',
			N8N_HIRING_BANNER_ENABLED: 'false',
			N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
			DB_TYPE: 'sqlite',
			// On a busy machine n8n would take its database for lost, and answer 503 for a while.
			DB_PING_TIMEOUT_MS: '600000',
			...(isServer
				? {}
				: { QUEUE_HEALTH_CHECK_ACTIVE: 'true', QUEUE_HEALTH_CHECK_PORT: String(chosenPort) }),
			...env,
		},
		stdio: ['ignore', 'pipe', 'pipe'],
	});

	fs.mkdirSync(path.dirname(logFile), { recursive: true });
	const log = fs.createWriteStream(logFile);
	/** @type {string[]} */
	const lastLines = [];
	for (const stream of [child.stdout, child.stderr]) {
		if (!stream) continue;
		readline.createInterface({ input: stream }).on('line', (line) => {
			log.write(`${line}\n`);
			lastLines.push(line);
			if (lastLines.length > 15) lastLines.shift();
			onLine(line);
		});
	}
	/** @type {string | undefined} */
	let ended;
	/** @type {Promise<string>} */
	const whenEnded = new Promise((resolve) => {
		child.once('error', (error) => (ended = error.message));
		child.once('close', (code, signal) => {
			ended ??= signal ? `signal ${signal}` : `exit code ${code}`;
			log.end();
			resolve(ended);
		});
	});

	const ready = isServer ? isReady : isWorkerReady;
	const deadline = Date.now() + START_TIMEOUT_MS;
	while (!(await ready(url).catch(() => false))) {
		if (ended || Date.now() > deadline) {
			await endChild(child);
			throw new PlaygroundError(
				ended
					? `n8n ended while it started (${ended}).`
					: 'n8n did not become ready within 3 minutes.',
				`Its log is ${logFile} and ends with:\n${lastLines.join('\n')}`,
			);
		}
		await sleep(200);
	}

	return {
		url,
		port: chosenPort,
		pid: /** @type {number} */ (child.pid),
		logFile,
		userFolder,
		databaseFile: path.join(userFolder, '.n8n', 'database.sqlite'),
		ended: whenEnded,
		stop: async () => await endChild(child),
	};
}

module.exports = { startN8n };
