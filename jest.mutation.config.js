// @ts-check
'use strict';

const { projects = [] } = require('./jest.config');

const unit = projects.find((one) => typeof one === 'object' && one.displayName === 'unit');

/**
 * For `npm run mutation`: a mutant of a room has to die by the tests of that room. Those of other
 * rooms, of nodes and of forms run through it too, take longer, and say little about where the fault
 * is.
 *
 * @type {import('jest').Config}
 */
module.exports = {
	...(typeof unit === 'object' ? unit : {}),
	testMatch: [`<rootDir>/test/core/${process.env.MUTATION_ROOM ?? '**'}/*.test.ts`],
	// Tens of thousands of mangled keys, a minute for every mutant.
	testPathIgnorePatterns: ['/node_modules/', 'keysFuzz'],
	// What jest searches at every start.
	roots: [
		'<rootDir>/core',
		'<rootDir>/test/core',
		'<rootDir>/test/fixtures',
		'<rootDir>/test/support',
	],
	testEnvironment: require.resolve('./scripts/mutationEnvironment'),
	moduleNameMapper: {
		'^fast-check$': '<rootDir>/scripts/mutationFastCheck.js',
		'^fast-check/itself$': require.resolve('fast-check'),
	},
	runner: '<rootDir>/scripts/mutationRunner.js',
	testTimeout: 900_000,
};
