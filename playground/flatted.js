// @ts-check
'use strict';

/**
 * Decodes n8n's execution data (the npm format `flatted`: one JSON array in which every string,
 * object and array is replaced by its index).
 *
 * @param {string} text
 * @returns {any}
 */
function parseFlatted(text) {
	/** @type {unknown[]} */
	const entries = JSON.parse(text);
	/** @type {Map<number, object>} */
	const revived = new Map();

	/** @param {number} index @returns {unknown} */
	const revive = (index) => {
		const entry = entries[index];
		if (typeof entry !== 'object' || entry === null) return entry;
		const known = revived.get(index);
		if (known) return known;
		/** @type {any} */
		const copy = Array.isArray(entry) ? [] : {};
		revived.set(index, copy);
		for (const [key, value] of Object.entries(entry)) {
			copy[key] = typeof value === 'string' ? revive(Number(value)) : value;
		}
		return copy;
	};
	return revive(0);
}

module.exports = { parseFlatted };
