// npm test: everything a change has to pass, from a fresh clone on.
const { spawnSync } = require('node:child_process');
const path = require('node:path');

const { installRoot } = require('../playground/rootPackage');

const root = path.join(__dirname, '..');

/** Name and npm script of each step, cheapest first. */
const STEPS = [
	['build', 'build'],
	['typecheck', 'typecheck'],
	['lint', 'lint'],
	['format', 'format:check'],
	['scan', 'scan'],
	['unit tests', 'test:unit'],
	['end-to-end and browser tests', 'test:n8n'],
	['queue mode', 'test:queue'],
	['endurance', 'test:soak'],
];

/** Runs one step, shows its name and how long it took, and stops everything when it fails. */
function step(name, command, args) {
	const begun = Date.now();
	console.log(`\n▶ ${name}`);
	const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
	const seconds = ((Date.now() - begun) / 1000).toFixed(0);
	if (status !== 0) {
		console.error(`✗ ${name} failed after ${seconds} s`);
		process.exit(status ?? 1);
	}
	console.log(`✓ ${name} (${seconds} s)`);
}

async function main() {
	await installRoot((line) => console.log(line));
	for (const [name, script] of STEPS) step(name, 'npm', ['run', '--silent', script]);
}

void main().catch((error) => {
	console.error(error.message);
	process.exit(1);
});
