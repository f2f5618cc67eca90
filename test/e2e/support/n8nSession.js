// @ts-check
'use strict';

const fs = require('node:fs');
const { N8nClient } = require('../../../playground/client');
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
		client: new N8nClient(session),
		readLog: () => fs.readFileSync(session.logFile, 'utf8'),
		readDatabase: () => databaseBytes(session.databaseFile),
	};
}

module.exports = { n8nSession };
