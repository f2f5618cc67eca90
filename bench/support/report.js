// @ts-check
'use strict';

/** @typedef {{ title: string, note?: string, head: string[], rows: Array<Array<string | number>> }} Table */

/** @param {number} value */
function number(value) {
	if (Number.isNaN(value)) return '–';
	return value.toLocaleString('en', {
		maximumFractionDigits: value >= 100 ? 0 : value >= 10 ? 1 : 2,
	});
}

/**
 * @param {Table} table
 * @returns {string} Markdown
 */
function toMarkdown({ title, note, head, rows }) {
	const line = (/** @type {Array<string | number>} */ cells) =>
		`| ${cells.map((cell) => (typeof cell === 'number' ? number(cell) : cell)).join(' | ')} |`;
	const rule = `|${head.map((_, index) => (index === 0 ? '---' : '---:')).join('|')}|`;
	return [`## ${title}`, '', ...(note ? [note, ''] : []), line(head), rule, ...rows.map(line)].join(
		'\n',
	);
}

module.exports = { toMarkdown };
