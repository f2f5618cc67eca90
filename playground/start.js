// @ts-check
'use strict';

require('./checkNode').requireSupportedNode();

const path = require('node:path');
const { parseArgs } = require('node:util');
const { endAllChildren, isEnding, setSignalExitCode } = require('./children');
const { N8nClient } = require('./client');
const { startDemoApi } = require('./demo-api/server');
const { AUDIENCE, DEFAULT_API_PORT, importDemo, makeDemoKeys, runDemo } = require('./demo');
const { PlaygroundError } = require('./errors');
const { ensureN8n } = require('./install');
const { startN8n } = require('./n8n');
const { localOwner } = require('./owner');
const { packPackage } = require('./packPackage');
const { data } = require('./paths');
const { requireFreePort } = require('./ports');
const { keepReloading, RELOADING } = require('./reload');
const { buildRoot, installRoot } = require('./rootPackage');

const USAGE = `npm start                       the demo, then the editor until Ctrl+C
npm start -- --once             the demo only; exits 0 when every call was authenticated
npm run dev                     the demo, then the editor with every change you make to the sources
npm start -- --port 5679        the editor's port   (or JWT_DEMO_PORT, default 5678)
npm start -- --api-port 8090    the demo API's port (or JWT_DEMO_API_PORT, default ${DEFAULT_API_PORT})`;

const startedAt = Date.now();

/** @param {string} line */
function progress(line) {
	const seconds = ((Date.now() - startedAt) / 1000).toFixed(0).padStart(4);
	console.log(`${seconds} s  ${line}`);
}

/** @param {string} value @param {string} flag */
function portNumber(value, flag) {
	const port = Number(value);
	if (Number.isInteger(port) && port > 0 && port < 65536) return port;
	throw new PlaygroundError(`${flag} ${value} is not a port number:`, 'give one from 1 to 65535.');
}

function readOptions() {
	try {
		const { values } = parseArgs({
			options: {
				once: { type: 'boolean', default: false },
				dev: { type: 'boolean', default: false },
				help: { type: 'boolean', default: false },
				port: { type: 'string', default: process.env.JWT_DEMO_PORT ?? '5678' },
				'api-port': {
					type: 'string',
					default: process.env.JWT_DEMO_API_PORT ?? String(DEFAULT_API_PORT),
				},
			},
		});
		return values;
	} catch (error) {
		throw new PlaygroundError(`${/** @type {Error} */ (error).message}\n\n${USAGE}`);
	}
}

async function main() {
	const options = readOptions();
	if (options.help) return console.log(USAGE);
	const port = portNumber(options.port, '--port');
	const apiPort = portNumber(options['api-port'], '--api-port');
	const editorRemedy = `stop the program that uses it, or run \`npm start -- --port ${port + 1}\`.`;
	const apiRemedy = `stop the program that uses it, or run \`npm start -- --api-port ${apiPort + 1}\`.`;
	// Before the long steps, so that nobody waits minutes for this answer.
	await requireFreePort(port, 'n8n', editorRemedy);
	await requireFreePort(apiPort, 'the demo API', apiRemedy);

	await installRoot(progress);
	await buildRoot(progress);
	const tarball = await packPackage();
	await ensureN8n({ onProgress: progress });

	const { apiKeys, credentials } = makeDemoKeys();
	const api = await startDemoApi({
		port: apiPort,
		audience: AUDIENCE,
		keys: apiKeys,
		portRemedy: apiRemedy,
	});
	progress(`Demo API on ${api.url}; starting n8n (about 20 seconds)`);
	const n8n = await startN8n({
		userFolder: data,
		tarball,
		port,
		portRemedy: editorRemedy,
		env: options.dev ? RELOADING : {},
	});

	progress('n8n is up; importing demo credentials and workflows');
	const client = new N8nClient({ url: n8n.url });
	const owner = localOwner(data);
	await client.setupOrLogin(owner).catch((error) => {
		throw new PlaygroundError(
			`The demo owner cannot log in (${error.message}).`,
			`Delete ${path.relative(process.cwd(), data) || data} and run the command again.`,
		);
	});
	await client.createApiKey({ label: 'npm start' });
	const imported = await importDemo({ client, api, credentials });
	progress('Running the demo workflow');
	const passed = await runDemo({ client, api, imported });

	console.log(
		passed
			? '\nEvery call was authenticated.'
			: `\nNot every call was authenticated. n8n's log: ${n8n.logFile}`,
	);
	if (options.once) {
		await n8n.stop();
		await api.stop();
		process.exitCode = passed ? 0 : 1;
		return;
	}
	setSignalExitCode(0);
	console.log(`\nEditor    ${n8n.url}/workflow/${imported[0]?.id}`);
	console.log(`Login     ${owner.email}  ${owner.password}`);
	console.log(`Demo API  ${api.url}`);
	if (options.dev) keepReloading(data, progress);
	console.log('Ctrl+C ends everything.');
	const code = await n8n.ended;
	throw new PlaygroundError(`n8n ended by itself (${code}).`, `Its log: ${n8n.logFile}`);
}

main().catch(async (error) => {
	if (isEnding()) return;
	console.error(error instanceof PlaygroundError ? `\n${error.message}` : error);
	await endAllChildren();
	process.exit(1);
});
