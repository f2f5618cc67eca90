import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runNpm } from '../../../playground/npm';

const source = path.join(__dirname, '../middlewares');
const cache = path.join(__dirname, '../../../.cache/servers');

/**
 * Installs the middlewares of `test/servers/middlewares` once for each state of its lock file. They are no
 * dependencies of the package, since their two hundred packages serve these tests alone.
 *
 * @param node the Node.js that is to run them
 * @returns the folder they are in
 */
export async function installMiddlewares(node: string): Promise<string> {
	const folder = path.join(cache, 'middlewares');
	const lock = readFileSync(path.join(source, 'package-lock.json'), 'utf8');
	const done = path.join(folder, 'installed');
	if (existsSync(done) && readFileSync(done, 'utf8') === lock) return folder;
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	for (const name of ['package.json', 'package-lock.json']) {
		copyFileSync(path.join(source, name), path.join(folder, name));
	}
	const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--legacy-peer-deps'];
	await runNpm(['ci', ...quiet], {
		cwd: folder,
		logFile: path.join(cache, 'install-middlewares.log'),
		node,
		what: 'Installing the middlewares of test/servers',
	});
	writeFileSync(done, lock);
	return folder;
}
