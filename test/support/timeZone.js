// @ts-check
'use strict';

/** A machine in UTC would hide what reads a time without a zone as the machine's own. */
module.exports = () => {
	process.env.TZ = 'America/New_York';
};
