// @ts-check
'use strict';

// Tokens per second in one process, printed as JSON tables; run by run.js with n8n's Node.js.

const crypto = require('node:crypto');
const { promisify } = require('node:util');
const fastJwt = require('fast-jwt');
const { SignJWT } = require('jose');
const jsonwebtoken = require('jsonwebtoken');
const { loadCore } = require('../scripts/loadCore');

const { signToken, signingKey, mintToken, readSigningSettings } = loadCore(
	'jws/sign',
	'keys/signingKeyCache',
	'sign/mintToken',
	'settings/readCredential',
);
const { inTurn, rate } = require('./support/measure');

const ROUNDS = 9;
const MILLISECONDS = 400;
const claims = { iss: 'bench', sub: 'user-1', aud: 'demo-api', scope: 'read write' };
const signAsync = promisify(crypto.sign);

/** @type {Record<string, { text: string, key: crypto.KeyObject, digest: string | null, options?: object }>} */
const keys = {
	HS256: withSecret(),
	RS256: withPair('rsa', { modulusLength: 2048 }, 'sha256'),
	PS256: withPair('rsa', { modulusLength: 2048 }, 'sha256', {
		padding: crypto.constants.RSA_PKCS1_PSS_PADDING,
		saltLength: 32,
	}),
	ES256: withPair('ec', { namedCurve: 'P-256' }, 'sha256', { dsaEncoding: 'ieee-p1363' }),
	EdDSA: withPair('ed25519', {}, null),
};

function withSecret() {
	const text = crypto.randomBytes(32).toString('hex');
	return { text, key: crypto.createSecretKey(Buffer.from(text)), digest: 'sha256' };
}

/** @param {any} type @param {any} parameters @param {string | null} digest @param {object} [options] */
function withPair(type, parameters, digest, options) {
	const { privateKey: key } = /** @type {any} */ (crypto.generateKeyPairSync)(type, parameters);
	return { text: String(key.export({ type: 'pkcs8', format: 'pem' })), key, digest, options };
}

/** @param {object} value */
const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

/**
 * Everybody who can sign with the algorithm, and how many tokens each one makes at once.
 *
 * @param {string} algorithm
 * @returns {Record<string, [number, () => unknown]>}
 */
function contestantsOf(algorithm) {
	const { text, key, digest, options } = /** @type {typeof keys[string]} */ (keys[algorithm]);
	const header = { alg: algorithm, typ: 'JWT' };
	const now = () => Math.floor(Date.now() / 1000);
	const timed = () => ({ ...claims, iat: now(), exp: now() + 300 });
	const settings = readSigningSettings({
		algorithm,
		...(algorithm === 'HS256' ? { secret: text } : { privateKey: text }),
		payload: JSON.stringify(claims),
		expiresIn: '5m',
	});
	const ours = async () => await signToken(header, timed(), signingKey(settings.key));
	const whole = async () => await mintToken(settings, { now: new Date() });
	const input = () => `${encode(header)}.${encode(timed())}`;
	const asymmetric = { key, ...options };
	const sync = () => {
		const signed = input();
		const signature =
			algorithm === 'HS256'
				? crypto.createHmac('sha256', key).update(signed).digest()
				: crypto.sign(digest, Buffer.from(signed), /** @type {any} */ (asymmetric));
		return `${signed}.${signature.toString('base64url')}`;
	};
	const limit = async () => {
		const signed = input();
		const signature = await signAsync(digest, Buffer.from(signed), /** @type {any} */ (asymmetric));
		return `${signed}.${signature.toString('base64url')}`;
	};
	const jsonwebtokenWith = (/** @type {any} */ material) => () =>
		jsonwebtoken.sign(timed(), material, { algorithm: /** @type {any} */ (algorithm) });
	const jose = () => new SignJWT(timed()).setProtectedHeader(header).sign(key);
	const fast = fastJwt.createSigner({ key: text, algorithm: /** @type {any} */ (algorithm) });
	return {
		'this package, 1': [1, ours],
		'this package, 16': [16, ours],
		'with form and claims, 16': [16, whole],
		'node:crypto sync': [1, sync],
		...(algorithm === 'HS256' ? {} : { 'node:crypto async, 16': [16, limit] }),
		...(algorithm === 'EdDSA'
			? {}
			: {
					'jsonwebtoken, text key': [1, jsonwebtokenWith(text)],
					'jsonwebtoken, KeyObject': [1, jsonwebtokenWith(key)],
				}),
		'fast-jwt': [1, () => fast(timed())],
		'jose, 16': [16, jose],
	};
}

async function main() {
	const results = [];
	for (const algorithm of Object.keys(keys)) {
		const contestants = contestantsOf(algorithm);
		for (const [inFlight, task] of Object.values(contestants)) await rate(task, inFlight, 100);
		const rates = await inTurn(contestants, ROUNDS, async ([inFlight, task]) => {
			return await rate(task, inFlight, MILLISECONDS);
		});
		results.push({ algorithm, rates });
	}
	console.log(JSON.stringify(results));
}

void main();
