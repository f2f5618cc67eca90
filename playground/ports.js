// @ts-check
'use strict';

const net = require('node:net');
const { PlaygroundError } = require('./errors');

const HOST = '127.0.0.1';

/**
 * @param {number} port 0 for any
 * @returns {Promise<number>} the port that could be listened on
 */
function probe(port) {
	return new Promise((resolve, reject) => {
		const server = net.createServer();
		server.once('error', reject);
		server.listen({ port, host: HOST }, () => {
			const { port: bound } = /** @type {net.AddressInfo} */ (server.address());
			server.close(() => resolve(bound));
		});
	});
}

/** @returns {Promise<number>} a port of 127.0.0.1 that nobody uses right now */
async function freePort() {
	return await probe(0);
}

/**
 * @param {number} port
 * @param {string} what who wants it
 * @param {string} [remedy]
 * @returns {PlaygroundError}
 */
function portTaken(port, what, remedy = 'stop the program that uses it, or choose another port.') {
	return new PlaygroundError(`Port ${port} for ${what} is already in use:`, remedy);
}

/**
 * @param {number} port
 * @param {string} what
 * @param {string} [remedy]
 */
async function requireFreePort(port, what, remedy) {
	try {
		await probe(port);
	} catch (error) {
		const { code } = /** @type {NodeJS.ErrnoException} */ (error);
		if (code === 'EADDRINUSE') throw portTaken(port, what, remedy);
		if (code === 'EACCES')
			throw new PlaygroundError(
				`Port ${port} for ${what} may not be used:`,
				'choose one above 1023.',
			);
		throw error;
	}
}

module.exports = { HOST, freePort, portTaken, requireFreePort };
