// @ts-check
'use strict';

// What it takes to load the package and what it keeps, beside n8n-workflow, in a process of its own.

const { performance } = require('node:perf_hooks');

/** @param {string} what */
function load(what) {
	const before = process.memoryUsage().rss;
	const begun = performance.now();
	const usedBefore = process.cpuUsage();
	const loaded = require(what);
	const { user, system } = process.cpuUsage(usedBefore);
	return {
		loaded,
		processorTime: (user + system) / 1000,
		milliseconds: performance.now() - begun,
		megabytes: (process.memoryUsage().rss - before) / 1e6,
	};
}

const peer = load('n8n-workflow');
const own = load('../index.js');
for (const Type of Object.values(own.loaded)) new Type();
console.log(
	JSON.stringify({
		peer: [peer.processorTime, peer.milliseconds, peer.megabytes],
		own: [own.processorTime, own.milliseconds, own.megabytes],
	}),
);
