import type { ICredentialsDecrypted, IHttpRequestOptions } from 'n8n-workflow';
import { refusedByApi } from '../../../core/authenticateExchange';
import type { CredentialData } from '../../../core/credentialSettings';
import { assertProxyAllowed } from '../../../core/proxyReach';
import type { Hop } from '../../../core/redirects';
import type { Sender } from './answer';
import { startDeadline, withSignal } from './deadline';
import { connectionFailure } from './failures';
import { helperOptions, toSentResponse, type SentResponse } from './sentResponse';

/** Sends a request by one of n8n's helpers, within the time it has. */
async function sendBy(
	helper: (request: IHttpRequestOptions, signal: AbortSignal) => Promise<unknown>,
	{ context, options }: Sender,
	hop: Hop,
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
export async function sendPlain(sender: Sender, hop: Hop): Promise<SentResponse> {
	const { httpRequest } = sender.context.helpers;
	return await sendBy(
		async (request, abortSignal): Promise<unknown> =>
			await httpRequest({ ...request, abortSignal }),
		sender,
		hop,
	);
}

/** Sends a request authenticated with these very fields of the credential. */
async function sendWith(sender: Sender, data: CredentialData, hop: Hop): Promise<SentResponse> {
	const { context, credential, options, secrets } = sender;
	const { type, id, name, sending } = credential;
	const { mode, allowedDomains } = sending.domains;
	const { proxy, ignoreSslIssues } = options;
	if (proxy) {
		const proxied = { url: hop.url, proxyHost: proxy.host, ignoreSslIssues };
		assertProxyAllowed(proxied, sending.domains);
	}
	const credentialsDecrypted = { id, name, type, data } as ICredentialsDecrypted;
	return await sendBy(
		async (request, signal): Promise<unknown> =>
			await context.helpers.httpRequestWithAuthentication.call(
				withSignal(context, signal),
				type,
				{ ...request, ...(mode === 'domains' && { allowedDomains }) },
				{ credentialsDecrypted },
			),
		sender,
		hop,
	).finally(() => secrets.noteSent(data));
}

/**
 * Sends one request with a token made for it; the node's only authenticated sender. Redirects are
 * not followed here. An access token that the API refuses with 401 is renewed once.
 *
 * @returns any status; its body is still arriving
 * @throws `NodeApiError` when the request could not be authenticated or no answer came
 */
export async function sendAuthenticated(sender: Sender, hop: Hop): Promise<SentResponse> {
	// A copy: n8n writes into it, and the exchanging credential tells requests apart by it.
	const data = { ...sender.credential.data };
	const response = await sendWith(sender, data, hop);
	if (response.statusCode !== 401 || !refusedByApi(data)) return response;
	response.body.destroy();
	return await sendWith(sender, { ...data }, hop);
}
