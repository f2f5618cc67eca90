// @ts-check
'use strict';

const Module = require('node:module');
const path = require('node:path');
const { buildSync } = require('esbuild');

const root = path.join(__dirname, '..');

/**
 * Compiles files of core/ and hands out all they export; what ships is one bundle without them.
 *
 * @param {...string} names file names without ending
 * @returns {any}
 */
function loadCore(...names) {
	const { outputFiles } = buildSync({
		stdin: {
			contents: names.map((name) => `export * from './core/${name}';`).join('\n'),
			resolveDir: root,
		},
		bundle: true,
		platform: 'node',
		format: 'cjs',
		target: 'node20',
		write: false,
	});
	const filename = path.join(root, 'core.bench.js');
	const compiled = new Module(filename);
	compiled.filename = filename;
	Object(compiled)._compile(outputFiles[0]?.text ?? '', filename);
	return compiled.exports;
}

module.exports = { loadCore };
