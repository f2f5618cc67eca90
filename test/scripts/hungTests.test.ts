import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const jestPath = require.resolve('jest/bin/jest');
const reporter = path.join(__dirname, '../../scripts/hungTests.js');
let folder: string;

beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'jwt-auth-hung-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('names the file and the test that a run hung at', async () => {
	const blocking = `
		it('ends', () => {});
		describe('a lock', () => it('is never released', () => {
			require('node:fs').writeSync(2, 'BLOCKED');
			Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
		}));`;
	writeFileSync(path.join(folder, 'blocking.test.js'), blocking);
	// A single file would run in jest's own process.
	writeFileSync(path.join(folder, 'another.test.js'), "it('ends', () => {});");
	const config = { rootDir: folder, reporters: [reporter], transform: {}, haste: {} };
	const child = spawn(
		process.execPath,
		[jestPath, '--config', JSON.stringify(config), '--maxWorkers=2', '--no-cache'],
		{ cwd: folder, detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
	);
	let [output, errors, isAsked] = ['', '', false];
	child.stdout.on('data', (chunk) => (output += String(chunk)));
	child.stderr.on('data', (chunk) => {
		errors += String(chunk);
		if (isAsked || !errors.includes('BLOCKED')) return;
		isAsked = true;
		child.kill('SIGTERM');
	});
	const closed = once(child, 'close');
	const [code] = (await once(child, 'exit')) as [number];
	process.kill(-Number(child.pid), 'SIGKILL');
	await closed;
	const file = path.join(folder, 'blocking.test.js');
	expect(output).toContain(`Still running: ${file}: a lock is never released\n`);
	expect(code).toBe(143);
});
