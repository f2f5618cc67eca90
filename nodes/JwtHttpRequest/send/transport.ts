import type { ICredentialsDecrypted, IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import type { Hop } from '../../../core/redirects';
import { RENEWABLE_TYPES } from '../credentialTypes';
import type { ItemCredential } from '../read/credential';
import type { SendOptions } from '../read/options';
import { startDeadline, withSignal, type Deadline } from './deadline';
import { connectionFailure } from './failures';
import { helperOptions, toSentResponse, type SentResponse } from './sentResponse';

/** n8n renews a token and sends once more when, and only when, a 401 throws. */
function statusErrors(type: string): Pick<IHttpRequestOptions, 'ignoreHttpStatusErrors'> {
	if (!RENEWABLE_TYPES.includes(type)) return {};
	return { ignoreHttpStatusErrors: { ignore: true, except: [401] } };
}

function responseInside(error: unknown, deadline: Deadline): SentResponse | undefined {
	const cause = error instanceof Error ? error.cause : undefined;
	const response = (cause as { response?: unknown } | undefined)?.response;
	return toSentResponse(response, deadline);
}

/**
 * Sends one request with a token made for it; the node's only authenticated sender. Redirects are
 * not followed here.
 *
 * @param credential renewed in place when n8n had to renew it
 * @returns any status; its body is still arriving
 * @throws `NodeApiError` when the request could not be authenticated or no answer came
 */
export async function sendAuthenticated(
	context: IExecuteFunctions,
	credential: ItemCredential,
	hop: Hop,
	options: SendOptions,
): Promise<SentResponse> {
	const { type, id, name, sending } = credential;
	const { mode, allowedDomains } = sending.domains;
	const deadline = startDeadline(context, options.timeout);
	// A copy: n8n writes into it, and the exchanging credential tells requests apart by it.
	const data = { ...credential.data };
	const credentialsDecrypted = { id, name, type, data } as ICredentialsDecrypted;
	try {
		const response: unknown = await context.helpers.httpRequestWithAuthentication.call(
			withSignal(context, deadline.signal),
			type,
			{
				...helperOptions(hop, options),
				...statusErrors(type),
				...(mode === 'domains' && { allowedDomains }),
			},
			{ credentialsDecrypted },
		);
		const sent = toSentResponse(response, deadline);
		if (sent) return sent;
	} catch (error) {
		const refused = responseInside(error, deadline);
		if (!refused) throw connectionFailure(context, error, deadline);
		return refused;
	} finally {
		Object.assign(credential.data, data);
	}
	throw connectionFailure(context, undefined, deadline);
}
