const { execFile } = require('node:child_process');
const { mkdir, readFile, rm, writeFile } = require('node:fs/promises');
const path = require('node:path');
const { promisify } = require('node:util');
const { build: bundle } = require('esbuild');
const gulp = require('gulp');
const prettier = require('prettier');
const { transpileModule } = require('typescript');

const run = promisify(execFile);
const { n8n } = require('./package.json');

/** Where package.json says n8n finds the credential and node classes. */
const classFiles = [...n8n.credentials, ...n8n.nodes];
const bundleFile = 'dist/index.js';

async function clean() {
	await rm('dist', { recursive: true, force: true });
}

async function compile() {
	const compiler = require.resolve('typescript/bin/tsc');
	try {
		await run(process.execPath, [compiler, '-p', 'tsconfig.json', '--noEmit']);
	} catch (error) {
		throw new Error(`TypeScript does not compile:\n${error.stdout}`);
	}
}

/** The bundler keeps some comments and drops most; they are for readers of the sources. */
const withoutComments = {
	name: 'without-comments',
	setup({ onLoad }) {
		const compilerOptions = { target: 'es2022', module: 'preserve', removeComments: true };
		onLoad({ filter: /\.ts$/ }, async ({ path: file }) => ({
			contents: transpileModule(await readFile(file, 'utf8'), { compilerOptions }).outputText,
		}));
	},
};

/** Everything that ships in one file, jose included: n8n Cloud allows no dependency of our own. */
async function bundleClasses() {
	const sources = classFiles.map((file) => file.replace(/^dist\//, './').replace(/\.js$/, ''));
	await bundle({
		stdin: {
			contents: sources.map((source) => `export * from '${source}';`).join('\n'),
			resolveDir: __dirname,
		},
		outfile: bundleFile,
		bundle: true,
		platform: 'node',
		format: 'cjs',
		target: 'node20',
		charset: 'utf8',
		external: ['n8n-workflow'],
		legalComments: 'inline',
		plugins: [withoutComments],
		logLevel: 'warning',
	});
}

/** Not minified, so that reviewers can read it: laid out like the sources, a little wider, file by file. */
async function formatBundle() {
	const source = await readFile(bundleFile, 'utf8');
	const options = {
		...require('./.prettierrc.js'),
		filepath: bundleFile,
		objectWrap: 'collapse',
		printWidth: 120,
		trailingComma: 'none',
	};
	await writeFile(bundleFile, await prettier.format(source, options));
}

/** n8n loads each class from a file of its name; these hand it on from the bundle. */
async function writeClassFiles() {
	for (const file of classFiles) {
		const name = path.basename(file).split('.')[0];
		const bundlePath = path.relative(path.dirname(file), bundleFile).split(path.sep).join('/');
		await mkdir(path.dirname(file), { recursive: true });
		await writeFile(file, `exports.${name} = require('${bundlePath}').${name};\n`);
	}
}

function copyAssets() {
	return gulp
		.src(['nodes/**/*.node.json', 'icons/*.svg'], { base: '.', encoding: false })
		.pipe(gulp.dest('dist'));
}

const build = gulp.series(
	clean,
	gulp.parallel(compile, gulp.series(bundleClasses, formatBundle)),
	writeClassFiles,
	copyAssets,
);

function dev() {
	gulp.watch(['{nodes,credentials,core,icons}/**/*'], { ignoreInitial: false }, build);
}

exports.build = build;
exports.dev = dev;
exports.default = build;
