// @ts-check
'use strict';

const { TestEnvironment } = require('jest-environment-node');

const MUTANT = '__STRYKER_ACTIVE_MUTANT__';

/** @type {string | undefined} */
let deadMutant;

/** One failed test is enough for a mutant: all that follow are skipped, which jest cannot be told. */
module.exports = class MutationEnvironment extends TestEnvironment {
	/** @param {import('jest-circus').Event} event */
	handleTestEvent(event) {
		const mutant = process.env[MUTANT];
		if (mutant === undefined) return;
		if (event.name === 'test_done' && event.test.errors.length > 0) deadMutant = mutant;
		if (event.name === 'test_start' && deadMutant === mutant) event.test.mode = 'skip';
	}
};
