// @ts-check
'use strict';

const { existsSync, readdirSync, readFileSync, writeFileSync } = require('node:fs');
const path = require('node:path');
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
	/** @param {ConstructorParameters<typeof TestRunner>} given */
	constructor(...[config, context]) {
		super({ ...config, testNamePattern: withoutGroups(config.testNamePattern) }, context);
	}

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
		const own = ownTestOf(process.env.__STRYKER_ACTIVE_MUTANT__);
		for (const test of promisingOf(tests, new RegExp(pattern, 'i'), own)) {
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
 * Stryker puts every name into a group of its own; matching thousands of groups takes fifty times as long.
 *
 * @param {string | undefined} pattern `(name)|(name)`, where the names are escaped
 */
function withoutGroups(pattern) {
	return pattern?.replace(/^\(|\)$/g, '').replaceAll(')|(', '|');
}

/** Paths of tests by the mutants of what they test. @type {Map<string, string> | undefined} */
let ownTests;

/**
 * @param {string | undefined} mutant ID, which Stryker writes beside every change
 * @returns {string | undefined} path of the test that mirrors the file of the mutant
 */
function ownTestOf(mutant) {
	ownTests ??= new Map(
		sourcesOf(path.join('core', process.env.MUTATION_ROOM ?? '')).flatMap((source) => {
			const test = path.resolve('test', source.replace(/\.ts$/, '.test.ts'));
			const ids = readFileSync(source, 'utf8').matchAll(/stryMutAct_\w+\("(\d+)"\)/g);
			return [...ids].map(([, id = '']) => /** @type {const} */ ([id, test]));
		}),
	);
	return ownTests.get(mutant ?? '');
}

/** @param {string} folder @returns {string[]} */
function sourcesOf(folder) {
	const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
	return names.filter((name) => name.endsWith('.ts')).map((name) => path.join(folder, name));
}

/**
 * @param {import('jest-runner').Test[]} tests
 * @param {RegExp} wanted
 * @param {string | undefined} own path of the test that most likely notices the change
 * @returns {import('jest-runner').Test[]} those with a wanted test: that one, then the quickest first
 */
function promisingOf(tests, wanted, own) {
	if (!existsSync(FILES)) return tests;
	/** @type {Record<string, { names: string[], milliseconds: number }>} */
	const files = JSON.parse(readFileSync(FILES, 'utf8'));
	/** @param {import('jest-runner').Test} test */
	const cost = ({ path }) => (path === own ? 0 : (files[path]?.milliseconds ?? 0));
	return tests
		.filter(({ path }) => files[path]?.names.some((name) => wanted.test(name)))
		.sort((a, b) => cost(a) - cost(b));
}
