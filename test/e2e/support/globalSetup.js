// @ts-check
'use strict';

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { N8nClient } = require('../../../playground/client');
const { ensureN8n } = require('../../../playground/install');
const { startN8n } = require('../../../playground/n8n');
const { localOwner } = require('../../../playground/owner');
const { packPackage } = require('../../../playground/packPackage');
const { makeAuthority } = require('./certificateAuthority');
const { SESSION_VARIABLE, state } = require('./sessionFile');

/** One n8n for the whole suite, in a folder of its own. */
module.exports = async function globalSetup() {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'jwt-auth-e2e-'));
	state.folder = folder;
	const tarball = await packPackage({ outputFolder: folder });
	await ensureN8n({ onProgress: (line) => console.log(line) });
	const userFolder = path.join(folder, 'n8n');
	// Tests stand in for services on the services' own hosts; see serviceHosts.js.
	const authorityFolder = path.join(folder, 'authority');
	const hostsFolder = path.join(folder, 'hosts');
	const n8n = await startN8n({
		userFolder,
		tarball,
		env: {
			N8N_LOG_LEVEL: 'debug',
			NODE_EXTRA_CA_CERTS: makeAuthority(authorityFolder),
			NODE_OPTIONS: ['serviceHosts.js', 'cheapAnswers.js']
				.map((file) => `--require "${path.join(__dirname, file)}"`)
				.join(' '),
			JWT_AUTH_TEST_HOSTS: hostsFolder,
		},
	});
	state.n8n = n8n;

	const owner = localOwner(userFolder);
	const client = new N8nClient({ url: n8n.url });
	await client.setupOrLogin(owner);
	const apiKey = await client.createApiKey({ label: 'e2e' });

	/** @type {import('./sessionFile').Session} */
	const session = {
		url: n8n.url,
		pid: n8n.pid,
		apiKey,
		cookie: client.cookie ?? '',
		owner,
		tarball,
		userFolder,
		logFile: n8n.logFile,
		databaseFile: n8n.databaseFile,
		authorityFolder,
		hostsFolder,
	};
	const file = path.join(folder, 'session.json');
	fs.writeFileSync(file, JSON.stringify(session), { mode: 0o600 });
	process.env[SESSION_VARIABLE] = file;
};
