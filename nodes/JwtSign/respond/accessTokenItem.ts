import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { AccessToken } from '../../../core/exchange/storedToken';
import type { AccessTokenForm } from '../read/accessTokenForm';

/** The output item of an access token; the last two are there where the token endpoint named them. */
export function accessTokenItem(
	{ token, tokenType, issuedTokenType, expiresAt, baseUrl }: AccessToken,
	{ kept, outputField }: AccessTokenForm,
): INodeExecutionData {
	const json: IDataObject = {
		...kept,
		[outputField]: token,
		tokenType: tokenType === '' ? null : tokenType,
		expiresAt: new Date(expiresAt).toISOString(),
	};
	if (issuedTokenType !== '') json.issuedTokenType = issuedTokenType;
	if (baseUrl !== '') json.baseUrl = baseUrl;
	return { json };
}
