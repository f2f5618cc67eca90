/** A limit in time for one request, redirects and the body of the answer included. */
export interface Deadline {
	/** Aborts when time is up or the execution is cancelled. */
	signal: AbortSignal;
	/** Whether time was up. */
	isOver(): boolean;
	/** Whether the execution was cancelled. */
	isCancelled(): boolean;
}

/** Longest time a timer of Node.js takes, in milliseconds; with a longer one it would end at once. */
const LONGEST = 2 ** 31 - 1;

/**
 * Starts a deadline.
 *
 * An HTTP client's own timeout is no such thing: it counts from the last byte that arrived, so that a
 * server can hold a connection for ever with one byte now and then.
 *
 * @param milliseconds from now; a longer time than a timer takes (24 days) ends then
 * @param cancelled aborts when the execution is cancelled
 */
export function startDeadline(milliseconds: number, cancelled?: AbortSignal): Deadline {
	const timeout = AbortSignal.timeout(Math.min(Math.ceil(milliseconds), LONGEST));
	return {
		signal: cancelled ? AbortSignal.any([cancelled, timeout]) : timeout,
		isOver: () => timeout.aborted,
		isCancelled: () => cancelled?.aborted === true,
	};
}

/** One connection, which ends with its deadline at the latest. */
export interface Connection {
	/** Aborts when the deadline ends or the connection is closed. */
	signal: AbortSignal;
	/**
	 * Closes it. Destroying the body is not enough: n8n's HTTP client wraps it, and keeps the
	 * connection of one that is not being read.
	 */
	close(): void;
}

/** Opens a connection within a deadline. */
export function openConnection({ signal }: Deadline): Connection {
	const controller = new AbortController();
	return {
		signal: AbortSignal.any([signal, controller.signal]),
		close: () => {
			controller.abort();
		},
	};
}
