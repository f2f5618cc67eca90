// @ts-check
'use strict';

// fast-check for `npm run mutation`: few examples and no search for the smallest one, since a mutant
// has to die, not to be understood. Some properties try ten thousand, for every mutant again.
const path = require('node:path');

/** @type {typeof import('fast-check')} */
const library = require(path.join(__dirname, '../node_modules/fast-check/lib/cjs/fast-check.js'));

const MOST_RUNS = 25;

/** @type {typeof library.assert} */
const assert = (property, parameters = {}) => {
	const numRuns = Math.min(parameters.numRuns ?? MOST_RUNS, MOST_RUNS);
	return library.assert(property, { ...parameters, numRuns, endOnFailure: true });
};

module.exports = { ...library, __esModule: true, default: { ...library.default, assert }, assert };
