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
const { countsLine, failedFiles, failedTests, failuresOf, withSecondRun } = require('./testCounts');

/** @typedef {import('./testCounts').JestResult} JestResult */
/** @typedef {{ name: string, script: string, hasServers?: boolean, parallel?: string }} Step shown name, npm script, whether it starts servers, and jest's argument for files that run at the same time */
/** @typedef {{ passed: boolean, seconds: string }} Outcome */

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
	{ name: 'servers', script: 'test:servers', hasServers: true },
];

/** One after the other, for each starts an n8n of its own. @type {Step[]} */
const SUITES_WITH_N8N = [
	{
		name: 'end-to-end and browser tests',
		script: 'test:n8n',
		hasServers: true,
		parallel: '--maxWorkers=4',
	},
	{ name: 'queue mode', script: 'test:queue', hasServers: true },
	{ name: 'endurance', script: 'test:soak', hasServers: true },
];

/**
 * In a suite with servers a busy machine can fail one file: it runs once more, alone, and what made it
 * fail is shown. More files than these are no accident.
 */
const MOST_FILES_TO_RUN_AGAIN = 3;

/** @type {JestResult[]} */
const results = [];
/** One line for each step that failed. @type {string[]} */
const failures = [];
/** What failed and then passed alone. @type {string[]} */
const passedAlone = [];

/** @param {string} failure */
function noteFailure(failure) {
	failures.push(failure);
	console.log(`✗ ${failure}`);
}

/**
 * Runs one step, and shows its name and its output.
 *
 * @param {Step} step
 * @param {string[]} [args] more arguments of its script
 * @returns {Promise<Outcome>}
 */
async function run({ name, script }, args = []) {
	const begun = Date.now();
	console.log(`\n▶ ${name}`);
	const child = startChild('npm', ['run', '--silent', script, '--', ...args], {
		cwd: root,
		stdio: ['ignore', 'inherit', 'inherit'],
	});
	const [status] = await once(child, 'close');
	await endChild(child);
	return { passed: status === 0, seconds: `${((Date.now() - begun) / 1000).toFixed(0)} s` };
}

/**
 * Shows how a step ended and how long it took.
 *
 * @param {Step} step
 * @param {Outcome} outcome
 * @param {string} [detail] more about a failure
 */
function report({ name }, { passed, seconds }, detail) {
	if (passed) console.log(`✓ ${name} (${seconds})`);
	else noteFailure([`${name} failed after ${seconds}`, detail].filter(Boolean).join(': '));
}

/** @param {Step} step @returns {Promise<boolean>} whether it passed */
async function runStep(step) {
	const outcome = await run(step);
	report(step, outcome);
	return outcome.passed;
}

/**
 * @param {Step} suite
 * @param {string[]} [args] more arguments of jest
 * @returns {Promise<Outcome & { result?: JestResult }>} no result where jest wrote none
 */
async function runJest(suite, args = []) {
	const outputFile = path.join(root, '.cache', `${suite.script.replace(':', '-')}.json`);
	mkdirSync(path.dirname(outputFile), { recursive: true });
	// Of an earlier run: a suite that breaks down writes none.
	rmSync(outputFile, { force: true });
	const outcome = await run(suite, ['--json', `--outputFile=${outputFile}`, ...args]);
	try {
		return { ...outcome, result: JSON.parse(readFileSync(outputFile, 'utf8')) };
	} catch {
		return { ...outcome, passed: false };
	}
}

/** Runs one suite and counts its tests. @param {Step} suite */
async function runSuite(suite) {
	const { result, ...outcome } = await runJest(suite, suite.parallel ? [suite.parallel] : []);
	const files = result && !outcome.passed ? failedFiles(result) : [];
	const isAccident = files.length > 0 && files.length <= MOST_FILES_TO_RUN_AGAIN;
	if (result && suite.hasServers && isAccident) return await runOnceMore(suite, result, files);
	report(suite, outcome, result ? failuresOf(result) : 'jest reported no counts');
	if (result) results.push(result);
}

/**
 * Runs what failed of a suite alone, and counts that.
 *
 * @param {Step} suite
 * @param {JestResult} first of the whole suite
 * @param {string[]} files full paths
 */
async function runOnceMore(suite, first, files) {
	const failed = failedTests([first]);
	const heading = `\n${suite.name}: ${failuresOf(first)}, runs once more alone:`;
	console.log([heading, ...failed].join('\n'));
	const alone = { ...suite, name: `${suite.name}, once more` };
	const { result, ...outcome } = await runJest(alone, [
		'--runInBand',
		'--runTestsByPath',
		...files,
	]);
	const counted = result ? withSecondRun(first, result) : first;
	report(alone, outcome, failuresOf(counted));
	results.push(counted);
	if (outcome.passed) passedAlone.push(...failed);
}

async function main() {
	// Not at the same time: two installations hinder each other so much that both together take longer.
	await installRoot(console.log);
	// Takes minutes, most of which pass while the first steps run.
	const n8n = ensureN8n({ onProgress: console.log }).then(
		() => undefined,
		(/** @type {Error} */ error) => error,
	);
	if (!(await runStep(BUILD))) return;
	for (const check of CHECKS) await runStep(check);
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
	const alone = passedAlone.length > 0 ? ['Failed, and passed alone:', ...passedAlone] : [];
	console.log(['', ...alone, ...failedTests(results), ...steps, countsLine(results)].join('\n'));
	if (failures.length > 0 && code === 0) process.exitCode = 1;
});

void main()
	.catch((error) => noteFailure(error instanceof Error ? error.message : String(error)))
	.finally(() => {
		finished = true;
		process.exit();
	});
