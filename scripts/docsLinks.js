// @ts-check
'use strict';

// Points every link to a page of docs/ at the repository that package.json names. n8n's linter and its
// codex files want whole addresses as literals, so that no constant can hold them.
const { readdirSync, readFileSync, writeFileSync } = require('node:fs');
const path = require('node:path');

const root = path.join(__dirname, '..');

/** Folders whose files have such links. */
const FOLDERS = ['credentials', 'nodes', 'examples'];

/** @returns {string} the address below which the pages of docs/ are to be read */
function docsAddress() {
	const { repository } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
	return `${repository.url.replace(/^git\+|\.git$/g, '')}/blob/main/docs`;
}

/**
 * @param {string} text
 * @param {string} address of the documentation
 * @returns {string} the text with every link to a page of docs/, or to the folder of recipes, below that address
 */
function withDocsAddress(text, address) {
	const link = /https:\/\/[^\s"'`()]+?\/docs(?=\/[\w/-]+\.md\b|\/recipes\/')/g;
	return text.replace(link, address);
}

/** @returns {string[]} the files that may have links, from the root */
function linkingFiles() {
	return FOLDERS.flatMap((folder) =>
		readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
			.filter((file) => /\.(ts|json)$/.test(file))
			.map((file) => path.join(folder, file)),
	);
}

function main() {
	const address = docsAddress();
	for (const file of linkingFiles()) {
		const text = readFileSync(path.join(root, file), 'utf8');
		const changed = withDocsAddress(text, address);
		if (changed === text) continue;
		writeFileSync(path.join(root, file), changed);
		console.log(`${file}: links lead to ${address}`);
	}
}

module.exports = { docsAddress, linkingFiles, withDocsAddress };

if (require.main === module) main();
