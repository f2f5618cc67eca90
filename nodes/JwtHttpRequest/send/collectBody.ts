import { readWithin } from '../../../core/request/answerBody';
import { JwtAuthError } from '../../../core/errors';
import { brokenBodyError } from './failures';
import type { SentResponse } from './sendTypes';

/** Most bytes of a JSON or text body; a text of more than twice that cannot exist in JavaScript. */
const MAXIMUM_BYTES = 256 * 1024 * 1024;

/** Bytes of a refusing answer that are read for its reason. */
const REASON_BYTES = 4096;

/** Bytes that any answer may have when it is unpacked. */
const SMALL = 32 * 1024 * 1024;

/** How many times its packed size a larger one may have; JSON has 10 to 50 times, a bomb 1000. */
const LARGEST_RATIO = 100;

/** Most bytes of an answer. @param announced its length as it travels; 0 for unknown */
function limitFor(announced: number): number {
	if (announced === 0) return MAXIMUM_BYTES;
	return Math.min(MAXIMUM_BYTES, Math.max(SMALL, announced * LARGEST_RATIO));
}

/**
 * Reads a body into memory.
 *
 * @throws {@link JwtAuthError} `RESPONSE_TOO_LARGE`, if announced before anything is read,
 *   `RESPONSE_INCOMPLETE`, `RESPONSE_TIMEOUT`
 */
export async function collectBody(response: SentResponse): Promise<Buffer> {
	// Of the packed body, where it was packed.
	const announced = Number(response.headers['content-length']) || 0;
	const limit = limitFor(announced);
	const chunks: Uint8Array[] = [];
	try {
		const isWhole = announced <= limit && (await readWithin(response, chunks, limit));
		if (isWhole) return Buffer.concat(chunks);
	} catch (error) {
		throw brokenBodyError(error, response.deadline);
	}
	response.close();
	throw new JwtAuthError(
		'RESPONSE_TOO_LARGE',
		limit === MAXIMUM_BYTES
			? 'The answer of the API is larger than 256 MB, too much for JSON or text.'
			: 'The answer of the API was packed so small that it is no usual JSON or text.',
	);
}

/** Reads the beginning of a body; what is missing of it does not matter. */
export async function collectStart(response: SentResponse): Promise<Buffer> {
	const chunks: Uint8Array[] = [];
	try {
		await readWithin(response, chunks, REASON_BYTES);
	} catch {
		// The status is what counts; a reason that broke off is shown as far as it came.
	}
	return Buffer.concat(chunks).subarray(0, REASON_BYTES);
}
