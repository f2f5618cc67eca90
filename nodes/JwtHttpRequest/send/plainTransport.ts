import type { IExecuteFunctions } from 'n8n-workflow';
import type { Hop } from '../../../core/redirects';
import type { SendOptions } from '../read/options';
import { startDeadline } from './deadline';
import { connectionFailure } from './failures';
import { helperOptions, toSentResponse, type SentResponse } from './sentResponse';

/**
 * Sends a request that carries no token: a redirect to an origin the token must not reach.
 *
 * @returns any status; its body is still arriving
 * @throws `NodeApiError` when no answer came
 */
export async function sendPlain(
	context: IExecuteFunctions,
	hop: Hop,
	options: SendOptions,
): Promise<SentResponse> {
	const deadline = startDeadline(context, options.timeout);
	try {
		const response: unknown = await context.helpers.httpRequest({
			...helperOptions(hop, options),
			abortSignal: deadline.signal,
		});
		const sent = toSentResponse(response, deadline);
		if (sent) return sent;
	} catch (error) {
		throw connectionFailure(context, error, deadline);
	}
	throw connectionFailure(context, undefined, deadline);
}
