import type { Connection } from './deadline';

/** A body as n8n's HTTP client gives it: a stream of Node.js, already unpacked. */
export interface AnswerStream extends AsyncIterable<Uint8Array> {
	on(event: 'error', listener: () => void): unknown;
}

/** An answer whose body is still arriving. */
export interface ArrivingAnswer {
	body: AsyncIterable<Uint8Array>;
	/** Closes the connection. */
	close(): void;
}

/** A body together with its connection. */
export function arriving<Body extends AnswerStream>(
	body: Body,
	{ close }: Connection,
): { body: Body; close: () => void } {
	// The connection may end while nobody reads, and an error that nobody listens to ends n8n.
	body.on('error', () => {});
	return { body, close };
}

/**
 * Reads a body, and no more of it than allowed: what is over the limit never gets into memory, but
 * for the rest of one chunk, however small it was packed (gzip, deflate, br). The connection is closed
 * unless the body has ended.
 *
 * @param chunks gets what was read, as far as it came, even where this throws
 * @param limit bytes, unpacked
 * @returns whether that was all
 * @throws what the stream throws when the connection breaks off
 */
export async function readWithin(
	{ body, close }: ArrivingAnswer,
	chunks: Uint8Array[],
	limit: number,
): Promise<boolean> {
	let length = 0;
	let isWhole = true;
	try {
		for await (const chunk of body) {
			chunks.push(chunk);
			length += chunk.length;
			isWhole = length <= limit;
			if (isWhole) continue;
			// Before the loop is left: the client lets go of a body that is no longer read, not of the
			// connection behind it.
			close();
			break;
		}
	} catch (error) {
		close();
		// What a body says to being closed is no news.
		if (isWhole) throw error;
	}
	return isWhole;
}
