import type { ICredentialsDecrypted, IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import type { Hop } from '../../../core/redirects';
import { sendRenewed } from '../../common/sendRenewed';
import type { ItemCredential } from '../read/credential';
import type { SendOptions } from '../read/options';
import { startDeadline, withSignal } from './deadline';
import { connectionFailure } from './failures';
import { helperOptions, toSentResponse, type SentResponse } from './sentResponse';

/** Sends a request by one of n8n's helpers, within the time it has. */
async function sendBy(
	helper: (request: IHttpRequestOptions, signal: AbortSignal) => Promise<unknown>,
	context: IExecuteFunctions,
	hop: Hop,
	options: SendOptions,
): Promise<SentResponse> {
	const deadline = startDeadline(context, options.timeout);
	let failure: unknown;
	try {
		const response = await helper(helperOptions(hop, options), deadline.signal);
		const sent = toSentResponse(response, deadline);
		if (sent) return sent;
	} catch (error) {
		failure = error;
	}
	throw connectionFailure(context, failure, deadline);
}

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
	const helper = async (request: IHttpRequestOptions, abortSignal: AbortSignal) =>
		(await context.helpers.httpRequest({ ...request, abortSignal })) as unknown;
	return await sendBy(helper, context, hop, options);
}

/**
 * Sends one request with a token made for it; the node's only authenticated sender. Redirects are
 * not followed here. An access token that the API refuses is renewed once.
 *
 * @returns any status; its body is still arriving
 * @throws `NodeApiError` when the request could not be authenticated or no answer came
 */
export async function sendAuthenticated(
	context: IExecuteFunctions,
	{ type, id, name, data: fields, sending }: ItemCredential,
	hop: Hop,
	options: SendOptions,
): Promise<SentResponse> {
	const { mode, allowedDomains } = sending.domains;
	return await sendRenewed(
		// A copy: n8n writes into it, and the exchanging credential tells requests apart by it.
		{ ...fields },
		async (data) => {
			const credentialsDecrypted = { id, name, type, data } as ICredentialsDecrypted;
			const helper = async (request: IHttpRequestOptions, signal: AbortSignal) =>
				(await context.helpers.httpRequestWithAuthentication.call(
					withSignal(context, signal),
					type,
					{ ...request, ...(mode === 'domains' && { allowedDomains }) },
					{ credentialsDecrypted },
				)) as unknown;
			return await sendBy(helper, context, hop, options);
		},
		(refused) => refused.body.destroy(),
	);
}
