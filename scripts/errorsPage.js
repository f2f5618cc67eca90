// @ts-check
'use strict';

// npm run docs:errors: writes docs/errors.md from the codes and hints of core/errors.ts and the
// meanings in docs/error-meanings.json. A new code needs one line there.
const { readFileSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const { loadCore } = require('./loadCore');

const root = path.join(__dirname, '..');
const PAGE = path.join(root, 'docs/errors.md');
const MEANINGS = path.join(root, 'docs/error-meanings.json');

const INTRODUCTION = `<!-- Written by npm run docs:errors. Change core/errors.ts or docs/error-meanings.json. -->

# Errors

Messages of this package end with a code in brackets, such as \`[KEY_WRONG_TYPE]\`. Codes do not change. JWT Verify puts them into the field \`reason\`, without brackets.

Each entry says what the code means and what to do. Often the message in n8n knows more: what was found, and what was expected.
`;

/**
 * @param {Record<string, string>} hints what to do, by code
 * @param {Record<string, string>} meanings what is wrong, by code
 * @returns {string} the page, the codes in alphabetical order
 * @throws {Error} naming the lines that docs/error-meanings.json lacks
 */
function renderErrorsPage(hints, meanings) {
	const codes = Object.keys(hints).sort();
	const missing = codes.filter((code) => !meanings[code]);
	if (missing.length > 0) {
		const lines = missing.map((code) => `\t"${code}": "…",`).join('\n');
		throw new Error(`docs/error-meanings.json has no meaning for:\n${lines}`);
	}
	const entries = codes.map(
		(code) => `## ${code}\n\n${meanings[code]}\n\n**What to do:** ${hints[code]}\n`,
	);
	return [INTRODUCTION, ...entries].join('\n');
}

function readMeanings() {
	return JSON.parse(readFileSync(MEANINGS, 'utf8'));
}

function main() {
	const { ERROR_HINTS } = loadCore('errors');
	const meanings = readMeanings();
	writeFileSync(PAGE, renderErrorsPage(ERROR_HINTS, meanings));
	const unused = Object.keys(meanings).filter((code) => !(code in ERROR_HINTS));
	console.log(`Wrote ${Object.keys(ERROR_HINTS).length} codes to docs/errors.md`);
	if (unused.length > 0) console.log(`No such codes, their meanings are not used: ${unused}`);
}

if (require.main === module) main();

module.exports = { PAGE, readMeanings, renderErrorsPage };
