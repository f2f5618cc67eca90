// @ts-check
'use strict';

const crypto = require('node:crypto');
const http = require('node:http');
const jsonwebtoken = require('jsonwebtoken');
const { loadCore } = require('../scripts/loadCore');

const { jwksCache, verifyToken } = loadCore('jwks', 'verify');
const { median } = require('./median');

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
 * @returns {Promise<{ rows: Array<{ name: string, ours: number, theirs: number }>, fetches: number }>}
 *   tokens per second, and how often the JWK Set was fetched in all
 */
async function benchCore() {
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
	const source = jwksCache()(`http://127.0.0.1:${port}/`, async (url) => {
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
		/** @type {{ ours: number[], theirs: number[] }} */
		const rates = { ours: [], theirs: [] };
		// Turn about, so that whatever else the machine does slows both; the first round warms up.
		for (let round = 0; round <= ROUNDS; round += 1) {
			const [a, b] = [await rate(tokens, ours), await rate(tokens, theirs)];
			if (round > 0) {
				rates.ours.push(a);
				rates.theirs.push(b);
			}
		}
		rows.push({ name: algorithm, ours: median(rates.ours), theirs: median(rates.theirs) });
	}
	server.close();
	server.closeAllConnections();
	return { rows, fetches };
}

module.exports = { benchCore };
