// @ts-check
'use strict';

/**
 * What jest writes with `--json`, as far as it is read here.
 *
 * @typedef {object} JestResult
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numPendingTests skipped ones
 * @property {number} numTodoTests
 * @property {number} numRuntimeErrorTestSuites files that broke before their first test
 */

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

/** @param {string} noun @param {number} count */
function plural(noun, count) {
	return count === 1 ? noun : `${noun}s`;
}

module.exports = { countsLine, failuresOf };
