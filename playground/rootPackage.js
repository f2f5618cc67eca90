// @ts-check
'use strict';

const { createHash } = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const { runNpm } = require('./npm');
const { logs, root } = require('./paths');

const STAMP = path.join(root, 'node_modules', '.playground-installed');

/** @returns {string} */
function fingerprint() {
	const hash = createHash('sha256');
	for (const file of ['package.json', 'package-lock.json', '.npmrc']) {
		const full = path.join(root, file);
		if (fs.existsSync(full)) hash.update(fs.readFileSync(full));
	}
	return hash.digest('hex');
}

/** Installs the package's own tools when they are missing or outdated. @param {(line: string) => void} onProgress */
async function installRoot(onProgress) {
	const wanted = fingerprint();
	if (fs.existsSync(STAMP) && fs.readFileSync(STAMP, 'utf8') === wanted) return;
	onProgress("Installing the package's build tools");
	// --no-save: starting the demo must not rewrite the lock file.
	await runNpm(['install', '--no-save', '--no-audit', '--no-fund'], {
		cwd: root,
		logFile: path.join(logs, 'install-root.log'),
		what: 'Installing the build tools',
	});
	fs.writeFileSync(STAMP, wanted);
}

/** @param {(line: string) => void} onProgress */
async function buildRoot(onProgress) {
	onProgress('Building the package');
	await runNpm(['run', 'build'], {
		cwd: root,
		logFile: path.join(logs, 'build.log'),
		what: 'Building the package (npm run build)',
	});
}

module.exports = { buildRoot, installRoot };
