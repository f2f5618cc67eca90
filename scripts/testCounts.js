// @ts-check
'use strict';

const path = require('node:path');
const { stripVTControlCharacters } = require('node:util');

/**
 * What jest writes with `--json`, as far as it is read here.
 *
 * @typedef {object} JestResult
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numPendingTests skipped ones
 * @property {number} numTodoTests
 * @property {number} numRuntimeErrorTestSuites files that broke before their first test
 * @property {JestFile[]} testResults
 */

/**
 * What jest writes of one test file.
 *
 * @typedef {object} JestFile
 * @property {string} name full path
 * @property {'passed' | 'failed'} status
 * @property {string} message what jest prints of a failed file
 * @property {Array<{ status: string, fullName: string, failureMessages: string[] }>} assertionResults
 */

/** Lines of each reason that are shown again. */
const REASON_LINES = 12;

/**
 * @param {JestResult[]} results of the suites that ran
 * @returns {string} `Tests: N passed, N failed`, and `, N skipped` where some are
 */
function countsLine(results) {
	const passed = results.reduce((sum, { numPassedTests }) => sum + numPassedTests, 0);
	const failed = results.reduce((sum, { numFailedTests }) => sum + numFailedTests, 0);
	const skipped = results.reduce(
		(sum, { numPendingTests, numTodoTests }) => sum + numPendingTests + numTodoTests,
		0,
	);
	const end = skipped > 0 ? `, ${skipped} skipped` : '';
	return `Tests: ${passed} passed, ${failed} failed${end}`;
}

/**
 * Why a suite is red, since files that broke before their first test are in no count of tests.
 *
 * @param {JestResult} result
 * @returns {string} such as `2 tests failed, 1 file could not run`; empty for a green one
 */
function failuresOf({ numFailedTests, numRuntimeErrorTestSuites }) {
	return [
		...(numFailedTests > 0 ? [`${numFailedTests} ${plural('test', numFailedTests)} failed`] : []),
		...(numRuntimeErrorTestSuites > 0
			? [`${numRuntimeErrorTestSuites} ${plural('file', numRuntimeErrorTestSuites)} could not run`]
			: []),
	].join(', ');
}

/**
 * What failed and why, for the end of a long run: what jest printed of it stands thousands of lines
 * above, where a log may be cut.
 *
 * @param {JestResult[]} results of the suites that ran
 * @returns {string[]} for each failed test its file, its name and the first lines of the reason
 */
function failedTests(results) {
	return results
		.flatMap(({ testResults }) => testResults)
		.filter(({ status }) => status === 'failed')
		.flatMap(({ name, message, assertionResults }) => {
			const failed = assertionResults.filter(({ status }) => status === 'failed');
			if (failed.length === 0) return [`${path.basename(name)}\n${reason(message)}`];
			return failed.map(
				({ fullName, failureMessages }) =>
					`${path.basename(name)}: ${fullName}\n${reason(failureMessages.join('\n'))}`,
			);
		});
}

/**
 * @param {JestResult} result
 * @returns {string[]} full paths of the files that failed, or that broke before their first test
 */
function failedFiles({ testResults }) {
	return testResults.filter(({ status }) => status === 'failed').map(({ name }) => name);
}

/**
 * What counts after some files of a suite ran once more.
 *
 * @param {JestResult} first of the whole suite
 * @param {JestResult} second of these files alone
 * @returns {JestResult} as if each file had run once, the last time
 */
function withSecondRun(first, second) {
	const again = new Set(second.testResults.map(({ name }) => name));
	const others = first.testResults.filter(({ name }) => !again.has(name));
	const testResults = [...others, ...second.testResults];
	const statuses = testResults.flatMap(({ assertionResults }) =>
		assertionResults.map(({ status }) => status),
	);
	/** @param {string} wanted */
	const count = (wanted) => statuses.filter((status) => status === wanted).length;
	return {
		numPassedTests: count('passed'),
		numFailedTests: count('failed'),
		numPendingTests: count('pending'),
		numTodoTests: count('todo'),
		numRuntimeErrorTestSuites: testResults.filter(
			({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
		).length,
		testResults,
	};
}

/** @param {string} text with colours for a terminal @returns {string} its first lines, indented */
function reason(text) {
	const lines = stripVTControlCharacters(text).split('\n').slice(0, REASON_LINES);
	return lines.map((line) => `    ${line}`).join('\n');
}

/** @param {string} noun @param {number} count */
function plural(noun, count) {
	return count === 1 ? noun : `${noun}s`;
}

module.exports = { countsLine, failedFiles, failedTests, failuresOf, withSecondRun };
