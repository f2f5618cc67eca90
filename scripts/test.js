// @ts-check
'use strict';

// npm test: everything a change has to pass, from a fresh clone on. What fails does not keep the rest
// from running, except for a failed build. The last line says how many tests passed and failed.

const { once } = require('node:events');
const { mkdirSync, readFileSync, rmSync } = require('node:fs');
const path = require('node:path');

const { endChild, startChild } = require('../playground/children');
const { ensureN8n } = require('../playground/install');
const { installRoot } = require('../playground/rootPackage');
const { countsLine, failedTests, failuresOf } = require('./testCounts');

/** @typedef {import('./testCounts').JestResult} JestResult */
/** @typedef {{ name: string, script: string }} Step shown name, and npm script */

const root = path.join(__dirname, '..');

/** @type {Step} */
const BUILD = { name: 'build', script: 'build' };

/** Cheapest first. @type {Step[]} */
const CHECKS = [
	{ name: 'typecheck', script: 'typecheck' },
	{ name: 'lint', script: 'lint' },
	{ name: 'format', script: 'format:check' },
	{ name: 'scan', script: 'scan' },
];

/** Suites of jest that need no n8n. @type {Step[]} */
const SUITES = [
	{ name: 'unit tests', script: 'test:unit' },
	{ name: 'packaging', script: 'test:packaging' },
	{ name: 'servers', script: 'test:servers' },
];

/** One after the other, for each starts an n8n of its own. @type {Step[]} */
const SUITES_WITH_N8N = [
	{ name: 'end-to-end and browser tests', script: 'test:n8n' },
	{ name: 'queue mode', script: 'test:queue' },
	{ name: 'endurance', script: 'test:soak' },
];

/** @type {JestResult[]} */
const results = [];
/** One line for each step that failed. @type {string[]} */
const failures = [];

/** @param {string} failure */
function noteFailure(failure) {
	failures.push(failure);
	console.log(`✗ ${failure}`);
}

/**
 * Runs one step, and shows its name, its output and how long it took.
 *
 * @param {Step} step
 * @param {{ args?: string[], detail?: () => string }} [options] `detail` says
 *   more about a failure
 * @returns {Promise<boolean>} whether it passed
 */
async function run({ name, script }, { args = [], detail = () => '' } = {}) {
	const begun = Date.now();
	console.log(`\n▶ ${name}`);
	const child = startChild('npm', ['run', '--silent', script, '--', ...args], {
		cwd: root,
		stdio: ['ignore', 'inherit', 'inherit'],
	});
	const [status] = await once(child, 'close');
	await endChild(child);
	const seconds = `${((Date.now() - begun) / 1000).toFixed(0)} s`;
	if (status === 0) console.log(`✓ ${name} (${seconds})`);
	else noteFailure([`${name} failed after ${seconds}`, detail()].filter(Boolean).join(': '));
	return status === 0;
}

/** Runs one suite and counts its tests. @param {Step} suite */
async function runSuite(suite) {
	const outputFile = path.join(root, '.cache', `${suite.script.replace(':', '-')}.json`);
	mkdirSync(path.dirname(outputFile), { recursive: true });
	// Of an earlier run: a suite that breaks down writes none.
	rmSync(outputFile, { force: true });
	/** @type {JestResult | undefined} */
	let result;
	const readResult = () => (result = JSON.parse(readFileSync(outputFile, 'utf8')));
	const detail = () => {
		try {
			return failuresOf(readResult());
		} catch {
			return 'jest reported no counts';
		}
	};
	const passed = await run(suite, {
		args: ['--json', `--outputFile=${outputFile}`],
		detail,
	});
	if (passed) readResult();
	if (result) results.push(result);
}

async function main() {
	// Not at the same time: two installations hinder each other so much that both together take longer.
	await installRoot(console.log);
	// Takes minutes, most of which pass while the first steps run.
	const n8n = ensureN8n({ onProgress: console.log }).then(
		() => undefined,
		(/** @type {Error} */ error) => error,
	);
	if (!(await run(BUILD))) return;
	for (const check of CHECKS) await run(check);
	for (const suite of SUITES) await runSuite(suite);
	const noN8n = await n8n;
	if (noN8n)
		return noteFailure(`n8n could not be installed, its tests did not run: ${noN8n.message}`);
	for (const suite of SUITES_WITH_N8N) await runSuite(suite);
}

let finished = false;

// However the run ends, its last line says what ran. It begins a new one whatever was printed before.
process.on('exit', (code) => {
	if (!finished) failures.push(`ended early (exit code ${code})`);
	const steps = failures.map((failure) => `✗ ${failure}`);
	console.log(['', ...failedTests(results), ...steps, countsLine(results)].join('\n'));
	if (failures.length > 0 && code === 0) process.exitCode = 1;
});

void main()
	.catch((error) => noteFailure(error instanceof Error ? error.message : String(error)))
	.finally(() => {
		finished = true;
		process.exit();
	});
