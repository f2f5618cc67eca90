// @ts-check
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const readline = require('node:readline');
const { startChild } = require('./children');
const { root } = require('./paths');
const { packageFolder } = require('./unpackPackage');

/** @typedef {import('node:stream').Readable} Readable */

/** Makes n8n load a package again when its files change, and tell the editor. */
const RELOADING = { N8N_DEV_RELOAD: 'true' };

const ASSETS = ['nodes/**/*.node.json', 'icons/*.svg'];

/** @param {Error} error */
const messageOf = ({ message }) => message;

/**
 * From now on, compiles the sources when they change and hands the package to a running n8n, which
 * has to run with {@link RELOADING}. What does not compile is shown, and not handed over.
 *
 * n8n gets a copy, not a link to dist: it follows none, and it takes a linked repository whole, its
 * own database included.
 *
 * @param {string} userFolder n8n's
 * @param {(line: string) => void} onProgress
 */
function keepReloading(userFolder, onProgress) {
	// Not at the top: npm start installs these first.
	const gulp = require('gulp');
	const { finish } = require('../gulpfile');

	const handOver = async () => {
		await finish();
		fs.cpSync(path.join(root, 'dist'), path.join(packageFolder(userFolder), 'dist'), {
			recursive: true,
		});
		onProgress('n8n has the latest version');
	};
	let last = Promise.resolve();
	const update = async () => {
		last = last.then(handOver).catch((error) => onProgress(messageOf(error)));
		await last;
	};

	const compiler = startChild(
		process.execPath,
		[require.resolve('typescript/bin/tsc'), '--watch', '--preserveWatchOutput'],
		{ cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
	);
	readline
		.createInterface({ input: /** @type {Readable} */ (compiler.stdout) })
		.on('line', (line) => {
			if (line.includes('Found 0 errors')) void update();
			else if (line.includes('error TS')) onProgress(line);
		});
	gulp.watch(ASSETS, { cwd: root }, update);
	onProgress('Watching core/, credentials/, nodes/ and icons/');
}

module.exports = { keepReloading, RELOADING };
