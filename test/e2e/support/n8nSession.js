// @ts-check
'use strict';

const fs = require('node:fs');
const { N8nClient } = require('../../../playground/client');
const { withLock } = require('../../../playground/lock');
const { SESSION_VARIABLE } = require('./sessionFile');

/** Everywhere n8n keeps what it stores: SQLite writes to the -wal file first. @param {string} databaseFile */
function databaseBytes(databaseFile) {
	return Buffer.concat(
		['', '-wal', '-journal']
			.map((suffix) => databaseFile + suffix)
			.filter((file) => fs.existsSync(file))
			.map((file) => fs.readFileSync(file)),
	);
}

/**
 * Runs a task that tests the connection of an exchanging credential while no other process does.
 * n8n keeps the node of such a test in one place for all: of two at once, one says "Node not found".
 *
 * @template T
 * @param {() => Promise<T>} task
 * @returns {Promise<T>}
 */
async function testingAlone(task) {
	return await withLock(`${process.env[SESSION_VARIABLE]}.testing`, task);
}

class SuiteClient extends N8nClient {
	/**
	 * @override
	 * @type {N8nClient["testCredential"]}
	 */
	async testCredential(credential, data) {
		return await testingAlone(async () => await super.testCredential(credential, data));
	}
}

/**
 * The suite's running n8n with a client that is logged in and has an API key.
 *
 * @returns {import('./sessionFile').Session & {
 *   client: N8nClient,
 *   readLog: () => string,
 *   readDatabase: () => Buffer,
 * }}
 */
function n8nSession() {
	const file = process.env[SESSION_VARIABLE];
	if (!file) throw new Error('No n8n is up: run these tests with `npm run test:e2e`');
	/** @type {import('./sessionFile').Session} */
	const session = JSON.parse(fs.readFileSync(file, 'utf8'));
	return {
		...session,
		client: new SuiteClient(session),
		readLog: () => fs.readFileSync(session.logFile, 'utf8'),
		readDatabase: () => databaseBytes(session.databaseFile),
	};
}

module.exports = { n8nSession, testingAlone };
