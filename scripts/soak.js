// @ts-check
'use strict';

// npm run soak [seconds]: how n8n fares under mixed load for half an hour, or as long as told.
const { spawnSync } = require('node:child_process');
const path = require('node:path');

const [seconds = '1800'] = process.argv.slice(2);

const { status } = spawnSync('npx', ['jest', '--selectProjects', 'soak', '--runInBand'], {
	cwd: path.join(__dirname, '..'),
	stdio: 'inherit',
	env: { ...process.env, SOAK_SECONDS: seconds },
});
process.exit(status ?? 1);
