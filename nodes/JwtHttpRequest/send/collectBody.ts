import { JwtAuthError } from '../../../core/errors';
import { brokenBody } from './failures';
import type { ResponseStream, SentResponse } from './sentResponse';

/** Most bytes of a JSON or text body; a text of more than twice that cannot exist in JavaScript. */
const MAXIMUM_BYTES = 256 * 1024 * 1024;

/** Bytes of a refusing answer that are read for its reason. */
const REASON_BYTES = 4096;

/** Reads until the body ends or has `limit` bytes; what broke off is in `chunks` as far as it came. */
async function collect(body: ResponseStream, chunks: Buffer[], limit: number): Promise<number> {
	let length = 0;
	for await (const chunk of body as AsyncIterable<Buffer>) {
		chunks.push(chunk);
		length += chunk.length;
		if (length >= limit) break;
	}
	return length;
}

/**
 * Reads a body into memory.
 *
 * @throws {@link JwtAuthError} `RESPONSE_TOO_LARGE`, if announced before anything is read,
 *   `RESPONSE_INCOMPLETE`, `RESPONSE_TIMEOUT`
 */
export async function collectBody({ body, headers, deadline }: SentResponse): Promise<Buffer> {
	const chunks: Buffer[] = [];
	try {
		const announced = Number(headers['content-length'] ?? 0);
		const isTooLarge =
			announced > MAXIMUM_BYTES || (await collect(body, chunks, MAXIMUM_BYTES + 1)) > MAXIMUM_BYTES;
		if (isTooLarge) {
			throw new JwtAuthError(
				'RESPONSE_TOO_LARGE',
				'The answer of the API is larger than 256 MB, too much for JSON or text.',
			);
		}
	} catch (error) {
		body.destroy();
		throw brokenBody(error, deadline);
	}
	return Buffer.concat(chunks);
}

/** Reads the beginning of a body; what is missing of it does not matter. */
export async function collectStart({ body }: SentResponse): Promise<Buffer> {
	const chunks: Buffer[] = [];
	try {
		await collect(body, chunks, REASON_BYTES);
	} catch {
		// The status is what counts; a reason that broke off is shown as far as it came.
	}
	body.destroy();
	return Buffer.concat(chunks).subarray(0, REASON_BYTES);
}
