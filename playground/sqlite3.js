// @ts-check
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { runNpm } = require('./npm');

/**
 * @typedef {{ version: string, dependencies?: Record<string, string>, optionalDependencies?: Record<string, string> }} LockedPackage
 * @typedef {Record<string, LockedPackage | undefined>} LockedPackages by where they are installed
 */

/** What is built, below the folder that is installed in. */
const SQLITE3_BINARY = 'node_modules/sqlite3/build/Release/node_sqlite3.node';

/** Looked for first, since a failed compilation logs a failed download before it. */
/** @type {Array<[RegExp, string]>} */
const NO_COMPILER = [
	[
		/find Python|not found: make|make: not found|gyp ERR! stack Error: not found|(g\+\+|c\+\+|cc): (not found|no such file)|find Visual Studio|xcode-select/i,
		'sqlite3 has to be compiled on this machine and a tool for that is missing: install python3, make and g++ (on Debian: apt install python3 make g++) and run the command again.',
	],
];

/**
 * Where Node.js finds a package that another one requires.
 *
 * @param {LockedPackages} packages
 * @param {string} from where the other one is installed
 * @param {string} name
 * @returns {string | undefined} where it is installed
 */
function resolveLocked(packages, from, name) {
	for (let folder = from; ; folder = folder.slice(0, folder.lastIndexOf('node_modules/'))) {
		const place = path.posix.join(folder, 'node_modules', name);
		if (packages[place]) return place;
		if (!folder.includes('node_modules/')) return undefined;
	}
}

/** The part of n8n's lock file that sqlite3 needs. @returns {Record<string, LockedPackage>} */
function lockedSqlite3() {
	/** @type {unknown} */
	const lockFile = require('./package-lock.json').packages;
	const packages = /** @type {LockedPackages} */ (lockFile);
	/** @type {Record<string, LockedPackage>} */
	const found = {};
	const places = ['node_modules/sqlite3'];
	for (const place of places) {
		const locked = packages[place];
		if (!locked || found[place]) continue;
		found[place] = locked;
		for (const name of Object.keys({ ...locked.dependencies, ...locked.optionalDependencies })) {
			const other = resolveLocked(packages, place, name);
			if (other) places.push(other);
		}
	}
	return found;
}

/**
 * Builds n8n's sqlite3 in a folder of its own. That takes a processor and n8n's installation the
 * network, so they go on side by side, and a missing compiler is told before 2 GB are fetched.
 *
 * @param {import('./runtime').Runtime} runtime
 * @param {string} folder made anew; holds {@link SQLITE3_BINARY} in the end
 * @param {{ logFile: string, signal: AbortSignal }} options
 */
async function buildSqlite3(runtime, folder, { logFile, signal }) {
	fs.rmSync(logFile, { force: true });
	fs.rmSync(folder, { recursive: true, force: true });
	fs.mkdirSync(folder, { recursive: true });
	const locked = lockedSqlite3();
	const root = {
		name: 'sqlite3-for-n8n',
		private: true,
		dependencies: { sqlite3: locked['node_modules/sqlite3']?.version },
	};
	const lock = { ...root, lockfileVersion: 3, requires: true, packages: { '': root, ...locked } };
	fs.writeFileSync(path.join(folder, 'package.json'), JSON.stringify(root));
	fs.writeFileSync(path.join(folder, 'package-lock.json'), JSON.stringify(lock));
	const npm = {
		cwd: folder,
		logFile,
		signal,
		node: runtime.node,
		what: 'Building sqlite3 for n8n',
	};
	await runNpm(['install', '--ignore-scripts', '--no-audit', '--no-fund'], npm);
	await runNpm(['rebuild', 'sqlite3', '--ignore-scripts=false'], {
		...npm,
		env: { npm_config_nodedir: runtime.nodedir },
		causes: NO_COMPILER,
	});
}

module.exports = { buildSqlite3, SQLITE3_BINARY };
