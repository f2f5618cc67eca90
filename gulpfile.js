// @ts-check
'use strict';

const { execFile } = require('node:child_process');
const { readdirSync, readFileSync } = require('node:fs');
const { rm, writeFile } = require('node:fs/promises');
const path = require('node:path');
const { promisify } = require('node:util');
const { build: bundle } = require('esbuild');
const gulp = require('gulp');

const STATE = '.cache/build.tsbuildinfo';

async function clean() {
	await rm('dist', { recursive: true, force: true });
}

/** @param {string[]} options of TypeScript's compiler */
async function runCompiler(...options) {
	const compiler = require.resolve('typescript/bin/tsc');
	try {
		await promisify(execFile)(process.execPath, [compiler, '-p', 'tsconfig.json', ...options]);
	} catch (error) {
		throw new Error(`TypeScript does not compile:\n${Object(error).stdout}`);
	}
}

async function compile() {
	await runCompiler();
}

/** Compiles what changed since the last time, as far as STATE knows. */
async function compileChanges() {
	await runCompiler('--incremental', '--tsBuildInfoFile', STATE);
}

/** Lets the next compileChanges compile everything: dist may be another build's. */
async function forgetChanges() {
	await rm(STATE, { force: true });
}

/** The libraries ship inside the package: n8n Cloud allows no dependency of our own. */
async function bundleLibraries() {
	const { metafile } = await bundle({
		entryPoints: ['core/bundled/*.ts'],
		outdir: 'dist/core/bundled',
		bundle: true,
		platform: 'node',
		format: 'cjs',
		target: 'node20',
		charset: 'utf8',
		legalComments: 'inline',
		logLevel: 'warning',
		metafile: true,
	});
	await writeFile('dist/core/bundled/LICENSES.txt', licencesOf(Object.keys(metafile.inputs)));
}

/** @param {string[]} files @returns {string} the licence texts of the libraries they are part of */
function licencesOf(files) {
	const folders = files.flatMap((file) => /^node_modules\/(@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []);
	return [...new Set(folders)]
		.map((folder) => {
			const { name, version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
			const [file = ''] = readdirSync(folder).filter((entry) => /^licen[cs]e/i.test(entry));
			return `${name} ${version}\n\n${readFileSync(path.join(folder, file), 'utf8').trim()}\n`;
		})
		.join('\n\n');
}

function copyAssets() {
	return gulp
		.src(['nodes/**/*.node.json', 'icons/*.svg'], { base: '.', encoding: false })
		.pipe(gulp.dest('dist'));
}

// The compiler writes the bundled files too, with imports of what does not ship.
const finish = gulp.parallel(bundleLibraries, copyAssets);

exports.build = gulp.series(clean, compile, finish);
exports.default = exports.build;
// For npm run dev, see playground/reload.js.
exports.prepareRebuild = gulp.series(forgetChanges, compileChanges, finish);
exports.rebuild = gulp.series(compileChanges, finish);
