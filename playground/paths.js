// @ts-check
'use strict';

const path = require('node:path');

const playground = __dirname;
const cache = path.join(playground, '.cache');

module.exports = {
	root: path.dirname(playground),
	playground,
	cache,
	/** The pinned n8n is installed in a copy, so that npm never rewrites the committed lock file. */
	n8nInstall: path.join(cache, 'n8n'),
	logs: path.join(cache, 'logs'),
	/** User folder of `npm start`. */
	data: path.join(playground, '.data'),
};
