// @ts-check
'use strict';

// How long the package takes to load and what it keeps, beside n8n-workflow, in a process of its own.

const { performance } = require('node:perf_hooks');

/** @param {string} what */
function load(what) {
	const before = process.memoryUsage().rss;
	const begun = performance.now();
	const loaded = require(what);
	const milliseconds = performance.now() - begun;
	return { loaded, milliseconds, megabytes: (process.memoryUsage().rss - before) / 1e6 };
}

const peer = load('n8n-workflow');
const own = load('../index.js');
for (const Type of Object.values(own.loaded)) new Type();
console.log(
	JSON.stringify({
		peer: [peer.milliseconds, peer.megabytes],
		own: [own.milliseconds, own.megabytes],
	}),
);
