// @ts-check
'use strict';

// Runs n8n's own package scanner on what n8n would scan: the sources, and the unpacked tarball.
// Its analyzePackage passes over warnings, so they are counted here with the same configuration.
const { execFileSync } = require('node:child_process');
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const path = require('node:path');

const root = path.join(__dirname, '..');

/**
 * Packs the built package as npm publish would.
 *
 * @param {string} folder
 * @returns {string} the folder it is unpacked into
 */
function unpackTarball(folder) {
	const [packed] = JSON.parse(
		execFileSync('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], {
			cwd: root,
			encoding: 'utf8',
			stdio: ['ignore', 'pipe', 'ignore'],
		}),
	);
	execFileSync('tar', ['-xzf', path.join(folder, packed.filename), '-C', folder]);
	return path.join(folder, 'package');
}

async function main() {
	const scanner = await import('@n8n/scan-community-package/scanner/scanner.mjs');
	// The scanner pins its own ESLint; the package has no main file to resolve it from.
	/** @type {typeof import('eslint')} */
	const { ESLint } = require(
		require.resolve('eslint', {
			paths: [require.resolve('@n8n/scan-community-package/package.json')],
		}),
	);
	const folder = mkdtempSync(path.join(tmpdir(), 'jwt-auth-scan-'));
	try {
		const legs = [
			{ name: 'source', folder: root, patterns: scanner.SOURCE_FILE_PATTERNS },
			{ name: 'tarball', folder: unpackTarball(folder), patterns: ['**/*.js', 'package.json'] },
		];
		let failed = false;
		for (const leg of legs) {
			const verdict = await scanner.analyzePackage(leg.folder, leg.patterns);
			const eslint = new ESLint({
				cwd: leg.folder,
				allowInlineConfig: false,
				overrideConfigFile: true,
				overrideConfig: await scanner.buildScanConfig(),
				globInputPaths: true,
			});
			const results = await eslint.lintFiles(leg.patterns);
			const files = results.length;
			const errors = results.reduce((sum, result) => sum + result.errorCount, 0);
			const warnings = results.reduce((sum, result) => sum + result.warningCount, 0);
			console.log(`${leg.name}: ${files} files, ${errors} errors, ${warnings} warnings`);
			if (!verdict.passed || errors + warnings > 0 || files === 0) {
				failed = true;
				const formatter = await eslint.loadFormatter('stylish');
				console.log((await formatter.format(results)) || verdict.message);
			}
		}
		process.exitCode = failed ? 1 : 0;
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

void main();
