// @ts-check
'use strict';

const crypto = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');

/**
 * The owner of the n8n in `userFolder`, with a password made on first use and kept beside its data.
 *
 * @param {string} userFolder
 * @returns {{ email: string, password: string }}
 */
function localOwner(userFolder) {
	const file = path.join(userFolder, 'owner.json');
	if (fs.existsSync(file)) return JSON.parse(fs.readFileSync(file, 'utf8'));
	const owner = {
		email: 'demo@example.com',
		// n8n wants a digit and a capital letter.
		password: `Demo1-${crypto.randomBytes(9).toString('base64url')}`,
	};
	fs.mkdirSync(userFolder, { recursive: true });
	fs.writeFileSync(file, JSON.stringify(owner), { mode: 0o600 });
	return owner;
}

module.exports = { localOwner };
