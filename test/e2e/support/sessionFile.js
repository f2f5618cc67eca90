// @ts-check
'use strict';

/**
 * @typedef {object} Session what globalSetup hands to the tests, through a file
 * @property {string} url
 * @property {number} pid of n8n's process
 * @property {string} apiKey
 * @property {string} cookie
 * @property {{ email: string, password: string }} owner
 * @property {string} tarball
 * @property {string} userFolder
 * @property {string} logFile n8n's debug log
 * @property {string} databaseFile
 * @property {string} authorityFolder of the certificates that n8n trusts in tests
 * @property {string} hostsFolder hosts that tests stand in for; see serviceHosts.js
 */

const SESSION_VARIABLE = 'JWT_AUTH_E2E_SESSION';

/**
 * @typedef {{ folder?: string, n8n?: import('../../../playground/n8n').RunningN8n }} SuiteState
 * @type {unknown}
 */
const processWide = globalThis;
const shared = /** @type {{ jwtAuthE2e?: SuiteState }} */ (processWide);

/** Shared by globalSetup and globalTeardown, which jest runs in one process but loads separately. */
const state = (shared.jwtAuthE2e ??= {});

module.exports = { SESSION_VARIABLE, state };
