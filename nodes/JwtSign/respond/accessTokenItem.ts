import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { AccessToken } from '../../../core/exchange/accessToken';
import type { AccessTokenForm } from '../read/accessTokenForm';

/** The output item of an access token; `baseUrl` is there where the token endpoint named one. */
export function accessTokenItem(
	{ token, tokenType, expiresAt, baseUrl }: AccessToken,
	{ kept, outputField }: AccessTokenForm,
): INodeExecutionData {
	const json: IDataObject = {
		...kept,
		[outputField]: token,
		tokenType: tokenType === '' ? null : tokenType,
		expiresAt: new Date(expiresAt).toISOString(),
	};
	if (baseUrl !== '') json.baseUrl = baseUrl;
	return { json };
}
