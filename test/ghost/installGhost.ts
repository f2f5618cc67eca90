import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { execFileSync } from 'node:child_process';
import { runNpm } from '../../playground/npm';

/** The last of Ghost 5, which runs on the Node.js of these tests; 6 wants a newer one. */
const VERSION = '5.130.6';

const folder = path.join(__dirname, '../../.cache/ghost');

/**
 * Installs Ghost from npm, once, as its own command line does: unpacked, with its dependencies inside.
 *
 * @returns the folder of its index.js
 */
export async function installGhost(): Promise<string> {
	const ghost = path.join(folder, 'package');
	const done = path.join(folder, 'installed');
	if (existsSync(done) && readFileSync(done, 'utf8') === VERSION) return ghost;
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	const options = { logFile: path.join(folder, 'install.log'), what: 'Installing Ghost' };
	await runNpm(['pack', `ghost@${VERSION}`, '--silent'], { cwd: folder, ...options });
	execFileSync('tar', ['xzf', `ghost-${VERSION}.tgz`], { cwd: folder });
	const manifestFile = path.join(ghost, 'package.json');
	const manifest = JSON.parse(readFileSync(manifestFile, 'utf8')) as Record<string, unknown>;
	// npm would look for these as well, and some of them are at no registry.
	for (const needless of ['devDependencies', 'scripts', 'workspaces']) delete manifest[needless];
	writeFileSync(manifestFile, JSON.stringify(manifest));
	const quiet = ['--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--legacy-peer-deps'];
	await runNpm(['install', ...quiet], { cwd: ghost, ...options });
	const nodedir = path.dirname(path.dirname(process.execPath));
	await runNpm(['rebuild', 'sqlite3', '--ignore-scripts=false'], {
		cwd: ghost,
		...options,
		...(existsSync(path.join(nodedir, 'include/node')) && {
			env: { npm_config_nodedir: nodedir },
		}),
	});
	writeFileSync(done, VERSION);
	return ghost;
}
