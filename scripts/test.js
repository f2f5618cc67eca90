// npm test: everything a change has to pass, from a fresh clone on.
const { spawn } = require('node:child_process');
const { once } = require('node:events');
const { mkdirSync, readFileSync } = require('node:fs');
const path = require('node:path');

const { ensureN8n } = require('../playground/install');
const { installRoot } = require('../playground/rootPackage');

const root = path.join(__dirname, '..');

/** Name and npm script of each step, cheapest first. */
const STEPS = [
	['build', 'build'],
	['typecheck', 'typecheck'],
	['lint', 'lint'],
	['format', 'format:check'],
	['scan', 'scan'],
];

/** Suites of jest, one group after the other; those of a group run side by side. */
const SUITES = [
	[
		['unit tests', 'test:unit'],
		['packaging', 'test:packaging'],
	],
	[['end-to-end and browser tests', 'test:n8n']],
	[
		['queue mode', 'test:queue'],
		['endurance', 'test:soak'],
	],
];

/** Runs one step, and shows its name, its output and how long it took. @throws when it fails */
async function step(name, script, { args = [], sideBySide = false } = {}) {
	const begun = Date.now();
	const title = `\n▶ ${name}`;
	if (!sideBySide) console.log(title);
	const child = spawn('npm', ['run', '--silent', script, '--', ...args], {
		cwd: root,
		stdio: ['inherit', ...Array(2).fill(sideBySide ? 'pipe' : 'inherit')],
	});
	let output = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream?.on('data', (text) => (output += text));
	}
	const [status] = await once(child, 'close');
	if (sideBySide) console.log(`${title}\n${output}`);
	const seconds = ((Date.now() - begun) / 1000).toFixed(0);
	if (status !== 0) throw new Error(`✗ ${name} failed after ${seconds} s`);
	console.log(`✓ ${name} (${seconds} s)`);
}

/** Runs one suite. @returns numbers of tests */
async function suite([name, script], sideBySide) {
	const outputFile = path.join(root, '.cache', `${script.replace(':', '-')}.json`);
	mkdirSync(path.dirname(outputFile), { recursive: true });
	await step(name, script, { args: ['--json', `--outputFile=${outputFile}`], sideBySide });
	return JSON.parse(readFileSync(outputFile, 'utf8'));
}

async function main() {
	// Not at the same time: two installations hinder each other so much that both together take longer.
	await installRoot(console.log);
	// Takes minutes, most of which pass while the first steps run.
	const n8n = ensureN8n({ onProgress: console.log });
	n8n.catch((error) => console.error(error.message));
	for (const [name, script] of STEPS) await step(name, script);
	const results = [];
	for (const group of SUITES) {
		if (group !== SUITES[0]) await n8n;
		const runs = group.map((entry) => suite(entry, group.length > 1));
		// The others of the group end first: nothing they started is left behind.
		await Promise.allSettled(runs);
		results.push(...(await Promise.all(runs)));
	}
	const sum = (count) => results.reduce((total, result) => total + result[count], 0);
	const leftOut = sum('numPendingTests');
	console.log(
		`\nTests: ${sum('numPassedTests')} passed, ${leftOut > 0 ? `${leftOut} left out, ` : ''}${sum('numTotalTests')} total`,
	);
}

void main().catch((error) => {
	console.error(error.message);
	process.exit(1);
});
