import { bodyKindOf } from '../../../core/http/responseBody';
import type { Hop } from '../../../core/http/redirects';
import { rateLimitReset } from '../../../core/request/rateLimit';
import { retryDelay, type FailedTry } from '../../../core/request/retry';
import { collectBody, collectStart } from './collectBody';
import { startRequestDeadline } from './cancelSignal';
import { isConnectionFailure, statusError, toError } from './failures';
import { sendFollowing } from './followRedirects';
import { pause } from './pace';
import type { Answer, FollowedResponse, Sender } from './sendTypes';
import { storeFile } from './storeFile';

/** Whether an answer is output. */
function isOutput({ options }: Sender, statusCode: number): boolean {
	return options.response.neverError || (statusCode >= 200 && statusCode < 300);
}

function isWelcome(sender: Sender, statusCode: number): boolean {
	return isOutput(sender, statusCode) || sender.expectedStatuses?.includes(statusCode) === true;
}

async function toAnswer(sender: Sender, response: FollowedResponse): Promise<Answer> {
	const { statusCode, headers } = response;
	if (!isWelcome(sender, statusCode)) {
		const start = await collectStart(response);
		throw statusError(sender, response, start);
	}
	const { responseFormat } = sender.options.response;
	const kind =
		responseFormat === 'autodetect' ? bodyKindOf(headers['content-type']) : responseFormat;
	if (kind !== 'file') return { ...response, kind, body: await collectBody(response) };
	if (isOutput(sender, statusCode)) {
		return { ...response, kind, file: await storeFile(sender, response) };
	}
	response.close();
	return { ...response, kind, file: undefined };
}

/** Milliseconds to wait before the next try; undefined when this answer or error is final. */
function waitAfter({ options }: Sender, failed: FailedTry): number | undefined {
	return options.retry && retryDelay(options.retry, failed, new Date(), Math.random());
}

/**
 * Sends a request until it gets an answer that is not worth another try, and reads or stores that: a
 * body that breaks off is tried again too. Every try carries a token of its own, and has the whole time.
 *
 * @throws `NodeApiError` for a status that is not wanted, or when no answer came
 * @throws {@link JwtAuthError} `RESPONSE_INCOMPLETE`, `RESPONSE_TIMEOUT`, `RESPONSE_TOO_LARGE` and
 *   the codes of redirects
 */
export async function sendForAnswer(sender: Sender, hop: Hop): Promise<Answer> {
	const { context } = sender;
	const { method } = hop;
	for (let tries = 1; ; tries++) {
		let wait: number | undefined;
		try {
			const deadline = startRequestDeadline(context, sender.options.timeout);
			const response = await sendFollowing(sender, hop, deadline);
			const { statusCode, headers } = response;
			const reset = rateLimitReset(statusCode, headers, new Date());
			const retryAfter = headers['retry-after'] ?? reset;
			wait = waitAfter(sender, { method, tries, statusCode, retryAfter });
			if (wait === undefined) return await toAnswer(sender, response);
			response.close();
		} catch (error) {
			if (isConnectionFailure(error) && !context.getExecutionCancelSignal?.()?.aborted) {
				wait = waitAfter(sender, { method, tries, statusCode: undefined, retryAfter: undefined });
			}
			if (wait === undefined) throw toError(error);
		}
		await pause(context, wait);
	}
}
