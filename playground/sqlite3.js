// @ts-check
'use strict';

const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { PlaygroundError } = require('./errors');
const { runNpm } = require('./npm');

/** Looked for first, since a failed compilation logs a failed download before it. */
/** @type {Array<[RegExp, string]>} */
const NO_COMPILER = [
	[
		/find Python|not found: make|make: not found|gyp ERR! stack Error: not found|(g\+\+|c\+\+|cc): (not found|no such file)|find Visual Studio|xcode-select/i,
		'sqlite3 has to be compiled on this machine and a tool for that is missing: install python3, make and g++ (on Debian: apt install python3 make g++) and run the command again.',
	],
];

/** What is built, below the folder that is installed in. */
const SQLITE3_BINARY = 'node_modules/sqlite3/build/Release/node_sqlite3.node';

/** The same versions as in n8n's own installation. */
function lockedVersions() {
	const { packages } = require('./package-lock.json');
	return {
		sqlite3: packages['node_modules/sqlite3'].version,
		'node-addon-api': packages['node_modules/node-addon-api'].version,
	};
}

/**
 * Builds n8n's sqlite3 in a folder of its own. That takes a processor and n8n's installation the
 * network, so they go on side by side, and a missing compiler is told before 2 GB are fetched.
 *
 * @param {import('./runtime').Runtime} runtime
 * @param {string} folder made anew; holds {@link SQLITE3_BINARY} in the end
 * @param {string} logFile
 */
async function buildSqlite3(runtime, folder, logFile) {
	fs.rmSync(folder, { recursive: true, force: true });
	fs.mkdirSync(folder, { recursive: true });
	fs.writeFileSync(
		path.join(folder, 'package.json'),
		JSON.stringify({ private: true, dependencies: lockedVersions() }),
	);
	const npm = { cwd: folder, logFile, node: runtime.node, what: 'Building sqlite3 for n8n' };
	await runNpm(['install', '--ignore-scripts', '--no-audit', '--no-fund'], npm);
	await runNpm(['rebuild', 'sqlite3', '--ignore-scripts=false'], {
		...npm,
		env: { npm_config_nodedir: runtime.nodedir },
		causes: NO_COMPILER,
	});
	try {
		execFileSync(runtime.node, ['-e', 'require("sqlite3")'], { cwd: folder, stdio: 'pipe' });
	} catch {
		throw new PlaygroundError(
			'The sqlite3 that n8n needs was built but does not load on this machine.',
			`npm's output: ${logFile}`,
		);
	}
}

module.exports = { buildSqlite3, SQLITE3_BINARY };
