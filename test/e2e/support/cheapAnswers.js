// @ts-check
'use strict';

// Loaded into n8n's process before n8n (--require): the editor's files are served as in production, where a
// browser keeps them for a day, and nothing is compressed, which would be 18 MB of node types for each page.
// Of itself an n8n that is not in production has the browser ask again for each of 450 files. What it
// answers stays the same.
const { Server } = require('node:http');

/** The names of these files change with their content. */
const FILES = '/assets/';

/** What only the editor asks for. */
const EDITOR = [FILES, '/types/', '/rest/'];

const { emit } = Server.prototype;

/** @type {any} */
const prototype = Server.prototype;

/**
 * @this {import('node:http').Server}
 * @param {string} event
 * @param {any[]} given
 */
prototype.emit = function emitForEditor(event, ...given) {
	if (event === 'request') {
		const [request, response] = given;
		if (request.url.startsWith(FILES)) response.setHeader('cache-control', 'public, max-age=86400');
		if (EDITOR.some((path) => request.url.startsWith(path))) {
			delete request.headers['accept-encoding'];
		}
	}
	return Reflect.apply(emit, this, [event, ...given]);
};
