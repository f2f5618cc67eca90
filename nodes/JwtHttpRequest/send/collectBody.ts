import { readWithin } from '../../../core/answerBody';
import { JwtAuthError } from '../../../core/errors';
import { brokenBody } from './failures';
import type { SentResponse } from './sentResponse';

/** Most bytes of a JSON or text body; a text of more than twice that cannot exist in JavaScript. */
const MAXIMUM_BYTES = 256 * 1024 * 1024;

/** Bytes of a refusing answer that are read for its reason. */
const REASON_BYTES = 4096;

/**
 * Reads a body into memory.
 *
 * @throws {@link JwtAuthError} `RESPONSE_TOO_LARGE`, if announced before anything is read,
 *   `RESPONSE_INCOMPLETE`, `RESPONSE_TIMEOUT`
 */
export async function collectBody({ body, headers, deadline }: SentResponse): Promise<Buffer> {
	const chunks: Uint8Array[] = [];
	try {
		const announced = Number(headers['content-length'] ?? 0);
		const isWhole = announced <= MAXIMUM_BYTES && (await readWithin(body, chunks, MAXIMUM_BYTES));
		if (isWhole) return Buffer.concat(chunks);
	} catch (error) {
		throw brokenBody(error, deadline);
	}
	body.destroy();
	throw new JwtAuthError(
		'RESPONSE_TOO_LARGE',
		'The answer of the API is too much for JSON or text: it is larger than 256 MB, or was packed as no usual text can be.',
	);
}

/** Reads the beginning of a body; what is missing of it does not matter. */
export async function collectStart({ body }: SentResponse): Promise<Buffer> {
	const chunks: Uint8Array[] = [];
	try {
		await readWithin(body, chunks, REASON_BYTES);
	} catch {
		// The status is what counts; a reason that broke off is shown as far as it came.
	}
	return Buffer.concat(chunks).subarray(0, REASON_BYTES);
}
