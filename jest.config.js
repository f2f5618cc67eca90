const transform = {
	'^.+\\.(t|j)s$': [
		'@swc/jest',
		{ jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
	],
};

// jose 6 ships ES modules only, which jest on Node.js 20 cannot require untransformed.
const transformIgnorePatterns = ['/node_modules/(?!jose/)'];

const modulePathIgnorePatterns = ['<rootDir>/playground/.cache/', '<rootDir>/dist/'];

/** Tests that share one running n8n: jest runs a global setup of the same file once. */
const withN8n = (displayName) => ({
	displayName,
	testMatch: [`<rootDir>/test/${displayName}/**/*.test.ts`],
	globalSetup: '<rootDir>/test/e2e/support/globalSetup.js',
	globalTeardown: '<rootDir>/test/e2e/support/globalTeardown.js',
	modulePathIgnorePatterns,
	transform,
	transformIgnorePatterns,
});

/** @type {import('jest').Config} */
module.exports = {
	// Of all projects: jest takes no such setting from one of them.
	testTimeout: 240_000,
	projects: [
		{
			displayName: 'unit',
			testMatch: ['<rootDir>/test/**/*.test.ts'],
			testPathIgnorePatterns: [
				'/node_modules/',
				'<rootDir>/test/e2e/',
				'<rootDir>/test/browser/',
				'<rootDir>/test/queue/',
				'<rootDir>/test/soak/',
			],
			modulePathIgnorePatterns,
			transform,
			transformIgnorePatterns,
		},
		withN8n('e2e'),
		withN8n('browser'),
		{
			displayName: 'queue',
			testMatch: ['<rootDir>/test/queue/**/*.test.ts'],
			modulePathIgnorePatterns,
			transform,
			transformIgnorePatterns,
		},
		{
			displayName: 'soak',
			testMatch: ['<rootDir>/test/soak/**/*.test.ts'],
			modulePathIgnorePatterns,
			transform,
			transformIgnorePatterns,
		},
	],
};
