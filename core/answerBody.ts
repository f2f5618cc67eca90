/** The body of an answer while it arrives: a stream of Node.js, unpacked by n8n's HTTP client. */
export interface AnswerStream extends AsyncIterable<Uint8Array> {
	/** Closes the connection if the body has not ended. */
	destroy(): unknown;
	/** Packed bytes so far, where the stream unpacks them (Node.js, zlib). */
	readonly bytesWritten?: number;
}

/** Bytes from which on it is looked at how small they arrived. */
const UNPACKED_SUSPICIOUS = 32 * 1024 * 1024;

/** How many times its packed size a large body may have; JSON has 10 to 50 times, a bomb 1000. */
const LARGEST_RATIO = 200;

function isBomb({ bytesWritten = 0 }: AnswerStream, length: number): boolean {
	if (length <= UNPACKED_SUSPICIOUS || bytesWritten === 0) return false;
	return length > bytesWritten * LARGEST_RATIO;
}

/**
 * Reads a body, and no more of it than allowed: what is over the limit never gets into memory, but
 * for the rest of one chunk, however small it was packed (gzip, deflate, br). The stream is closed in any case.
 *
 * @param chunks gets what was read, as far as it came, even where this throws
 * @param limit bytes, unpacked
 * @returns whether that was all; false for more than the limit, or more than 32 MB that unpack from
 *   less than a two hundredth of that
 * @throws what the stream throws when the connection breaks off
 */
export async function readWithin(
	body: AnswerStream,
	chunks: Uint8Array[],
	limit: number,
): Promise<boolean> {
	let length = 0;
	try {
		for await (const chunk of body) {
			chunks.push(chunk);
			length += chunk.length;
			if (length > limit || isBomb(body, length)) return false;
		}
		return true;
	} finally {
		body.destroy();
	}
}
