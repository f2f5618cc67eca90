// @ts-check
'use strict';

// Read by Node.js versions older than we support, so it stays in their syntax.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

/** Ends the process with one sentence when this Node.js cannot run the package's own tools. */
function requireSupportedNode() {
	if (major > 20 || (major === 20 && minor >= 19)) return;
	console.error(
		'Node.js ' +
			process.versions.node +
			' is too old: install Node.js 20.19 or newer and run the command again.',
	);
	process.exit(1);
}

module.exports = { requireSupportedNode };
