// @ts-check
'use strict';

// Run in a process of its own: a thousand keys and tokens, after which nothing may be left behind.

const { generateKeyPairSync, randomBytes } = require('node:crypto');
const { loadCore } = require('../../../scripts/loadCore');

const { authenticateWithSignedToken, cachedKeyCount } = loadCore(
	'authenticate/signApi',
	'keys/signingKeyCache',
);

const KEYS = 1000;

process.on('unhandledRejection', (reason) => {
	console.error(reason);
	process.exit(2);
});

async function main() {
	const request = { url: 'https://api.example.com/v1' };
	let largest = 0;
	for (let index = 0; index < KEYS; index += 1) {
		const key =
			index % 2
				? { algorithm: 'HS256', secret: randomBytes(32).toString('hex') }
				: {
						algorithm: 'ES256',
						privateKey: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({
							type: 'pkcs8',
							format: 'pem',
						}),
					};
		const advanced = { useAdvanced: true, reuseUntilExpiry: true };
		await authenticateWithSignedToken(
			{ ...key, ...advanced, payload: `{ "sub": "${index}" }` },
			request,
		);
		largest = Math.max(largest, cachedKeyCount());
		// A key that cannot be read is not kept and leaves no promise behind.
		await authenticateWithSignedToken({ algorithm: 'RS256', privateKey: `${index}` }, request).then(
			() => process.exit(3),
			() => undefined,
		);
	}
	const resources = process
		.getActiveResourcesInfo()
		.filter((kind) => !/Pipe|TTY|CloseReq/.test(kind));
	console.log(JSON.stringify({ keys: KEYS, largest, resources }));
}

void main();
