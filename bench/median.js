// @ts-check
'use strict';

/** @param {number[]} values @returns {number} */
function median(values) {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

module.exports = { median };
