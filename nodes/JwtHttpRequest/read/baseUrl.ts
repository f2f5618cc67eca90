import { getGlobalState, type IExecuteFunctions } from 'n8n-workflow';
import { completeAllowedUrl, isRelativeUrl } from '../../../core/exchange/apiRequest';
import { obtainToken } from '../../../core/exchange/session';
import { readExchangeInTurn } from '../../../core/settings/readExchange';
import type { RequestParts } from '../../../core/http/requestParts';
import { networkOf } from '../../common/networkOf';
import type { ItemCredential } from './credential';

/**
 * Completes a relative URL with the base URL that the token endpoint named (Base URL Field).
 *
 * @returns the request itself when its URL is complete
 * @throws {@link JwtAuthError} `EXCHANGE_*`, `DOMAIN_NOT_ALLOWED`
 */
export async function withCompleteUrl(
	context: IExecuteFunctions,
	parts: RequestParts,
	{ data }: ItemCredential,
): Promise<RequestParts> {
	if (!isRelativeUrl(parts.url)) return parts;
	const { defaultTimezone } = getGlobalState();
	const settings = readExchangeInTurn(data, new Date(), defaultTimezone);
	const token = await obtainToken(settings, networkOf(context));
	return { ...parts, url: completeAllowedUrl(parts.url, token, settings) };
}
