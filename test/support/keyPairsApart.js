// @ts-check
'use strict';

// Node.js 20 can stop for ever where a key of generateKeyPairSync is exported as a JWK, or asked for its
// details: both hold the key's lock, and the garbage collector may meanwhile end the job that made the
// key, which waits for the same lock. Keys that are read from their bytes have no such job. Nothing of
// the package does that: it takes the bytes of what is made.

const crypto = require('node:crypto');

/** The one of Node.js: files that are tested one after the other share it. @type {any} */
const own = crypto.generateKeyPairSync;
const generate = own.generate ?? own;

/**
 * @param {any} type
 * @param {object} [options]
 * @returns {unknown}
 */
function keyPairApart(type, options) {
	if (options && 'privateKeyEncoding' in options) return generate(type, options);
	const { publicKey, privateKey } = generate(type, {
		...options,
		publicKeyEncoding: { format: 'der', type: 'spki' },
		privateKeyEncoding: { format: 'der', type: 'pkcs8' },
	});
	return {
		publicKey: crypto.createPublicKey({ key: publicKey, format: 'der', type: 'spki' }),
		privateKey: crypto.createPrivateKey({ key: privateKey, format: 'der', type: 'pkcs8' }),
	};
}

Object.assign(crypto, { generateKeyPairSync: Object.assign(keyPairApart, { generate }) });
