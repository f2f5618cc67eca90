const transform = {
	'^.+\\.(t|j)s$': [
		'@swc/jest',
		{ jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
	],
};

// jose 6 ships ES modules only, which jest on Node.js 20 cannot require untransformed.
const transformIgnorePatterns = ['/node_modules/(?!jose/)'];

const modulePathIgnorePatterns = ['<rootDir>/playground/.cache/', '<rootDir>/dist/'];

/** @type {import('jest').Config} */
module.exports = {
	// Of all projects: jest takes no such setting from one of them.
	testTimeout: 120_000,
	projects: [
		{
			displayName: 'unit',
			testMatch: ['<rootDir>/test/**/*.test.ts'],
			testPathIgnorePatterns: [
				'/node_modules/',
				'<rootDir>/test/e2e/',
				'<rootDir>/test/queue/',
				'<rootDir>/test/soak/',
			],
			modulePathIgnorePatterns,
			transform,
			transformIgnorePatterns,
		},
		{
			displayName: 'e2e',
			testMatch: ['<rootDir>/test/e2e/**/*.test.ts'],
			globalSetup: '<rootDir>/test/e2e/support/globalSetup.js',
			globalTeardown: '<rootDir>/test/e2e/support/globalTeardown.js',
			modulePathIgnorePatterns,
			transform,
			transformIgnorePatterns,
		},
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
