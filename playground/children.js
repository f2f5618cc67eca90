// @ts-check
'use strict';

const { spawn } = require('node:child_process');

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */

/** @type {Set<ChildProcess>} */
const running = new Set();
/** Exit code after Ctrl+C; undefined means the usual 128 + signal number. @type {number | undefined} */
let signalExitCode;
let watching = false;
let ending = false;

/**
 * Children lead their own process group, so that their own children end with them.
 *
 * @param {ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function signalGroup(child, signal) {
	if (child.pid === undefined) return;
	try {
		if (process.platform === 'win32') child.kill(signal);
		else process.kill(-child.pid, signal);
	} catch {
		// The group is gone already.
	}
}

/**
 * Ends a child and everything it started: politely first, then not.
 *
 * @param {ChildProcess} child
 * @param {number} [graceMs]
 */
async function endChild(child, graceMs = 10_000) {
	if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
		const exited = new Promise((resolve) => child.once('exit', resolve));
		signalGroup(child, 'SIGTERM');
		const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), graceMs);
		await exited;
		clearTimeout(timer);
	}
	signalGroup(child, 'SIGKILL');
	running.delete(child);
}

async function endAllChildren() {
	await Promise.all([...running].map((child) => endChild(child)));
}

function watchOwnEnd() {
	if (watching) return;
	watching = true;
	process.on('exit', () => running.forEach((child) => signalGroup(child, 'SIGKILL')));
	/** @type {Array<[NodeJS.Signals, number]>} */
	const signals = [
		['SIGINT', 130],
		['SIGTERM', 143],
		['SIGHUP', 129],
	];
	for (const [signal, code] of signals) {
		process.on(signal, () => {
			if (ending) process.exit(code);
			ending = true;
			void endAllChildren().finally(() => process.exit(signalExitCode ?? code));
		});
	}
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @returns {ChildProcess}
 */
function startChild(command, args, options) {
	watchOwnEnd();
	const child = spawn(command, args, { ...options, detached: process.platform !== 'win32' });
	running.add(child);
	return child;
}

/** Whether a signal is ending this process: children that end now did not fail. */
const isEnding = () => ending;

/** @param {number} code */
function setSignalExitCode(code) {
	signalExitCode = code;
}

module.exports = { endAllChildren, endChild, isEnding, setSignalExitCode, startChild };
