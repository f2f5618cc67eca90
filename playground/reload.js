// @ts-check
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { promisify } = require('node:util');
const { root } = require('./paths');
const { packageFolder } = require('./unpackPackage');

/** Makes n8n load a package again when its files change, and tell the editor. */
const RELOADING = { N8N_DEV_RELOAD: 'true' };

const SOURCES = ['{core,credentials,nodes}/**/*.{ts,json}', 'icons/*.svg'];

/**
 * From now on, rebuilds the package when its sources change and hands it to a running n8n, which has
 * to run with {@link RELOADING}.
 *
 * n8n gets a copy, not a link to dist: it follows none, and it takes a linked repository whole, its
 * own database included.
 *
 * @param {string} userFolder n8n's
 * @param {(line: string) => void} onProgress
 */
async function keepReloading(userFolder, onProgress) {
	// Not at the top: npm start installs these first.
	const gulp = require('gulp');
	const { prepareRebuild, rebuild } = require('../gulpfile');

	const update = async () => {
		try {
			await promisify(rebuild)();
			fs.cpSync(path.join(root, 'dist'), path.join(packageFolder(userFolder), 'dist'), {
				recursive: true,
			});
			onProgress('Rebuilt; n8n reloads it');
		} catch (error) {
			onProgress(/** @type {Error} */ (error).message);
		}
	};
	await promisify(prepareRebuild)();
	gulp.watch(SOURCES, { cwd: root }, update);
	onProgress('Watching core/, credentials/, nodes/ and icons/');
}

module.exports = { keepReloading, RELOADING };
