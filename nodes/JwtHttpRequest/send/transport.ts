import type { ICredentialsDecrypted, IExecuteFunctions } from 'n8n-workflow';
import type { CredentialData } from '../../../core/credentialSettings';
import type { Hop } from '../../../core/redirects';
import { sendRenewed } from '../../common/sendRenewed';
import type { ItemCredential } from '../read/credential';
import type { SendOptions } from '../read/options';
import { startDeadline, withSignal } from './deadline';
import { connectionFailure } from './failures';
import { helperOptions, toSentResponse, type SentResponse } from './sentResponse';

async function sendOnce(
	context: IExecuteFunctions,
	{ type, id, name, sending }: ItemCredential,
	data: CredentialData,
	hop: Hop,
	options: SendOptions,
): Promise<SentResponse> {
	const { mode, allowedDomains } = sending.domains;
	const deadline = startDeadline(context, options.timeout);
	const credentialsDecrypted = { id, name, type, data } as ICredentialsDecrypted;
	let failure: unknown;
	try {
		const response: unknown = await context.helpers.httpRequestWithAuthentication.call(
			withSignal(context, deadline.signal),
			type,
			{ ...helperOptions(hop, options), ...(mode === 'domains' && { allowedDomains }) },
			{ credentialsDecrypted },
		);
		const sent = toSentResponse(response, deadline);
		if (sent) return sent;
	} catch (error) {
		failure = error;
	}
	throw connectionFailure(context, failure, deadline);
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
	credential: ItemCredential,
	hop: Hop,
	options: SendOptions,
): Promise<SentResponse> {
	return await sendRenewed(
		// A copy: n8n writes into it, and the exchanging credential tells requests apart by it.
		{ ...credential.data },
		async (data) => await sendOnce(context, credential, data, hop, options),
		(refused) => refused.body.destroy(),
	);
}
