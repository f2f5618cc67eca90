// @ts-check
'use strict';

const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const { default: TestRunner } = require('jest-runner');

/** In Stryker's sandbox, which is gone after the run. */
const FILES = 'testFiles.json';

/**
 * Runs the tests that a mutant needs and stops at the first file that fails. Stryker tells jest by
 * name which tests those are; jest alone would load every file to skip what is in it, and go on when
 * the mutant is dead. Which names stand in which file is written down in Stryker's first run, which
 * has all tests.
 */
module.exports = class MutationRunner extends TestRunner {
	/**
	 * @override
	 * @param {import('jest-runner').Test[]} tests
	 * @param {import('jest-runner').TestWatcher} watcher
	 * @param {import('jest-runner').TestRunnerOptions} options
	 */
	async runTests(tests, watcher, options) {
		const pattern = this._globalConfig.testNamePattern;
		if (!pattern) return await this.runAll(tests, watcher, options);
		let isDead = false;
		this.on('test-file-success', ([, { numFailingTests }]) => {
			if (numFailingTests > 0) isDead = true;
		});
		for (const test of quickestOf(tests, new RegExp(pattern, 'i'))) {
			if (isDead) return;
			await super.runTests([test], watcher, options);
		}
	}

	/**
	 * @param {import('jest-runner').Test[]} tests
	 * @param {import('jest-runner').TestWatcher} watcher
	 * @param {import('jest-runner').TestRunnerOptions} options
	 */
	async runAll(tests, watcher, options) {
		/** @type {Record<string, { names: string[], milliseconds: number }>} */
		const files = {};
		this.on('test-file-success', ([{ path }, { testResults, perfStats }]) => {
			const names = testResults.map(({ fullName }) => fullName);
			files[path] = { names, milliseconds: perfStats.runtime };
		});
		await super.runTests(tests, watcher, options);
		writeFileSync(FILES, JSON.stringify(files));
	}
};

/**
 * @param {import('jest-runner').Test[]} tests
 * @param {RegExp} wanted
 * @returns {import('jest-runner').Test[]} those with a wanted test, the quickest first
 */
function quickestOf(tests, wanted) {
	if (!existsSync(FILES)) return tests;
	/** @type {Record<string, { names: string[], milliseconds: number }>} */
	const files = JSON.parse(readFileSync(FILES, 'utf8'));
	return tests
		.filter(({ path }) => files[path]?.names.some((name) => wanted.test(name)))
		.sort((a, b) => (files[a.path]?.milliseconds ?? 0) - (files[b.path]?.milliseconds ?? 0));
}
