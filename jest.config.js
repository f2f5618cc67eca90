// @ts-check
'use strict';

const transform = {
	'^.+\\.(t|j)s$': [
		'@swc/jest',
		{ jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
	],
};

// These ship ES modules only, which jest on Node.js 20 cannot require untransformed.
const transformIgnorePatterns = ['/node_modules/(?!(content-disposition|jose)/)'];

const setupFiles = ['<rootDir>/test/support/keyPairsApart.js'];

const modulePathIgnorePatterns = [
	'<rootDir>/.cache/',
	'<rootDir>/playground/.cache/',
	'<rootDir>/dist/',
	'<rootDir>/.stryker-tmp/',
];

/** Tests that start what they need themselves. @param {string} displayName */
const withOwnServers = (displayName) => ({
	displayName,
	testMatch: [`<rootDir>/test/${displayName}/**/*.test.ts`],
	modulePathIgnorePatterns,
	setupFiles,
	transform,
	transformIgnorePatterns,
});

/**
 * Tests that share one running n8n: jest runs a global setup of the same file once.
 *
 * @param {string} displayName
 */
const withN8n = (displayName) => ({
	...withOwnServers(displayName),
	globalSetup: '<rootDir>/test/e2e/support/globalSetup.js',
	globalTeardown: '<rootDir>/test/e2e/support/globalTeardown.js',
});

/** @type {import('jest').Config} */
module.exports = {
	reporters: ['default', '<rootDir>/scripts/hungTests.js'],
	// A net for what hangs, not a measure: no verdict may depend on how busy the machine is. Of all
	// projects: jest takes no such setting from one of them.
	testTimeout: 900_000,
	projects: [
		{
			displayName: 'unit',
			globalSetup: '<rootDir>/test/support/timeZone.js',
			testMatch: ['<rootDir>/test/**/*.test.ts'],
			testPathIgnorePatterns: [
				'/node_modules/',
				...['browser', 'e2e', 'ghost', 'queue', 'servers', 'soak'].map(
					(name) => `<rootDir>/test/${name}/`,
				),
				'<rootDir>/test/packaging',
			],
			modulePathIgnorePatterns,
			setupFiles,
			transform,
			transformIgnorePatterns,
		},
		// What needs a build, and the network for Node.js 24 where it is not there yet.
		{ ...withOwnServers('packaging'), testMatch: ['<rootDir>/test/packaging.test.ts'] },
		withN8n('e2e'),
		withN8n('browser'),
		withOwnServers('queue'),
		withOwnServers('servers'),
		// By hand: 460 MB to install.
		withOwnServers('ghost'),
		withOwnServers('soak'),
	],
};
