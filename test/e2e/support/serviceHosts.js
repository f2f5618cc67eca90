// @ts-check
'use strict';

// Loaded into n8n's process before n8n (--require): connections to the hosts of services that a test
// stands in for go to that test. Each such host is a file that holds the port. Nothing else changes: n8n
// still asks for https://api.github.com, and checks the certificate for that name.
const { readFileSync } = require('node:fs');
const net = require('node:net');
const path = require('node:path');

const folder = process.env.JWT_AUTH_TEST_HOSTS ?? '';

/** @param {unknown} host @returns {number | undefined} */
function portFor(host) {
	if (typeof host !== 'string' || !/^[\w.-]+$/.test(host)) return undefined;
	try {
		return Number(readFileSync(path.join(folder, host), 'utf8'));
	} catch {
		return undefined;
	}
}

const { connect } = net.Socket.prototype;

/** @type {any} */
const prototype = net.Socket.prototype;

/**
 * @this {import('node:net').Socket}
 * @param {any[]} given
 */
prototype.connect = function connectToStandIn(...given) {
	// Node.js itself hands over its arguments as one list.
	const inner = Array.isArray(given[0]) ? given[0] : given;
	const [options] = inner;
	const isUsual = options && [80, 443].includes(Number(options.port));
	const port = isUsual ? portFor(options.host) : undefined;
	if (port === undefined) return Reflect.apply(connect, this, given);
	Object.assign(options, { host: '127.0.0.1', port });
	return Reflect.apply(connect, this, given);
};
