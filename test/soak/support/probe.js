// @ts-check
'use strict';

// Loaded into n8n with NODE_OPTIONS: writes down how the process is, every second, once the file it
// writes to has been made.

const fs = require('node:fs');

const file = process.env.JWT_AUTH_SOAK_PROBE;

/**
 * @typedef {object} Sample
 * @property {number} at milliseconds since 1970
 * @property {number} rss bytes
 * @property {number} heap bytes in use after a garbage collection
 * @property {Record<string, number>} resources what keeps the process going, by kind
 * @property {string[]} rejections promises that nobody handled
 */

/** n8n starts other processes, which inherit the setting. */
if (file && /[\\/]n8n$/.test(process.argv[1] ?? '')) {
	/** @type {string[]} */
	const rejections = [];
	process.on('unhandledRejection', (reason) => {
		rejections.push(reason instanceof Error ? String(reason.stack) : String(reason));
	});
	const timer = setInterval(() => {
		if (!fs.existsSync(file)) return;
		/** @type {{ gc?: () => void }} */ (globalThis).gc?.();
		const { rss, heapUsed: heap } = process.memoryUsage();
		/** @type {Record<string, number>} */
		const resources = {};
		for (const kind of process.getActiveResourcesInfo()) {
			resources[kind] = (resources[kind] ?? 0) + 1;
		}
		fs.appendFileSync(
			file,
			`${JSON.stringify({ at: Date.now(), rss, heap, resources, rejections })}\n`,
		);
	}, 1000);
	timer.unref();
}
