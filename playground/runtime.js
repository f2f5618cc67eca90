// @ts-check
'use strict';

const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { PlaygroundError } = require('./errors');
const { withLock } = require('./lock');
const { runNpm } = require('./npm');
const { cache, logs } = require('./paths');

/** n8n 2.41.1 wants 24 or newer; one line of versions keeps sqlite3's build reproducible. */
const NODE_MAJOR = 24;
const NODE_VERSION = '24.18.1';

/**
 * @typedef {object} Runtime
 * @property {string} node the Node.js executable
 * @property {string} binDir its folder, to go first in PATH
 * @property {string} nodedir the folder that holds `include/node` (npm_config_nodedir)
 * @property {string} version
 */

/** @returns {Runtime | undefined} */
function ownRuntime() {
	if (Number(process.versions.node.split('.')[0]) !== NODE_MAJOR) return undefined;
	const node = fs.realpathSync(process.execPath);
	const nodedir = path.dirname(path.dirname(node));
	// Without headers beside it, sqlite3 could only be compiled with a download from elsewhere.
	if (!fs.existsSync(path.join(nodedir, 'include', 'node', 'node.h'))) return undefined;
	return { node, binDir: path.dirname(node), nodedir, version: process.versions.node };
}

/** The name under which Node.js itself is published on npm for this machine. */
function packageName() {
	const platform = process.platform === 'win32' ? 'win' : process.platform;
	const prefix = platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node';
	return `${prefix}-${platform}-${process.arch}`;
}

/**
 * @param {string} folder
 * @returns {Runtime | undefined}
 */
function installedRuntime(folder) {
	const nodedir = path.join(folder, 'node_modules', packageName());
	const node = path.join(nodedir, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
	try {
		const version = execFileSync(node, ['--version'], { encoding: 'utf8', stdio: 'pipe' }).trim();
		if (version !== `v${NODE_VERSION}`) return undefined;
		return { node, binDir: path.dirname(node), nodedir, version: NODE_VERSION };
	} catch {
		return undefined;
	}
}

/**
 * A Node.js that runs the pinned n8n: the one in use if it fits, else one fetched from npm.
 *
 * @param {{ onProgress?: (line: string) => void }} [options]
 * @returns {Promise<Runtime>}
 */
async function ensureRuntime({ onProgress = () => {} } = {}) {
	const own = ownRuntime();
	if (own) return own;

	const folder = path.join(cache, `node-${NODE_VERSION}`);
	return await withLock(
		`${folder}.lock`,
		async () => {
			const present = installedRuntime(folder);
			if (present) return present;

			onProgress(
				`Fetching Node.js ${NODE_VERSION} for n8n from npm (this one is ${process.version})`,
			);
			fs.rmSync(folder, { recursive: true, force: true });
			fs.mkdirSync(folder, { recursive: true });
			fs.writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n');
			await runNpm(
				[
					'install',
					'--no-save',
					'--no-package-lock',
					'--ignore-scripts',
					`${packageName()}@${NODE_VERSION}`,
				],
				{
					cwd: folder,
					logFile: path.join(logs, 'install-node.log'),
					what: `Fetching Node.js ${NODE_VERSION} (npm package ${packageName()}); install Node.js ${NODE_MAJOR} yourself and run the command with it, because this`,
				},
			);
			const fetched = installedRuntime(folder);
			if (fetched) return fetched;
			throw new PlaygroundError(
				`The Node.js ${NODE_VERSION} published on npm does not run on this machine.`,
				`Install Node.js ${NODE_MAJOR} (with its headers) and run the command with it.`,
			);
		},
		() => onProgress('Waiting for another process that fetches Node.js'),
	);
}

module.exports = { ensureRuntime };
