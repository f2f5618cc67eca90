// @ts-check
'use strict';

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { buildSync } = require('esbuild');

const root = path.join(__dirname, '..');

/**
 * Compiles source files together, so that a script without jest can use what does not leave the
 * package's own bundle.
 *
 * @param {string[]} files paths from the project's root, without `.ts`
 * @returns {any} everything they export
 */
function requireSources(files) {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'jwt-auth-sources-'));
	const outfile = path.join(folder, 'sources.js');
	try {
		buildSync({
			stdin: {
				contents: files.map((file) => `export * from './${file}';`).join('\n'),
				resolveDir: root,
			},
			outfile,
			bundle: true,
			platform: 'node',
			format: 'cjs',
			target: 'node20',
			external: ['n8n-workflow'],
		});
		return require(outfile);
	} finally {
		fs.rmSync(folder, { recursive: true });
	}
}

module.exports = { requireSources };
