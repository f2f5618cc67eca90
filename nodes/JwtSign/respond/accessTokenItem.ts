import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { AccessToken } from '../../../core/exchange/storedToken';
import { JwtAuthError } from '../../../core/errors';
import type { AccessTokenForm } from '../read/accessTokenForm';

function keptAnswer(answer: AccessToken['answer']): IDataObject {
	if (answer) return answer as IDataObject;
	throw new JwtAuthError(
		'EXCHANGE_SETTINGS_INVALID',
		'The credential keeps nothing of the answer: its Answer Fields is empty.',
		{
			hint: 'Enter there what is to be kept, or take the option of this node out.',
		},
	);
}

/**
 * The output item of an access token. `issuedTokenType` and `baseUrl` are there where the token endpoint
 * named them, `answer` where it is asked for.
 *
 * @throws {@link JwtAuthError} `EXCHANGE_SETTINGS_INVALID` where the credential keeps nothing of the answer
 */
export function accessTokenItem(
	{ token, tokenType, issuedTokenType, expiresAt, baseUrl, answer }: AccessToken,
	{ kept, outputField, includeAnswer }: AccessTokenForm,
): INodeExecutionData {
	const json: IDataObject = {
		...kept,
		[outputField]: token,
		tokenType: tokenType === '' ? null : tokenType,
		expiresAt: new Date(expiresAt).toISOString(),
	};
	if (issuedTokenType !== '') json.issuedTokenType = issuedTokenType;
	if (baseUrl !== '') json.baseUrl = baseUrl;
	if (includeAnswer) json.answer = keptAnswer(answer);
	return { json };
}
