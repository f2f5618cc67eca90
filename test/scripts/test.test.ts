import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.join(__dirname, '..', '..');
const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
	scripts: Record<string, string>;
};
let folder: string;

/** Runs the stand-in of a script, as `npm run --silent <script> -- …` would, but without the wait. */
const FAKE_NPM = `#!/bin/sh
script=$3; shift 4
run_jest() { node jest.js "$1" $own_arguments $arguments; }
arguments="$*"
. "./steps/$script"
`;

/**
 * Writes what jest would, and ends as it would: tests that pass in one file, tests that fail in another.
 * Arguments that name files are checked by jest itself.
 */
const FAKE_JEST = `
const { writeFileSync } = require('node:fs');
const [passed, failed, skipped] = process.argv[2].split(',').map(Number);
const outputFile = process.argv.find((arg) => arg.startsWith('--outputFile=')).split('=')[1];
const named = process.argv.indexOf('--runTestsByPath') + 1;
if (named) require(${JSON.stringify(require.resolve('jest-cli'))}).buildArgv(process.argv.slice(3));
const file = (name, status, count) => ({
	name, status, message: '', assertionResults: Array(count).fill(
		{ status, fullName: 'a call is answered', failureMessages: status === 'failed' ? ['503'] : [] },
	),
});
console.error('\\x1b[1mTests:       \\x1b[22m\\x1b[31m1 failed');
if (passed >= 0) writeFileSync(outputFile, JSON.stringify({
	numPassedTests: passed, numFailedTests: failed, numPendingTests: skipped, numTodoTests: 0,
	numRuntimeErrorTestSuites: 0, testResults: [
		...(passed > 0 ? [file(named ? process.argv[named] : '/test/good.test.ts', 'passed', passed)] : []),
		...(failed > 0 ? [file('/test/bad.test.ts', 'failed', failed)] : []),
	],
}));
process.exitCode = passed >= 0 && failed === 0 ? 0 : 1;
`;

const GREEN = {
	...Object.fromEntries(
		['build', 'typecheck', 'lint', 'format:check', 'scan'].map((name) => [name, 'true']),
	),
	'test:unit': 'run_jest 10,0,0',
	'test:packaging': 'run_jest 1,0,0',
	'test:servers': 'run_jest 4,0,0',
	'test:n8n': 'run_jest 20,0,0',
	'test:queue': 'run_jest 2,0,0',
	'test:soak': 'run_jest 3,0,0',
};

/** Runs npm test's script where npm's scripts are stand-ins. */
function runWith(scripts: Record<string, string>, install = 'async () => {}') {
	for (const [name, command] of Object.entries({ ...GREEN, ...scripts })) {
		const ownArguments = manifest.scripts[name]?.replace(/^\S+/, '') ?? '';
		writeFileSync(path.join(folder, 'steps', name), `own_arguments="${ownArguments}"\n${command}`);
	}
	writeFileSync(path.join(folder, 'playground/install.js'), `exports.ensureN8n = ${install};`);
	const { status, stdout } = spawnSync(process.execPath, ['scripts/test.js'], {
		cwd: folder,
		encoding: 'utf8',
		env: { ...process.env, PATH: `${folder}${path.delimiter}${process.env.PATH ?? ''}` },
	});
	return { status, stdout, last: stdout.split('\n').slice(-2) };
}

beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'jwt-auth-test-'));
	mkdirSync(path.join(folder, 'playground'));
	mkdirSync(path.join(folder, 'steps'));
	writeFileSync(path.join(folder, 'npm'), FAKE_NPM, { mode: 0o755 });
	cpSync(path.join(root, 'scripts'), path.join(folder, 'scripts'), { recursive: true });
	cpSync(path.join(root, 'playground/children.js'), path.join(folder, 'playground/children.js'));
	writeFileSync(
		path.join(folder, 'playground/rootPackage.js'),
		'require("node:fs").writeFileSync("pid", String(process.pid)); exports.installRoot = async () => {};',
	);
	writeFileSync(path.join(folder, 'jest.js'), FAKE_JEST);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the last line that npm test prints', () => {
	it('counts the tests of all suites', () => {
		const { status, last } = runWith({ 'test:queue': 'run_jest 2,0,4' });
		expect(last).toEqual(['Tests: 40 passed, 0 failed, 4 skipped', '']);
		expect(status).toBe(0);
	});

	it('is there when a check and suites fail, and counts those that ran after them', () => {
		const { status, stdout, last } = runWith({
			lint: 'exit 2',
			'test:unit': 'run_jest 8,2,0',
			'test:queue': 'run_jest -1,0,0',
		});
		expect(last).toEqual(['Tests: 36 passed, 2 failed', '']);
		expect(stdout).toMatch(/✗ lint failed after \d+ s\n✗ unit tests failed .*: 2 tests failed\n/);
		expect(stdout).toMatch(/✗ queue mode failed after \d+ s: jest reported no counts\n/);
		expect(status).toBe(1);
	});

	it('does not count what an earlier run left behind', () => {
		runWith({});
		expect(runWith({ 'test:n8n': 'run_jest -1,0,0' }).last[0]).toBe('Tests: 20 passed, 0 failed');
	});

	it('is there when the build fails, and nothing else is tried', () => {
		const { status, stdout, last } = runWith({ build: 'printf unfinished; exit 1' });
		expect(last).toEqual(['Tests: 0 passed, 0 failed', '']);
		expect(stdout).toMatch(/✗ build failed after \d+ s\nTests/);
		expect(stdout).not.toContain('lint');
		expect(status).toBe(1);
	});

	it('is there when n8n cannot be installed, after what needs none', () => {
		const { status, stdout, last } = runWith({}, 'async () => { throw new Error("disk full"); }');
		expect(last).toEqual(['Tests: 15 passed, 0 failed', '']);
		expect(stdout).toContain('disk full');
		expect(status).toBe(1);
	});

	it('is there when the run is ended from outside', () => {
		const { status, last } = runWith({ 'test:n8n': 'kill -TERM $(cat pid); sleep 60' });
		expect(last).toEqual(['Tests: 15 passed, 0 failed', '']);
		expect(status).toBe(143);
	});
});

describe('a file of a suite with servers that fails', () => {
	/** What a script does the first time, and what it does after that. */
	const inTurn = (first: string, second: string) =>
		`if [ -e again ]; then ${second}; else touch again; ${first}; fi`;

	it('is counted once, as it ended the last time', () => {
		const { last } = runWith({ 'test:n8n': inTurn('run_jest 18,2,0', 'run_jest 2,0,0') });
		expect(last[0]).toBe('Tests: 40 passed, 0 failed');
	});

	it.each([
		['test:servers', 'servers'],
		['test:n8n', 'end-to-end and browser tests'],
		['test:queue', 'queue mode'],
		['test:soak', 'endurance'],
	])(
		'of %s runs once more, alone, and its failure stands at the end though it passes',
		(script, name) => {
			const { status, stdout, last } = runWith({
				[script]: inTurn('run_jest 18,2,0', 'run_jest 2,0,0'),
			});
			expect(status).toBe(0);
			expect(last[0]).toMatch(/^Tests: \d+ passed, 0 failed$/);
			expect(stdout).toContain(`✓ ${name}, once more (`);
			expect(stdout).toMatch(
				/\nFailed, and passed alone:\nbad.test.ts: a call is answered\n {4}503\n/,
			);
		},
	);

	it.each(['test:unit', 'test:packaging'])('runs once where the suite has none: %s', (script) => {
		const { status, stdout } = runWith({ [script]: inTurn('run_jest 1,1,0', 'run_jest 1,0,0') });
		expect(status).toBe(1);
		expect(stdout).not.toContain('once more');
	});

	it('is red where it fails once more', () => {
		const { status, stdout, last } = runWith({
			'test:queue': inTurn('run_jest 1,1,0', 'run_jest 0,1,0'),
		});
		expect(status).toBe(1);
		expect(last[0]).toBe('Tests: 39 passed, 1 failed');
		expect(stdout).toMatch(/✗ queue mode, once more failed after \d+ s: 1 test failed\n/);
		expect(stdout).not.toContain('passed alone');
	});

	it('is red where the second run breaks down', () => {
		const { status, last } = runWith({
			'test:queue': inTurn('run_jest 1,1,0', 'run_jest -1,0,0'),
		});
		expect(status).toBe(1);
		expect(last[0]).toBe('Tests: 39 passed, 1 failed');
	});
});
