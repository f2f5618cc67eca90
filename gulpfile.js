const { rm } = require('node:fs/promises');
const { execFile } = require('node:child_process');
const { promisify } = require('node:util');
const { build: bundle } = require('esbuild');
const gulp = require('gulp');

const run = promisify(execFile);

async function clean() {
	await rm('dist', { recursive: true, force: true });
}

async function compile() {
	try {
		await run(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', 'tsconfig.json']);
	} catch (error) {
		throw new Error(`TypeScript does not compile:\n${error.stdout}`);
	}
}

/** Replaces the compiled core/jose.js, which requires jose, by one that holds it. */
async function bundleJose() {
	await bundle({
		entryPoints: ['core/jose.ts'],
		outfile: 'dist/core/jose.js',
		allowOverwrite: true,
		bundle: true,
		platform: 'node',
		format: 'cjs',
		target: 'node20',
		legalComments: 'inline',
		logLevel: 'warning',
	});
}

function copyAssets() {
	return gulp
		.src(['nodes/**/*.node.json', 'icons/*.svg'], {
			base: '.',
			encoding: false,
		})
		.pipe(gulp.dest('dist'));
}

const build = gulp.series(clean, compile, gulp.parallel(bundleJose, copyAssets));

function dev() {
	gulp.watch(['{nodes,credentials,core,icons}/**/*'], { ignoreInitial: false }, build);
}

exports.build = build;
exports.dev = dev;
exports.default = build;
