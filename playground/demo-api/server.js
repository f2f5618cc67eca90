// @ts-check
'use strict';

const http = require('node:http');
const { HOST, portTaken } = require('../ports');
const { decodeToken, verifyToken } = require('./verifyJws');

/**
 * @typedef {import('./verifyJws').VerificationKey} VerificationKey
 *
 * @typedef {object} LoggedRequest one request as it arrived
 * @property {number} number counts the requests, from 1
 * @property {string} method
 * @property {string} url path and query
 * @property {http.IncomingHttpHeaders} headers
 * @property {Buffer} body the raw bytes
 * @property {string} [token]
 * @property {Record<string, any>} [header] the token's JOSE header, decoded
 * @property {Record<string, any>} [payload] the token's claims, decoded
 * @property {boolean} authenticated
 * @property {string} [reason] why not
 *
 * @typedef {object} DemoApiOptions
 * @property {number} [port] a free one when left out
 * @property {string} [audience] what `aud` must hold; left out, a token must carry none (GitHub)
 * @property {VerificationKey[]} keys
 * @property {{ header?: string, prefix?: string, query?: string }} [accept] where else the token may
 *   stand: another header (with its own prefix) or a query parameter
 * @property {(entry: LoggedRequest, request: http.IncomingMessage, response: http.ServerResponse) => boolean | void | Promise<boolean | void>} [onRequest]
 *   answers a request itself when it returns true, after it was logged
 * @property {string} [portRemedy] what to do when the port is taken
 *
 * @typedef {object} DemoApi
 * @property {string} url
 * @property {number} port
 * @property {LoggedRequest[]} requests everything that arrived, oldest first
 * @property {() => void} clear forgets the requests
 * @property {(keys: VerificationKey[]) => void} setKeys
 * @property {() => Promise<void>} stop
 */

/**
 * @param {string | string[] | undefined} header
 * @param {string} prefix
 * @returns {string | undefined} what follows the prefix
 */
function afterPrefix(header, prefix) {
	const value = Array.isArray(header) ? header[0] : header;
	if (value === undefined) return undefined;
	if (!prefix) return value;
	const wanted = `${prefix} `;
	return value.toLowerCase().startsWith(wanted.toLowerCase())
		? value.slice(wanted.length)
		: undefined;
}

/**
 * @param {http.IncomingHttpHeaders} headers
 * @param {URL} url
 * @param {NonNullable<DemoApiOptions['accept']>} accept
 */
function findToken(headers, url, { header, prefix = '', query }) {
	return (
		afterPrefix(headers.authorization, 'Bearer') ??
		(header ? afterPrefix(headers[header.toLowerCase()], prefix) : undefined) ??
		(query ? (url.searchParams.get(query) ?? undefined) : undefined)
	);
}

/** @param {http.IncomingMessage} request @returns {Promise<Buffer>} */
async function readBody(request) {
	/** @type {Buffer[]} */
	const chunks = [];
	for await (const chunk of request) chunks.push(chunk);
	return Buffer.concat(chunks);
}

/**
 * @param {http.ServerResponse} response
 * @param {number} status
 * @param {object} body
 * @param {Record<string, string>} [headers]
 */
function answer(response, status, body, headers = {}) {
	response.writeHead(status, { 'content-type': 'application/json', ...headers });
	response.end(JSON.stringify(body));
}

/**
 * A resource server that lets a request pass only with a JWT that verifies. It shares no code with
 * the package it is used to check.
 *
 * @param {DemoApiOptions} options
 * @returns {Promise<DemoApi>}
 */
async function startDemoApi({ port = 0, audience, keys, accept = {}, onRequest, portRemedy }) {
	/** @type {LoggedRequest[]} */
	const requests = [];
	let currentKeys = keys;
	let count = 0;

	/** @param {http.IncomingMessage} request @param {http.ServerResponse} response */
	const handle = async (request, response) => {
		const url = new URL(request.url ?? '/', `http://${HOST}`);
		/** @type {LoggedRequest} */
		const entry = {
			number: ++count,
			method: request.method ?? '',
			url: request.url ?? '',
			headers: request.headers,
			body: await readBody(request),
			token: findToken(request.headers, url, accept),
			authenticated: false,
		};
		requests.push(entry);
		try {
			if (!entry.token) throw new Error('the request carries no token');
			Object.assign(entry, decodeToken(entry.token));
			verifyToken(entry.token, { keys: currentKeys, audience });
			entry.authenticated = true;
		} catch (error) {
			entry.reason = /** @type {Error} */ (error).message;
		}
		if (await onRequest?.(entry, request, response)) return;

		if (!entry.authenticated) {
			const challenge = entry.token
				? `Bearer error="invalid_token", error_description="${entry.reason?.replace(/["\\]/g, "'")}"`
				: 'Bearer';
			answer(
				response,
				401,
				{ authenticated: false, reason: entry.reason, request: entry.number },
				{ 'www-authenticate': challenge },
			);
			return;
		}
		answer(response, 200, {
			authenticated: true,
			subject: entry.payload?.sub,
			method: entry.method,
			path: url.pathname,
			query: Object.fromEntries(url.searchParams),
			algorithm: entry.header?.alg,
			request: entry.number,
			bodyBytes: entry.body.length,
		});
	};

	const server = http.createServer((request, response) => {
		handle(request, response).catch((error) => {
			if (!response.headersSent) answer(response, 500, { reason: String(error) });
		});
	});
	await new Promise((resolve, reject) => {
		server.once('error', (/** @type {NodeJS.ErrnoException} */ error) =>
			reject(error.code === 'EADDRINUSE' ? portTaken(port, 'the demo API', portRemedy) : error),
		);
		server.listen({ port, host: HOST }, () => resolve(undefined));
	});
	const { port: bound } = /** @type {import('node:net').AddressInfo} */ (server.address());

	return {
		url: `http://${HOST}:${bound}`,
		port: bound,
		requests,
		clear: () => void requests.splice(0),
		setKeys: (next) => void (currentKeys = next),
		stop: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

module.exports = { startDemoApi };
