// @ts-check
'use strict';

const { execFileSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const { PlaygroundError } = require('./errors');
const { withLock } = require('./lock');
const { runNpm } = require('./npm');
const { logs, n8nInstall, playground } = require('./paths');
const { ensureRuntime } = require('./runtime');
const { buildSqlite3, SQLITE3_BINARY } = require('./sqlite3');

const FILES = ['package.json', 'package-lock.json', '.npmrc'];
const NEEDED_BYTES = 4e9;

/**
 * @typedef {object} Installation
 * @property {import('./runtime').Runtime} runtime
 * @property {string} folder holds n8n's node_modules
 * @property {string} n8nBin n8n's command line script
 */

/** @param {string} nodeVersion */
function fingerprint(nodeVersion) {
	const hash = createHash('sha256').update(`${nodeVersion} ${process.platform} ${process.arch}`);
	for (const file of FILES) hash.update(fs.readFileSync(path.join(playground, file)));
	return hash.digest('hex');
}

/** @param {string} folder */
function requireSpace(folder) {
	const { bavail, bsize } = fs.statfsSync(folder);
	if (bavail * bsize >= NEEDED_BYTES) return;
	throw new PlaygroundError(
		`The disk has ${((bavail * bsize) / 1e9).toFixed(1)} GB left and n8n needs ${NEEDED_BYTES / 1e9} GB:`,
		'free some space and run the command again.',
	);
}

/**
 * @param {import('./runtime').Runtime} runtime
 * @param {(line: string) => void} onProgress
 */
async function installN8n(runtime, onProgress) {
	const logFile = path.join(logs, 'install-n8n.log');
	const sqlite3Log = path.join(logs, 'build-sqlite3.log');
	fs.mkdirSync(logs, { recursive: true });
	fs.rmSync(logFile, { force: true });
	fs.rmSync(n8nInstall, { recursive: true, force: true });
	fs.mkdirSync(n8nInstall, { recursive: true });
	requireSpace(n8nInstall);
	for (const file of FILES)
		fs.copyFileSync(path.join(playground, file), path.join(n8nInstall, file));

	const { dependencies } = require('./package.json');
	onProgress(`Installing n8n ${dependencies.n8n} (2 GB, once, about 2 minutes)`);
	const sqlite3Folder = `${n8nInstall}-sqlite3`;
	const stop = new AbortController();
	const parts = [
		buildSqlite3(runtime, sqlite3Folder, { logFile: sqlite3Log, signal: stop.signal }),
		// Not `npm ci`: the lock file lacks optional packages of other platforms.
		runNpm(['install', '--legacy-peer-deps', '--ignore-scripts', '--no-audit', '--no-fund'], {
			cwd: n8nInstall,
			logFile,
			signal: stop.signal,
			node: runtime.node,
			what: 'Installing n8n',
		}),
	];
	try {
		await Promise.all(parts);
	} catch (error) {
		// Nothing may write into the folder any more once its lock is given back.
		stop.abort();
		await Promise.allSettled(parts);
		throw error;
	}
	fs.cpSync(path.join(sqlite3Folder, SQLITE3_BINARY), path.join(n8nInstall, SQLITE3_BINARY));
	fs.rmSync(sqlite3Folder, { recursive: true, force: true });
	try {
		execFileSync(runtime.node, ['-e', 'require("sqlite3")'], { cwd: n8nInstall, stdio: 'pipe' });
	} catch {
		throw new PlaygroundError(
			'The sqlite3 that n8n needs was built but does not load on this machine.',
			`npm's output: ${sqlite3Log}`,
		);
	}
}

/**
 * Installs the pinned n8n on first use, and again when its pins, its lock file or Node.js change.
 *
 * @param {{ onProgress?: (line: string) => void }} [options]
 * @returns {Promise<Installation>}
 */
async function ensureN8n({ onProgress = () => {} } = {}) {
	const runtime = await ensureRuntime({ onProgress });
	const stampFile = path.join(n8nInstall, '.installed');
	const wanted = fingerprint(runtime.version);
	const isInstalled = () =>
		fs.existsSync(stampFile) && fs.readFileSync(stampFile, 'utf8') === wanted;

	if (!isInstalled()) {
		await withLock(
			`${n8nInstall}.lock`,
			async () => {
				if (isInstalled()) return;
				await installN8n(runtime, onProgress);
				// Written last: an interrupted installation has no stamp and is redone.
				fs.writeFileSync(stampFile, wanted);
			},
			() => onProgress('Waiting for another process that installs n8n'),
		);
	}
	return {
		runtime,
		folder: n8nInstall,
		n8nBin: path.join(n8nInstall, 'node_modules', 'n8n', 'bin', 'n8n'),
	};
}

module.exports = { ensureN8n };
