// @ts-check
'use strict';

const { projects = [] } = require('./jest.config');

const unit = projects.find((one) => typeof one === 'object' && one.displayName === 'unit');

/**
 * For `npm run mutation`: a mutant of core has to die by the tests of core. Those of nodes and forms
 * run through all of it, take longer, and say little about where the fault is.
 *
 * @type {import('jest').Config}
 */
module.exports = {
	...(typeof unit === 'object' ? unit : {}),
	testMatch: ['<rootDir>/test/core/**/*.test.ts'],
	testTimeout: 900_000,
};
