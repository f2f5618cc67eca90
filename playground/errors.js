// @ts-check
'use strict';

/** What went wrong in one sentence, and what the person can do about it. */
class PlaygroundError extends Error {
	/**
	 * @param {string} message
	 * @param {string} [hint]
	 */
	constructor(message, hint) {
		super(hint ? `${message} ${hint}` : message);
		this.name = 'PlaygroundError';
	}
}

module.exports = { PlaygroundError };
