// @ts-check
'use strict';

const fs = require('node:fs/promises');
const path = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');

/** @param {string} directory */
async function ownerIsAlive(directory) {
	const pid = Number(await fs.readFile(path.join(directory, 'pid'), 'utf8').catch(() => ''));
	if (!pid) {
		// The owner creates the directory first and writes its pid right after.
		const { mtimeMs } = await fs.stat(directory).catch(() => ({ mtimeMs: Date.now() }));
		return Date.now() - mtimeMs < 5_000;
	}
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
	}
}

/**
 * Runs `task` while no other process holds the same lock; a lock whose owner died is taken over.
 *
 * @template T
 * @param {string} directory
 * @param {() => Promise<T>} task
 * @param {() => void} [onWait] called once when another process is at work
 * @returns {Promise<T>}
 */
async function withLock(directory, task, onWait) {
	await fs.mkdir(path.dirname(directory), { recursive: true });
	for (let waited = false; ; ) {
		try {
			await fs.mkdir(directory);
			break;
		} catch (error) {
			if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
		}
		if (!(await ownerIsAlive(directory))) {
			await fs.rm(directory, { recursive: true, force: true });
			continue;
		}
		if (!waited) onWait?.();
		waited = true;
		await sleep(500);
	}
	try {
		await fs.writeFile(path.join(directory, 'pid'), String(process.pid));
		return await task();
	} finally {
		await fs.rm(directory, { recursive: true, force: true });
	}
}

module.exports = { withLock };
