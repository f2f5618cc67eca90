// @ts-check
'use strict';

// Processor time of all threads per token, signed and verified, beside node:crypto alone: what it costs
// that jose does it. Printed as JSON; run by run.js with n8n's Node.js.

const crypto = require('node:crypto');
const { promisify } = require('node:util');
const { loadCore } = require('../scripts/loadCore');
const { inTurn } = require('./support/measure');

const { signToken, signingKey, verificationKeyOf, verifySignature } = loadCore(
	'jws/sign',
	'keys/signingKeyCache',
	'keys/verificationKey',
	'jws/verifySignature',
);

const TOKENS = 400;
const ROUNDS = 9;
const IN_FLIGHT = 16;
const signAsync = promisify(crypto.sign);
const verifyAsync = promisify(crypto.verify);

const { RSA_PKCS1_PSS_PADDING: padding } = crypto.constants;
const concatenated = { dsaEncoding: 'ieee-p1363' };

/** @type {Record<string, [type: string, parameters: object, digest: string | null, options?: object]>} */
const ALGORITHMS = {
	RS256: ['rsa', { modulusLength: 2048 }, 'sha256'],
	PS256: ['rsa', { modulusLength: 2048 }, 'sha256', { padding, saltLength: 32 }],
	ES256: ['ec', { namedCurve: 'P-256' }, 'sha256', concatenated],
	ES384: ['ec', { namedCurve: 'P-384' }, 'sha384', concatenated],
	ES512: ['ec', { namedCurve: 'P-521' }, 'sha512', concatenated],
	EdDSA: ['ed25519', {}, null],
	'ML-DSA-65': ['ml-dsa-65', {}, null],
};

/**
 * @param {() => unknown} task
 * @returns {Promise<number>} µs of processor time each
 */
async function cost(task) {
	let begun = 0;
	const lane = async () => {
		while (begun++ < TOKENS) await task();
	};
	const before = process.cpuUsage();
	await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
	const { user, system } = process.cpuUsage(before);
	return (user + system) / TOKENS;
}

/** @param {string} alg */
async function measure(alg) {
	const [type, parameters, digest, options] = /** @type {typeof ALGORITHMS[string]} */ (
		ALGORITHMS[alg]
	);
	const { privateKey, publicKey } = /** @type {any} */ (crypto.generateKeyPairSync)(
		type,
		parameters,
	);
	const key = signingKey({
		algorithm: alg,
		key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
	});
	const header = { alg, typ: 'JWT' };
	const [encoded, payload, signature] = (await signToken(header, { sub: 'bench' }, key)).split('.');
	const input = Buffer.from(`${encoded}.${payload}`);
	const bytes = Buffer.from(signature, 'base64url');
	const own = verificationKeyOf(key);
	/** @param {crypto.KeyObject} bare @returns {any} */
	const bareKey = (bare) => ({ key: bare, ...options });
	const contestants = {
		sign: () => signToken(header, { sub: 'bench' }, key),
		signBare: () => signAsync(digest, input, bareKey(privateKey)),
		verify: () => verifySignature({ header: encoded, payload, signature }, own.key, key.algorithm),
		verifyBare: () => verifyAsync(digest, input, bareKey(publicKey), bytes),
	};
	for (const task of Object.values(contestants)) await cost(task);
	return { algorithm: alg, ...(await inTurn(contestants, ROUNDS, cost)) };
}

async function main() {
	const results = [];
	for (const alg of Object.keys(ALGORITHMS)) results.push(await measure(alg));
	console.log(JSON.stringify(results));
}

void main();
