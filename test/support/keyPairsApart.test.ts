import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import path from 'node:path';

/** Collects garbage so often that Node.js 20 would stop for ever without what is loaded first. */
const OFTEN = ['--max-semi-space-size=1', '--gc-interval=31'];

const EXPORTING = `
	const { generateKeyPairSync } = require('node:crypto');
	for (let made = 0; made < 3000; made += 1) {
		const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
		privateKey.export({ format: 'jwk' });
		privateKey.asymmetricKeyDetails;
	}`;

it('keys that are made for tests can be exported while garbage is collected', () => {
	const script = path.join(__dirname, 'keyPairsApart.js');
	const { signal, status } = spawnSync(
		process.execPath,
		[...OFTEN, '--require', script, '--eval', EXPORTING],
		// A net for what hangs.
		{ timeout: 300_000 },
	);
	expect({ signal, status }).toEqual({ signal: null, status: 0 });
});

const RESTRICTED = { hashAlgorithm: 'sha384', mgf1HashAlgorithm: 'sha384' };

it('keys keep what they were made with, and encodings that are asked for are those that come', () => {
	const { privateKey } = generateKeyPairSync('rsa-pss', { modulusLength: 1024, ...RESTRICTED });
	expect(privateKey.asymmetricKeyDetails).toMatchObject({ modulusLength: 1024, ...RESTRICTED });
	const encoded = generateKeyPairSync('ed25519', {
		publicKeyEncoding: { format: 'pem', type: 'spki' },
		privateKeyEncoding: { format: 'pem', type: 'pkcs8' },
	});
	expect(encoded.privateKey).toMatch(/^-----BEGIN PRIVATE KEY-----/);
});
