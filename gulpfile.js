// @ts-check
'use strict';

const { execFile } = require('node:child_process');
const { readdirSync, readFileSync } = require('node:fs');
const { cp, readdir, readFile, rm, writeFile } = require('node:fs/promises');
const path = require('node:path');
const { promisify } = require('node:util');
const { build: bundle } = require('esbuild');
const gulp = require('gulp');

async function clean() {
	await rm('dist', { recursive: true, force: true });
}

async function compile() {
	const compiler = require.resolve('typescript/bin/tsc');
	try {
		await promisify(execFile)(process.execPath, [compiler, '-p', 'tsconfig.json']);
	} catch (error) {
		throw new Error(`TypeScript does not compile:\n${Object(error).stdout}`);
	}
}

/**
 * Indents by tabs, as the sources are; TypeScript writes four blanks, which are 6 % of the package. No
 * text literal has line breaks of its own (test/architecture.test.ts), so nothing else changes.
 */
async function indent() {
	const files = await readdir('dist', { recursive: true });
	for (const name of files.filter((one) => one.endsWith('.js'))) {
		const file = path.join('dist', name);
		const text = await readFile(file, 'utf8');
		const indented = text.replace(/^(?: {4})+/gm, (blanks) => '\t'.repeat(blanks.length / 4));
		await writeFile(file, indented);
	}
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
		// Names stay readable; blanks and comments of libraries are a third of their size.
		minifyWhitespace: true,
		minifySyntax: true,
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

async function copyAssets() {
	await cp('icons', 'dist/icons', { recursive: true });
	await cp('nodes', 'dist/nodes', {
		recursive: true,
		filter: (file) => path.extname(file) === '' || file.endsWith('.node.json'),
	});
}

/** Whether a colour can be seen on n8n's dark background. @param {string} hex six digits */
function isBright(hex) {
	const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16));
	return 0.299 * red + 0.587 * green + 0.114 * blue > 90;
}

/** Icons of services come from simple-icons, in the colour of the brand or, on dark, in white. */
async function copyServiceIcons() {
	const folder = path.join(__dirname, 'dist/core/services');
	const rows = readdirSync(folder).flatMap((file) =>
		Object.values(require(path.join(folder, file))),
	);
	const slugs = new Set(rows.flatMap(({ icon, recipe }) => (icon && recipe ? [icon] : [])));
	for (const { slug, hex, svg } of Object.values(require('simple-icons'))) {
		if (!slugs.delete(slug)) continue;
		const filled = (/** @type {string} */ colour) =>
			svg.replace('<svg ', `<svg fill="#${colour}" `);
		const onLight = hex === 'FFFFFF' ? '000000' : hex;
		await writeFile(`dist/icons/${slug}.svg`, filled(onLight));
		await writeFile(`dist/icons/${slug}.dark.svg`, filled(isBright(hex) ? hex : 'FFFFFF'));
	}
	if (slugs.size > 0) throw new Error(`simple-icons has no icon ${[...slugs].join(', ')}`);
}

/**
 * What is left to do once TypeScript has compiled, in this order: it compiles core/bundled too, with
 * imports of what does not ship.
 */
async function finish() {
	await Promise.all([bundleLibraries(), copyAssets()]);
	await copyServiceIcons();
}

exports.build = gulp.series(clean, compile, indent, finish);
exports.default = exports.build;
exports.finish = finish;
