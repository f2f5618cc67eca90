import type { IExecuteFunctions } from 'n8n-workflow';
import { bodyKindOf } from '../../../core/mediaType';
import type { Hop } from '../../../core/redirects';
import { retryDelay, type FailedTry } from '../../../core/retry';
import type { ItemCredential } from '../read/credential';
import type { NodeOptions } from '../read/options';
import { collectBody, collectStart } from './collectBody';
import { isConnectionFailure, statusError, toError } from './failures';
import { sendFollowing, type FollowedResponse } from './followRedirects';
import type { ItemSecrets } from './itemSecrets';
import { pause } from '../pace';

/** An answer that is output as a file, which may still be arriving. */
export type FileAnswer = FollowedResponse & { kind: 'file' };

/** An answer whose body has been read. */
export type ReadAnswer = Omit<FollowedResponse, 'body'> & { kind: 'json' | 'text'; body: Buffer };

/** An answer the person wants to see. */
export type Answer = FileAnswer | ReadAnswer;

/** What a request needs beside itself. */
export interface Sender {
	context: IExecuteFunctions;
	itemIndex: number;
	credential: ItemCredential;
	options: NodeOptions;
	secrets: ItemSecrets;
	/** Statuses other than 2xx that are answers as well. */
	expectedStatuses?: readonly number[];
}

function isWelcome({ options, expectedStatuses = [] }: Sender, statusCode: number): boolean {
	const { neverError } = options.response;
	const success = statusCode >= 200 && statusCode < 300;
	return success || neverError || expectedStatuses.includes(statusCode);
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
	if (kind === 'file') return { ...response, kind };
	return { ...response, kind, body: await collectBody(response) };
}

/** Milliseconds to wait before the next try; undefined when this answer or error is final. */
function waitAfter({ options }: Sender, failed: FailedTry): number | undefined {
	return options.retry && retryDelay(options.retry, failed, new Date(), Math.random());
}

/**
 * Sends a request until it gets an answer that is not worth another try. Every try carries a token
 * of its own.
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
			const response = await sendFollowing(sender, hop);
			const { statusCode, headers } = response;
			wait = waitAfter(sender, { method, tries, statusCode, retryAfter: headers['retry-after'] });
			if (wait === undefined) return await toAnswer(sender, response);
			response.body.destroy();
		} catch (error) {
			if (isConnectionFailure(error) && !context.getExecutionCancelSignal?.()?.aborted) {
				wait = waitAfter(sender, { method, tries, statusCode: undefined, retryAfter: undefined });
			}
			if (wait === undefined) throw toError(error);
		}
		await pause(context, wait);
	}
}
