import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runNpm } from '../../../playground/npm';

const cache = path.join(__dirname, '../../../.cache/servers');

/**
 * Installs what a folder of `test/servers` locks, once for each state of its lock file. It is no dependency
 * of the package, since hundreds of packages would serve these tests alone.
 *
 * @param name of the folder
 * @param node the Node.js that is to run it
 * @returns the folder it is in
 */
export async function installLocked(name: string, node: string): Promise<string> {
	const source = path.join(__dirname, '..', name);
	const folder = path.join(cache, name);
	const lock = readFileSync(path.join(source, 'package-lock.json'), 'utf8');
	const done = path.join(folder, 'installed');
	if (existsSync(done) && readFileSync(done, 'utf8') === lock) return folder;
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	for (const file of ['package.json', 'package-lock.json']) {
		copyFileSync(path.join(source, file), path.join(folder, file));
	}
	const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--legacy-peer-deps'];
	await runNpm(['ci', ...quiet], {
		cwd: folder,
		logFile: path.join(cache, `install-${name}.log`),
		node,
		what: `Installing the ${name} of test/servers`,
	});
	writeFileSync(done, lock);
	return folder;
}
