// @ts-check
'use strict';

const fs = require('node:fs');
const path = require('node:path');

const core = path.join(__dirname, '..', 'dist', 'core');

/**
 * Loads files of core/ as they are built, and hands out all they export.
 *
 * @param {...string} names paths below core/, without ending
 * @returns {any}
 * @throws {Error} where there is no build
 */
function loadCore(...names) {
	if (!fs.existsSync(core)) throw new Error('dist/core does not exist: run npm run build first.');
	return Object.assign({}, ...names.map((name) => require(path.join(core, name))));
}

module.exports = { loadCore };
