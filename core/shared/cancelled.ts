/**
 * The execution that a request was made for was cancelled, so that the request was given up. Whoever
 * else waits for the same answer has to ask anew: nothing is wrong with the server.
 */
export class Cancelled extends Error {
	constructor() {
		super('The execution was cancelled.');
	}
}
