// npm test: everything a change has to pass, from a fresh clone on.
const { spawnSync } = require('node:child_process');
const { mkdirSync, readFileSync } = require('node:fs');
const path = require('node:path');

const { installRoot } = require('../playground/rootPackage');

const root = path.join(__dirname, '..');

/** Name and npm script of each step, cheapest first; the last ones run jest. */
const STEPS = [
	['build', 'build'],
	['typecheck', 'typecheck'],
	['lint', 'lint'],
	['format', 'format:check'],
	['scan', 'scan'],
];
const SUITES = [
	['unit tests', 'test:unit'],
	['end-to-end and browser tests', 'test:n8n'],
	['queue mode', 'test:queue'],
	['endurance', 'test:soak'],
];

/** Runs one step, shows its name and how long it took, and stops everything when it fails. */
function step(name, script, ...args) {
	const begun = Date.now();
	console.log(`\n▶ ${name}`);
	const { status } = spawnSync('npm', ['run', '--silent', script, '--', ...args], {
		cwd: root,
		stdio: 'inherit',
	});
	const seconds = ((Date.now() - begun) / 1000).toFixed(0);
	if (status !== 0) {
		console.error(`✗ ${name} failed after ${seconds} s`);
		process.exit(status ?? 1);
	}
	console.log(`✓ ${name} (${seconds} s)`);
}

/** Runs one suite. @returns numbers of tests */
function suite(name, script) {
	const outputFile = path.join(root, '.cache', `${script.replace(':', '-')}.json`);
	mkdirSync(path.dirname(outputFile), { recursive: true });
	step(name, script, '--json', `--outputFile=${outputFile}`);
	return JSON.parse(readFileSync(outputFile, 'utf8'));
}

async function main() {
	await installRoot((line) => console.log(line));
	for (const [name, script] of STEPS) step(name, script);
	const results = SUITES.map(([name, script]) => suite(name, script));
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
