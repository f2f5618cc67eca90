// @ts-check
'use strict';

/** @typedef {{ path: string }} TestFile */
/** @typedef {{ fullName: string }} TestCase */

/**
 * A reporter of jest that says what was under way where a run is ended from outside. jest ends a test
 * that waits for too long, but none that blocks its thread, and names neither then.
 */
class HungTests {
	constructor() {
		/** What each file that is under way was at, by its path. @type {Map<string, string>} */
		this.underWay = new Map();
		this.end = this.end.bind(this);
	}

	onRunStart() {
		process.once('SIGTERM', this.end);
	}

	/** @param {TestFile} file */
	onTestFileStart({ path }) {
		this.underWay.set(path, 'before its first test');
	}

	/** @param {TestFile} file @param {TestCase} test */
	onTestCaseStart({ path }, { fullName }) {
		this.underWay.set(path, fullName);
	}

	/** @param {TestFile} file @param {TestCase} test */
	onTestCaseResult({ path }, { fullName }) {
		this.underWay.set(path, `after ${fullName}`);
	}

	/** @param {TestFile} file */
	onTestFileResult({ path }) {
		this.underWay.delete(path);
	}

	onRunComplete() {
		process.off('SIGTERM', this.end);
	}

	end() {
		for (const [file, where] of this.underWay) console.log(`Still running: ${file}: ${where}`);
		process.exit(143);
	}
}

module.exports = HungTests;
