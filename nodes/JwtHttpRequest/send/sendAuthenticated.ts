import type { CredentialData } from '../../../core/settings/credentialFields';
import {
	getGlobalState,
	NodeApiError,
	type ICredentialsDecrypted,
	type IHttpRequestOptions,
} from 'n8n-workflow';
import { noteApiNonce, refusedByApi } from '../../../core/authenticate/exchangeApi';
import { notedProblem } from '../../../core/authenticate/refusals';

import { openConnection, type Deadline } from '../../../core/request/deadline';
import { assertProxyAllowed } from '../../../core/request/proxyReach';
import type { Hop } from '../../../core/http/redirects';
import { withSignal } from './cancelSignal';
import { connectionError } from './failures';
import { helperOptions, toSentResponse } from './sentResponse';
import type { Sender, SentResponse } from './sendTypes';

/** Sends a request by one of n8n's helpers, within the time it has. */
async function sendBy(
	helper: (request: IHttpRequestOptions, signal: AbortSignal) => Promise<unknown>,
	{ context, options }: Sender,
	hop: Hop,
	deadline: Deadline,
): Promise<SentResponse> {
	const connection = openConnection(deadline);
	let failure: unknown;
	try {
		const response = await helper(helperOptions(hop, options, connection), connection.signal);
		const sent = toSentResponse(response, deadline, connection);
		if (sent) return sent;
	} catch (error) {
		failure = error;
	}
	throw connectionError(context, failure, deadline, hop.url);
}

/**
 * Sends a request that carries no token: a redirect to an origin the token must not reach.
 *
 * @returns any status; its body is still arriving
 * @throws `NodeApiError` when no answer came
 */
export async function sendPlain(
	sender: Sender,
	hop: Hop,
	deadline: Deadline,
): Promise<SentResponse> {
	const { httpRequest } = sender.context.helpers;
	return await sendBy(
		async (request): Promise<unknown> => await httpRequest(request),
		sender,
		hop,
		deadline,
	);
}

/** Sends a request authenticated with these very fields of the credential. */
async function sendWithCredential(
	sender: Sender,
	data: CredentialData,
	hop: Hop,
	deadline: Deadline,
): Promise<SentResponse> {
	const { context, credential, options, secrets } = sender;
	const { type, id, name, sending } = credential;
	const { mode, allowedDomains } = sending.domains;
	const { proxy, ignoreSslIssues } = options;
	if (proxy) {
		const proxied = { url: hop.url, proxyHost: proxy.host, ignoreSslIssues };
		assertProxyAllowed(proxied, sending.domains);
	}
	const credentialsDecrypted = { id, name, type, data } as ICredentialsDecrypted;
	try {
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
			deadline,
		);
	} catch (error) {
		// n8n leaves one text of the credential's error, which it shows in the panel and in a message.
		throw error instanceof NodeApiError ? (notedProblem(data) ?? error) : error;
	} finally {
		secrets.noteSent(data);
	}
}

/** An answer, and the very fields of the credential that its request was authenticated with. */
interface Answered {
	data: CredentialData;
	response: SentResponse;
	/** Whether the API wants another nonce in the proof, which says nothing of the token. */
	wantsNonce: boolean;
}

/** Sends a request, and once more with the nonce that the API wants in a DPoP proof. */
async function sendWithNonce(sender: Sender, hop: Hop, deadline: Deadline): Promise<Answered> {
	// A copy: n8n writes into it, and the exchanging credential tells requests apart by it.
	const sendOnce = async (): Promise<Answered> => {
		const data = { ...sender.credential.data };
		const response = await sendWithCredential(sender, data, hop, deadline);
		return { data, response, wantsNonce: noteApiNonce(data, hop.url, response) };
	};
	const first = await sendOnce();
	if (!first.wantsNonce) return first;
	first.response.close();
	return await sendOnce();
}

/**
 * Sends one request with a token made for it; the node's only authenticated sender. Redirects are
 * not followed here. An access token that the API refuses with 401 is renewed once.
 *
 * @returns any status; its body is still arriving
 * @throws `NodeApiError` when the request could not be authenticated or no answer came
 */
export async function sendAuthenticated(
	sender: Sender,
	hop: Hop,
	deadline: Deadline,
): Promise<SentResponse> {
	const { data, response, wantsNonce } = await sendWithNonce(sender, hop, deadline);
	if (response.statusCode !== 401 || wantsNonce) return response;
	if (!refusedByApi(data, getGlobalState().defaultTimezone)) return response;
	response.close();
	return (await sendWithNonce(sender, hop, deadline)).response;
}
