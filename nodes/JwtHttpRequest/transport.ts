import type { IDataObject, IExecuteFunctions, IN8nHttpFullResponse } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';
import { withItemClaims, type CredentialData } from '../../core/credentialSettings';
import { redact } from '../../core/redact';
import { sendRenewed } from '../common/sendRenewed';
import type { RequestParameters } from './parameters';

/** A response with its body as it came over the wire. */
export interface RawResponse {
	statusCode: number;
	statusMessage: string;
	headers: IDataObject;
	body: Buffer;
}

/** What a refusing API says of its reason, shortened and without tokens. */
function reasonOf(response: RawResponse): string {
	const challenge = response.headers['www-authenticate'];
	const body = response.body.subarray(0, 500).toString('utf8').trim();
	return redact([body, challenge].filter(Boolean).join(' · '));
}

function assertSuccess(context: IExecuteFunctions, itemIndex: number, response: RawResponse): void {
	if (response.statusCode >= 200 && response.statusCode < 300) return;
	const { statusCode, statusMessage } = response;
	throw new NodeApiError(
		context.getNode(),
		{ statusCode, message: statusMessage },
		{
			message: `The API answered ${statusCode} ${statusMessage}`.trim(),
			description: reasonOf(response),
			httpCode: String(statusCode),
			itemIndex,
		},
	);
}

/**
 * Sends the request of one item, authenticated by the chosen credential; the node's only sender.
 *
 * @throws `NodeApiError` when no request could be made, or for a status other than 2xx
 */
export async function send(
	context: IExecuteFunctions,
	itemIndex: number,
	{ credentialType, itemClaims, request, response: wanted }: RequestParameters,
): Promise<RawResponse> {
	const stored: CredentialData = await context.getCredentials(credentialType, itemIndex);
	const data = itemClaims
		? withItemClaims(stored, itemClaims.claims, itemClaims.expiresIn)
		: stored;
	const restricted = stored.allowedHttpRequestDomains === 'domains';
	const { id = '', name = credentialType } = context.getNode().credentials?.[credentialType] ?? {};
	const response = await sendRenewed(data, async (fields): Promise<RawResponse> => {
		const full = (await context.helpers.httpRequestWithAuthentication.call(
			context,
			credentialType,
			{
				...request,
				encoding: 'arraybuffer',
				returnFullResponse: true,
				// Statuses are judged here: n8n would send a request that got a 401 a second time.
				ignoreHttpStatusErrors: true,
				sendCredentialsOnCrossOriginRedirect: false,
				...(restricted && { allowedDomains: String(stored.allowedDomains ?? '') }),
			},
			{
				credentialsDecrypted: {
					id: id ?? '',
					name,
					type: credentialType,
					data: fields as IDataObject as never,
				},
			},
		)) as IN8nHttpFullResponse;
		return {
			statusCode: full.statusCode,
			statusMessage: full.statusMessage ?? '',
			headers: full.headers,
			body: Buffer.from(full.body as unknown as ArrayBuffer),
		};
	});
	if (!wanted.neverError) assertSuccess(context, itemIndex, response);
	return response;
}
