// @ts-check
'use strict';

// Tokens verified per second in one process; run by run.js with n8n's Node.js.

const crypto = require('node:crypto');
const http = require('node:http');
const jsonwebtoken = require('jsonwebtoken');
const { loadCore } = require('../scripts/loadCore');

const { jwksCache, verifyToken } = loadCore('verify/jwks', 'verify/verifyToken');
const { inTurn } = require('./support/measure');

const TOKENS = 3000;
const ROUNDS = 7;
const IN_FLIGHT = 16;
const AUDIENCE = 'bench';

/** @type {Record<string, () => crypto.KeyPairKeyObjectResult>} */
const MAKE_KEYS = {
	RS256: () => crypto.generateKeyPairSync('rsa', { modulusLength: 2048 }),
	ES256: () => crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' }),
};

/**
 * @param {string[]} tokens
 * @param {(token: string) => unknown} verify
 * @returns {Promise<number>} tokens per second
 */
async function rate(tokens, verify) {
	let next = 0;
	const lane = async () => {
		for (let token = tokens[next++]; token !== undefined; token = tokens[next++])
			await verify(token);
	};
	const start = process.hrtime.bigint();
	await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
	return tokens.length / (Number(process.hrtime.bigint() - start) / 1e9);
}

/** @param {crypto.KeyPairKeyObjectResult} keys @param {jsonwebtoken.Algorithm} algorithm */
function makeTokens({ privateKey }, algorithm) {
	return Array.from({ length: TOKENS }, (_, index) =>
		jsonwebtoken.sign({ sub: `user-${index}`, iss: 'bench', aud: AUDIENCE }, privateKey, {
			algorithm,
			expiresIn: '1h',
			keyid: algorithm,
		}),
	);
}

/**
 * The core with a JWK Set it fetched against jsonwebtoken with the text of a PEM, side by side.
 *
 * Prints tokens per second, as JSON.
 */
async function main() {
	const keys = Object.fromEntries(
		Object.entries(MAKE_KEYS).map(([algorithm, make]) => [algorithm, make()]),
	);
	let fetches = 0;
	const set = JSON.stringify({
		keys: Object.entries(keys).map(([kid, { publicKey }]) => ({
			...publicKey.export({ format: 'jwk' }),
			kid,
			use: 'sig',
		})),
	});
	const server = http.createServer((_request, response) => {
		fetches += 1;
		response.end(set);
	});
	await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
	const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
	const source = jwksCache()(`http://127.0.0.1:${port}/`, async (/** @type {string} */ url) => {
		const response = await fetch(url);
		return { status: response.status, body: await response.text() };
	});

	const rows = [];
	for (const algorithm of /** @type {jsonwebtoken.Algorithm[]} */ (Object.keys(keys))) {
		const pair = keys[algorithm];
		if (!pair) continue;
		const tokens = makeTokens(pair, algorithm);
		const pem = String(pair.publicKey.export({ type: 'spki', format: 'pem' }));
		const options = { issuers: ['bench'], audiences: [AUDIENCE], algorithms: [algorithm] };
		/** @param {string} token */
		const ours = async (token) => {
			const { valid } = await verifyToken(token, source, { ...options, now: new Date() });
			if (!valid) throw new Error('a good token did not verify');
		};
		/** @param {string} token */
		const theirs = (token) =>
			jsonwebtoken.verify(token, pem, {
				algorithms: [algorithm],
				issuer: 'bench',
				audience: AUDIENCE,
			});
		const contestants = { ours, theirs };
		for (const verify of Object.values(contestants)) await rate(tokens, verify);
		const rates = await inTurn(
			contestants,
			ROUNDS,
			async (verify) => await rate(tokens, /** @type {(token: string) => unknown} */ (verify)),
		);
		rows.push({ algorithm, ...rates });
	}
	server.close();
	server.closeAllConnections();
	if (fetches !== 1) throw new Error(`The JWK Set was fetched ${fetches} times`);
	console.log(JSON.stringify(rows));
}

void main();
