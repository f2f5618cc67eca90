// @ts-check
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { endChild, startChild } = require('./children');
const { PlaygroundError } = require('./errors');

/** @returns {string | undefined} npm's own script, so that npm can run under a chosen Node.js */
function findNpmCli() {
	const bin = path.dirname(process.execPath);
	const candidates = [
		process.env.npm_execpath,
		path.join(bin, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
		path.join(bin, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
		...(process.env.PATH ?? '').split(path.delimiter).map((folder) => {
			try {
				return fs.realpathSync(path.join(folder, 'npm'));
			} catch {
				return undefined;
			}
		}),
		'/usr/share/nodejs/npm/bin/npm-cli.js',
	];
	return candidates.find(
		(file) => file && path.basename(file) === 'npm-cli.js' && fs.existsSync(file),
	);
}

/** @type {Array<[RegExp, string]>} */
const CAUSES = [
	[/ENOSPC/, 'The disk is full: free at least 4 GB and run the command again.'],
	[/EACCES|EPERM/, "npm may not write here: check who owns this folder and npm's cache folder."],
	[
		/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT/,
		"The npm registry cannot be reached: check the network connection (and npm's proxy settings) and run the command again.",
	],
];

/** Without a network npm would otherwise try for more than a minute. */
const RETRY = {
	npm_config_fetch_retries: '3',
	npm_config_fetch_retry_mintimeout: '1000',
	npm_config_fetch_retry_maxtimeout: '5000',
};

/**
 * Runs npm with its output in a log file.
 *
 * @param {string[]} args
 * @param {{ cwd: string, logFile: string, node?: string, env?: Record<string, string>, what: string, causes?: Array<[RegExp, string]>, signal?: AbortSignal }} options
 *   `what` completes the sentence "… failed" for an unknown cause; `causes` are tried first; `signal`
 *   ends npm
 * @returns {Promise<string>} what npm printed on stdout
 */
async function runNpm(
	args,
	{ cwd, logFile, node = process.execPath, env = {}, what, causes = [], signal },
) {
	signal?.throwIfAborted();
	const cli = findNpmCli();
	if (!cli) throw new PlaygroundError('npm was not found: install it beside Node.js.');
	fs.mkdirSync(path.dirname(logFile), { recursive: true });
	const log = fs.createWriteStream(logFile, { flags: 'a' });
	log.write(`\n> npm ${args.join(' ')}\n`);
	let stdout = '';
	let tail = '';

	const exitCode = await new Promise((resolve, reject) => {
		const child = startChild(node, [cli, ...args], {
			cwd,
			env: {
				...process.env,
				PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH ?? ''}`,
				...RETRY,
				...env,
			},
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		/** @param {Buffer} chunk */
		const keep = (chunk) => {
			log.write(chunk);
			tail = (tail + chunk.toString()).slice(-200_000);
		};
		child.stdout?.on('data', (chunk) => {
			stdout += chunk.toString();
			keep(chunk);
		});
		child.stderr?.on('data', keep);
		child.on('error', reject);
		signal?.addEventListener('abort', () => void endChild(child), { once: true });
		child.on('close', (code) => void endChild(child).then(() => resolve(code)));
	});
	await new Promise((resolve) => log.end(resolve));
	if (exitCode === 0) return stdout;

	const cause = [...causes, ...CAUSES].find(([pattern]) => pattern.test(tail))?.[1];
	throw new PlaygroundError(cause ?? `${what} failed.`, `npm's output: ${logFile}`);
}

module.exports = { runNpm };
