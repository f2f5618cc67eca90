// @ts-check
'use strict';

const fs = require('node:fs');
const { state } = require('./sessionFile');

module.exports = async function globalTeardown() {
	await state.n8n?.stop();
	// Set it to read n8n's log and database after a failed run.
	if (process.env.KEEP_E2E_FOLDER) console.log(`kept ${state.folder}`);
	else if (state.folder) fs.rmSync(state.folder, { recursive: true, force: true });
};
