// @ts-check
'use strict';

const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const PACKAGE = 'n8n-nodes-jwt-auth';

/** @param {string} userFolder @returns {string} where n8n's own installer puts the package */
function packageFolder(userFolder) {
	return path.join(userFolder, '.n8n', 'nodes', 'node_modules', PACKAGE);
}

/**
 * Puts the packed package where n8n's own installer puts community nodes.
 *
 * @param {string} tarball
 * @param {string} userFolder
 */
function unpackPackage(tarball, userFolder) {
	const nodes = path.join(userFolder, '.n8n', 'nodes');
	const target = packageFolder(userFolder);
	fs.rmSync(target, { recursive: true, force: true });
	fs.mkdirSync(target, { recursive: true });
	execFileSync('tar', ['-xzf', tarball, '-C', target, '--strip-components=1'], { stdio: 'pipe' });

	// n8n's installer drops what only developers need.
	const manifestFile = path.join(target, 'package.json');
	const manifest = JSON.parse(fs.readFileSync(manifestFile, 'utf8'));
	for (const kind of ['devDependencies', 'peerDependencies', 'optionalDependencies']) {
		delete manifest[kind];
	}
	fs.writeFileSync(manifestFile, JSON.stringify(manifest, null, 2));

	const listFile = path.join(nodes, 'package.json');
	if (!fs.existsSync(listFile)) {
		fs.writeFileSync(
			listFile,
			JSON.stringify({ name: 'installed-nodes', private: true, dependencies: {} }, null, 2),
		);
	}
}

module.exports = { packageFolder, unpackPackage };
