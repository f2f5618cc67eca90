// @ts-check
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { PlaygroundError } = require('./errors');
const { runNpm } = require('./npm');
const { cache, logs, root } = require('./paths');

/**
 * Packs the built package as `npm publish` would, without running its scripts.
 *
 * @param {{ packageFolder?: string, outputFolder?: string }} [options]
 * @returns {Promise<string>} path of the tarball
 */
async function packPackage({ packageFolder = root, outputFolder = path.join(cache, 'pack') } = {}) {
	const manifest = JSON.parse(fs.readFileSync(path.join(packageFolder, 'package.json'), 'utf8'));
	const missing = [...(manifest.n8n?.nodes ?? []), ...(manifest.n8n?.credentials ?? [])].find(
		(/** @type {string} */ file) => !fs.existsSync(path.join(packageFolder, file)),
	);
	if (missing)
		throw new PlaygroundError(`${missing} does not exist:`, 'run `npm run build` first.');

	fs.mkdirSync(outputFolder, { recursive: true });
	const stdout = await runNpm(
		['pack', '--ignore-scripts', '--json', '--pack-destination', outputFolder],
		{
			cwd: packageFolder,
			logFile: path.join(logs, 'pack.log'),
			what: 'Packing the package',
		},
	);
	const [{ filename }] = JSON.parse(stdout);
	return path.join(outputFolder, filename);
}

module.exports = { packPackage };
