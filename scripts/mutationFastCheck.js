// @ts-check
'use strict';

/* global jest */

// fast-check for `npm run mutation`: few examples and no search for the smallest one, since a mutant
// has to die, not to be understood. Some properties try ten thousand, for every mutant again.

/** @type {typeof import('fast-check')} */
const library = jest.requireActual('fast-check/itself');

const MOST_RUNS = 25;

/**
 * @param {Parameters<typeof library.assert>[0]} property
 * @param {{ numRuns?: number }} [parameters]
 */
const assert = (property, parameters = {}) => {
	const numRuns = Math.min(parameters.numRuns ?? MOST_RUNS, MOST_RUNS);
	return library.assert(property, { ...parameters, numRuns, endOnFailure: true });
};

module.exports = { ...library, __esModule: true, default: { ...library.default, assert }, assert };
